using GeoOffer.PostGis;
using GeoOffer.Storage.Exporting.GeoPackages;
using Microsoft.Data.Sqlite;

namespace GeoOffer.Storage.Tests.Exporting;

/// <summary>The R*-tree that is packed, as SQLite itself checks, searches and changes it.</summary>
public sealed class GeoPackageIndexTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geooffer-rtree-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 100)]
    [InlineData(51, 100)]
    [InlineData(52, 100)]
    [InlineData(2601, 5000)]
    [InlineData(2602, 5000)]
    [InlineData(20_000, 100_000)]
    [InlineData(3000, 2700)]
    [InlineData(3000, 1)]
    public void SQLite_finds_it_sound_and_finds_in_it_what_meets_a_box(int count, int mostPacked)
    {
        var random = new Random(count);
        var boxes = Enumerable.Range(1, count).Select(number => (Id: number * 3L, X: Math.Floor(random.NextDouble() * 1000), Y: random.NextDouble() * 500, Size: random.Next(4)))
            .ToDictionary(box => box.Id, box => new EwkbExtent(box.X, box.Y, box.X + box.Size, box.Y + box.Size));
        var path = Path.Combine(_folder, "x.gpkg");
        using (var file = GeoPackageFile.Create(path))
        {
            using (var index = new GeoPackageIndex(file, "rtree_x_geom", mostPacked))
            {
                foreach (var (id, box) in boxes)
                {
                    index.Add(id, box);
                }

                index.Complete();
            }

            file.Close();
        }

        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        Assert.Equal("ok", Assert.Single(Read<string>(connection, "SELECT rtreecheck('rtree_x_geom')")));
        foreach (var box in (EwkbExtent[])[new(0, 0, 1000, 500), new(100.5, 100, 160.5, 130), new(500.5, 0, 500.5, 500), new(-5, -5, -1, -1)])
        {
            Assert.Equal(
                boxes.Where(one => FlatGeobufIndex.Meet(one.Value, box)).Select(one => one.Key).Order(),
                Read<long>(connection, FormattableString.Invariant($"SELECT id FROM rtree_x_geom WHERE minx <= {box.MaxX} AND maxx >= {box.MinX} AND miny <= {box.MaxY} AND maxy >= {box.MinY} ORDER BY id")));
        }

        // It takes changes as one that SQLite made.
        Read<long>(connection, "DELETE FROM rtree_x_geom WHERE id % 2 = 0");
        Read<long>(connection, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO rtree_x_geom SELECT -i, i, i + 1, i, i + 1 FROM n");
        Assert.Equal("ok", Assert.Single(Read<string>(connection, "SELECT rtreecheck('rtree_x_geom')")));
        Assert.Equal(500L + boxes.Keys.Count(id => id % 2 != 0), Assert.Single(Read<long>(connection, "SELECT count(*) FROM rtree_x_geom")));
    }

    private static List<T> Read<T>(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<T>();
        while (reader.Read())
        {
            values.Add(reader.GetFieldValue<T>(0));
        }

        return values;
    }
}
