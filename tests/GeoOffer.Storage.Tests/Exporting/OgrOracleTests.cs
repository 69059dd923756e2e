using System.Globalization;
using System.Text.Json;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Storage.Exporting;
using GeoOffer.Testing;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Exporting;

/// <summary>Every format as GDAL reads it, against what PostgreSQL says.</summary>
public sealed class OgrOracleTests(PostGisCluster cluster) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geooffer-ogr-").FullName;

    public static IEnumerable<TheoryDataRow<string, string, int>> Cases =>
        from format in ExportFormat.All.Where(format => format != ExportFormat.Shapefile)
        from collection in (string[])["sites", "infrastructure", "constraints", "provinces", "agreements"]
        from srid in CoordinateSystems.Known.Select(system => system.Srid)
        where collection is "sites" or "infrastructure" || srid is 4326 or 25832
        select new TheoryDataRow<string, string, int>(format.Code, collection, srid);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task GDAL_finds_what_the_database_holds(string code, string collection, int srid)
    {
        Ogr.Require();
        await using var database = await AwkwardData.CreateAsync(cluster);
        var (format, system) = (ExportFormat.Find(code)!, CoordinateSystems.Get(srid));
        var query = await database.Database.QueryAsync(collection);
        var stored = await StoredRows.ReadAsync(database, query, srid);
        var path = Path.Combine(_folder, collection + format.Extension);
        await File.WriteAllBytesAsync(path, await database.Database.ExportAsync(query, format, system), TestContext.Current.CancellationToken);

        if (format == ExportFormat.GeoJsonSeq && stored.Count == 0)
        {
            // GDAL takes no file of no line for a sequence.
            Assert.Equal(0, new FileInfo(path).Length);
            return;
        }

        var layer = await ReadAsync(path, format, query.Collection.Id);

        Assert.Equal(stored.Count, layer.Features.Count);
        // CSV states no reference system, and GDAL takes any sequence to be in WGS 84.
        if (format != ExportFormat.Csv && format != ExportFormat.GeoJsonSeq && stored.Count > 0)
        {
            Assert.Equal(srid == 4326 ? null : $"urn:ogc:def:crs:EPSG::{srid}", layer.System);
        }

        // FlatGeobuf has the order of its index.
        var byCode = layer.Features.OrderBy(feature => feature.Properties.GetProperty("code").GetString(), StringComparer.Ordinal);
        foreach (var (row, feature) in stored.Values.Zip(byCode))
        {
            foreach (var property in query.Properties)
            {
                var expected = row.Properties.GetProperty(property.Column);

                // GDAL leaves out what a feature of a FlatGeobuf does not have.
                var isLeftOut = format == ExportFormat.FlatGeobuf && expected.ValueKind == JsonValueKind.Null;
                var found = feature.Properties.TryGetProperty(property.Name, out var value) != isLeftOut;
                value = isLeftOut ? expected : value;
                Assert.True(found && IsSame(property.Type, expected, value), $"{property.Name}: expected {expected.GetRawText()}, GDAL found {(found ? value.GetRawText() : "nothing")}");
            }

            AssertSame(row.Geometry, feature.Geometry, Tolerance(srid));
        }
    }

    private static Task<OgrLayer> ReadAsync(string path, ExportFormat format, string collection) => format.Code switch
    {
        "gpkg" => Ogr.ReadAsync(path, collection.Replace('-', '_')),
        "csv" => Ogr.ReadAsync(path, null, "KEEP_GEOM_COLUMNS=NO"),
        _ => Ogr.ReadAsync(path),
    };

    /// <summary>
    /// How far ProjNET and PROJ are apart, in the unit of the system; where nothing is transformed, what GDAL rounds when it writes.
    /// </summary>
    private static double Tolerance(int srid) => srid switch
    {
        4326 => 1e-14,
        32632 or 3857 => 1e-5,
        3003 => 0.02,
        _ => 0.001,
    };

    private static void AssertSame(Geometry? expected, Geometry? actual, double tolerance)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is not null)
        {
            Assert.Equal(expected.GeometryType, actual!.GeometryType);
            Assert.True(expected.Normalized().EqualsExact(actual.Normalized(), tolerance), $"expected {expected}, GDAL found {actual}");
        }
    }

    /// <summary>GDAL has its own ways to show dates, lists and truth values, and tells no empty text from a missing one in some formats.</summary>
    private static bool IsSame(PropertyType type, JsonElement expected, JsonElement actual)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            return actual.ValueKind == JsonValueKind.Null || (actual.ValueKind == JsonValueKind.String && actual.GetString() == "");
        }

        var text = actual.ValueKind == JsonValueKind.String ? actual.GetString()! : actual.GetRawText();
        return type switch
        {
            // Inside the quotes of CSV it reads either end of a line as LF.
            PropertyType.Text => expected.GetString()!.ReplaceLineEndings("\n") == (actual.ValueKind == JsonValueKind.Null ? "" : text.ReplaceLineEndings("\n")),
            PropertyType.Integer or PropertyType.Number => IsSame(expected.GetDouble(), double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
            PropertyType.Boolean => text.ToUpperInvariant() is "TRUE" or "1" or "T" == expected.GetBoolean(),
            PropertyType.Date => text.Replace('/', '-') == expected.GetString(),
            PropertyType.TextArray => expected.EnumerateArray().Select(item => item.GetString()).SequenceEqual(Items(actual, text)),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
        };
    }

    private static bool IsSame(double expected, double actual) => Math.Abs(expected - actual) <= Math.Abs(expected) * 1e-15;

    private static string?[] Items(JsonElement actual, string text)
    {
        if (actual.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (actual.ValueKind != JsonValueKind.Array && !text.StartsWith('['))
        {
            return text.Split(';', StringSplitOptions.RemoveEmptyEntries);
        }

        using var document = JsonDocument.Parse(actual.ValueKind == JsonValueKind.Array ? actual.GetRawText() : text);
        return [.. document.RootElement.EnumerateArray().Select(item => item.GetString())];
    }
}
