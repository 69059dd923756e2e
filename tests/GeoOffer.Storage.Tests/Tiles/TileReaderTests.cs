using System.Globalization;
using GeoOffer.PostGis.Tiles;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters.Cql2Text;
using GeoOffer.Query.Paging;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Reading;
using GeoOffer.Storage.Tests.Exporting;
using GeoOffer.Storage.Tiles;
using GeoOffer.Testing;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoOffer.Storage.Tests.Tiles;

/// <summary>Tiles out of the database, held to PostGIS and to GDAL.</summary>
public sealed class TileReaderTests(PostGisCluster cluster) : IAsyncLifetime
{
    // Points, lines and rings of every size around Milan, from a sequence that anybody can repeat.
    private const string Infrastructure =
        """
        INSERT INTO geooffer.infrastructure (code, kind, name_it, geom, is_public)
        SELECT format('I-%s', to_char(n, 'FM0000')), 'rail_line', 'Linea ' || n,
          CASE n % 3
            WHEN 0 THEN ST_SetSRID(ST_MakePoint(x, y), 4326)
            WHEN 1 THEN ST_SetSRID(ST_MakeLine(ARRAY[ST_MakePoint(x, y), ST_MakePoint(x + d, y + d / 3), ST_MakePoint(x + d / 2, y - d)]), 4326)
            ELSE ST_Difference(ST_Buffer(ST_SetSRID(ST_MakePoint(x, y), 4326), d), ST_Buffer(ST_SetSRID(ST_MakePoint(x, y), 4326), d / 3))
          END, n % 7 <> 0
        FROM (SELECT n, 9 + 0.4 * (n * 7919 % 1009) / 1009.0 AS x, 45.3 + 0.3 * (n * 104729 % 997) / 997.0 AS y, 0.00002 * 1.6 ^ (n % 19) AS d
              FROM generate_series(1, 600) AS n) AS drawn
        """;

    private MigratedDatabase _database = null!;
    private Collection _collection = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await MigratedDatabase.CreateAsync(cluster, "tile_infrastructure", async database =>
        {
            await using var command = database.Source.CreateCommand(Infrastructure);
            await command.ExecuteNonQueryAsync();
        });
        using var catalogue = new CatalogueSource(_database.Database);
        _collection = (await catalogue.GetAsync(Token)).Find("infrastructure")!;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(8, 134, 91)]
    [InlineData(11, 1075, 732)]
    [InlineData(12, 2151, 1465)]
    [InlineData(13, 4303, 2931)]
    [InlineData(15, 17214, 11725)]
    [InlineData(18, 137712, 93800)]
    public async Task A_tile_has_what_PostGIS_finds_in_it_where_PostGIS_projects_it(int zoom, int column, int row)
    {
        var address = new TileAddress(zoom, column, row);
        var expected = await ExpectAsync(address);
        var bytes = await ReadAsync(address);
        var drawn = bytes.Length == 0 ? [] : DecodedTile.Read(bytes).Features.ToDictionary(feature => (string)feature.Properties["code"]);

        // Only at the very edge of the buffer may rounding decide.
        Assert.Subset(expected.Keys.ToHashSet(), drawn.Keys.ToHashSet());
        Assert.All(expected, pair =>
        {
            var (code, (whole, isWithin)) = (pair.Key, pair.Value);
            if (!drawn.TryGetValue(code, out var feature))
            {
                Assert.False(isWithin, $"{code} is missing.");
                return;
            }

            var window = new GeometryFactory().ToGeometry(new Envelope(-64, 4160, -64, 4160));
            var pixels = whole.EnvelopeInternal.Width < 8 && whole.EnvelopeInternal.Height < 8;
            Assert.All(
                feature.Parts.SelectMany(part => part).Select(position => new Point(position.X, position.Y)),
                position => Assert.True(
                    whole.Distance(position) <= (pixels ? 16 : 0.75) || (feature.Kind == 3 && window.Boundary.Distance(position) < 0.75),
                    $"{code}: {position} is {whole.Distance(position)} off."));
            if (feature.Kind == 3 && !pixels)
            {
                var inside = whole.Intersection(window);
                Assert.InRange(feature.ToAreas().Buffer(0).SymmetricDifference(inside).Area, 0, (5 * inside.Length) + 60);
            }
        });
    }

    [Fact]
    public async Task A_filter_and_the_role_hold()
    {
        var address = new TileAddress(9, 269, 183);
        var all = DecodedTile.Read(await ReadAsync(address)).Features;
        Assert.DoesNotContain(all, feature => int.Parse(((string)feature.Properties["code"])[2..], CultureInfo.InvariantCulture) % 7 == 0);
        var scout = DecodedTile.Read(await ReadAsync(address, role: Role.Scout)).Features;
        Assert.Contains(scout, feature => "I-0007".Equals(feature.Properties["code"]));
        var some = DecodedTile.Read(await ReadAsync(address, "code < 'I-0100'")).Features;
        Assert.All(some, feature => Assert.True(string.CompareOrdinal((string)feature.Properties["code"], "I-0100") < 0));
        Assert.Equal(all.Count(feature => string.CompareOrdinal((string)feature.Properties["code"], "I-0100") < 0), some.Count);
        Assert.Empty(await ReadAsync(address, "code = 'nothing'"));
    }

    [Fact]
    public async Task GDAL_reads_the_same_features()
    {
        Ogr.Require();
        var bytes = await ReadAsync(new TileAddress(12, 2151, 1465));
        var tile = DecodedTile.Read(bytes);
        var path = Path.Combine(Path.GetTempPath(), $"geooffer-tile-{Guid.NewGuid():N}.pbf");
        await File.WriteAllBytesAsync(path, bytes, Token);
        try
        {
            var layer = await Ogr.ReadAsync($"MVT:{path}", "infrastructure", "METADATA_FILE=", "CLIP=NO");
            Assert.Equal(
                tile.Features.Select(feature => (feature.Properties["code"], feature.Properties["name_it"], feature.Kind)).Order(),
                layer.Features.Select(feature => (
                    (object)feature.Properties.GetProperty("code").GetString()!,
                    (object)feature.Properties.GetProperty("name_it").GetString()!,
                    (int)feature.Geometry!.Dimension + 1)).Order());

            // In the buffer, where nobody looks, a hole may share the edge with its outer ring.
            Assert.All(layer.Features, feature => Assert.True(
                feature.Geometry!.IsValid || !new Envelope(-63, 4159, -63, 4159).Contains(feature.Geometry.EnvelopeInternal)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task The_index_of_public_geometries_finds_the_sites_of_a_tile()
    {
        using var source = new CatalogueSource(_database.Database);
        var sites = (await source.GetAsync(Token)).Find("sites")!;
        await _database.ExecuteAsync(
            """
            INSERT INTO geooffer.site (code, kind, name_it, lifecycle_state, is_public, geom)
            SELECT 'S-' || n, 'greenfield', 'Sito', 'published', true, ST_MakeEnvelope(x, y, x + 0.001, y + 0.001, 4326)
            FROM (SELECT n, 8.5 + 2.8 * (n * 7919 % 10007) / 10007.0 AS x, 44.8 + 1.7 * (n * 104729 % 9973) / 9973.0 AS y FROM generate_series(1, 3000) AS n) AS drawn
            """);
        await _database.ExecuteAsync("ANALYZE geooffer.site");
        foreach (var zoom in (int[])[11, 14])
        {
            var frame = new TileFrame(new TileAddress(zoom, 2151 << zoom >> 12, 1465 << zoom >> 12));
            var features = FeatureQuery.Create(new FeatureRequest(sites, Role.Public, 1)).Value;
            var statement = TileSql.Select(new TileQuery(frame.Address, features, selectsProperties: false), frame);
            await using var connection = await _database.Source.OpenConnectionAsync(Token);
            await using var command = (statement.Sql with { Text = "EXPLAIN " + statement.Sql.Text }).ToCommand(connection);
            await using var reader = await command.ExecuteReaderAsync(Token);
            var plan = new List<string>();
            while (await reader.ReadAsync(Token))
            {
                plan.Add(reader.GetString(0));
            }

            Assert.Contains(plan, line => line.Contains("site_geom_public", StringComparison.Ordinal));

            // What a tile does not show is not joined either.
            Assert.Equal(zoom >= TileProperties.AllFromZoom, plan.Exists(line => line.Contains("site_fact", StringComparison.Ordinal)));
        }
    }

    /// <summary>The features that meet the tile with its buffer, in units of the grid by PostGIS, and whether they reach into the tile.</summary>
    private async Task<Dictionary<string, (Geometry Whole, bool IsWithin)>> ExpectAsync(TileAddress address)
    {
        await using var command = _database.Source.CreateCommand(
            """
            WITH tile AS (SELECT ST_TileEnvelope($1, $2, $3) AS box),
              frame AS (SELECT box, ST_XMin(box) AS west, ST_YMax(box) AS north, 4096 / (ST_XMax(box) - ST_XMin(box)) AS unit FROM tile)
            SELECT i.code, ST_Affine(ST_Transform(i.geom, 3857), unit, 0, 0, -unit, -west * unit, north * unit), ST_Intersects(ST_Transform(i.geom, 3857), box)
            FROM geooffer.infrastructure AS i, frame
            WHERE i.is_public AND ST_Intersects(ST_Transform(i.geom, 3857), ST_Expand(box, 65 / unit))
            """);
        foreach (var number in (int[])[address.Zoom, address.Column, address.Row])
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
        }

        await using var reader = await command.ExecuteReaderAsync(Token);
        var expected = new Dictionary<string, (Geometry Whole, bool IsWithin)>();
        while (await reader.ReadAsync(Token))
        {
            expected.Add(reader.GetString(0), (reader.GetFieldValue<Geometry>(1), reader.GetBoolean(2)));
        }

        return expected;
    }

    private Task<byte[]> ReadAsync(TileAddress address, string? filter = null, Role role = Role.Public)
    {
        var request = new FeatureRequest(_collection, role, 1)
        {
            Filter = filter is null ? null : Cql2TextReader.Read(filter, _collection.VisibleTo(role)).Value.Root,
        };
        return new TileReader(_database.Database).ReadAsync(new TileQuery(address, FeatureQuery.Create(request).Value, selectsProperties: false), Token);
    }
}
