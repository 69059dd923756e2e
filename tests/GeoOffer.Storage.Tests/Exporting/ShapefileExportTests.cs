using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Domain.Geometries;
using GeoOffer.Query.Crs;
using GeoOffer.Storage.Exporting;
using GeoOffer.Storage.Exporting.Shapefiles;
using GeoOffer.Storage.Tests.Importing;
using GeoOffer.Testing;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Exporting;

/// <summary>Zipped shapefiles, as GDAL and the project itself read them.</summary>
public sealed class ShapefileExportTests(PostGisCluster cluster) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geooffer-shp-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Short_names_fit_and_differ_whatever_the_names()
    {
        var word = Gen.Elements("distance", "overlap", "rail", "line", "m", "a", "share", "passenger_station", "code", "x1");
        var name = Gen.Choose(1, 5).SelectMany(count => Gen.ListOf(word, count)).Select(words => string.Join('_', words));
        var names = Arb.From(Gen.ListOf(name, 40).Select(list => list.Distinct().ToList()));
        Prop.ForAll(names, list =>
        {
            var given = ShapefileNames.Of(list);
            Assert.Equal(given, ShapefileNames.Of(list));
            Assert.Equal(list.Count, given.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.All(given, shortName => Assert.InRange(shortName.Length, 1, 10));
            Assert.All(list.Zip(given), pair => Assert.True(pair.First.Length > 10 || pair.First == pair.Second, $"{pair.First} became {pair.Second}"));
        }).QuickCheckThrowOnFailure();
        Assert.Equal(["code", "di_ra_li_m", "di_ra_li_2"], ShapefileNames.Of(["code", "distance_rail_line_m", "distance_rail_link_m"]));
    }

    [Theory]
    [InlineData("sites", 4326, "point,polygon")]
    [InlineData("sites", 32632, "point,polygon")]
    [InlineData("infrastructure", 3003, "line,multipoint,point,polygon")]
    [InlineData("provinces", 25832, "")]
    [InlineData("constraints", 3857, "")]
    [InlineData("constraints", 7791, "")]
    [InlineData("agreements", 6707, "")]
    public async Task GDAL_finds_what_the_database_holds(string collection, int srid, string kinds)
    {
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "ogr2ogr"))), "needs ogr2ogr of GDAL, which is not installed");
        await using var database = await AwkwardData.CreateAsync(cluster);
        var query = await database.Database.QueryAsync(collection);
        var stored = await StoredRows.ReadAsync(database, query, srid);
        var path = Path.Combine(_folder, $"{collection}.shp.zip");
        await File.WriteAllBytesAsync(path, await database.Database.ExportAsync(query, ExportFormat.Shapefile, CoordinateSystems.Get(srid)), Token);
        string[] names = kinds.Length == 0 ? [collection] : [.. kinds.Split(',').Select(kind => $"{collection}_{kind}")];
        await using (var archive = await ZipFile.OpenReadAsync(path, Token))
        {
            Assert.Equal(
                names.SelectMany(name => new[] { "cpg", "dbf", "fields", "prj", "shp", "shx" }.Select(extension => $"{name}.{extension}")).Order(StringComparer.Ordinal),
                archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        }

        var shortNames = ShapefileNames.Of(query.Properties.Select(property => property.Name));
        var found = new Dictionary<string, (JsonElement Properties, Geometry? Geometry)>();
        foreach (var name in names)
        {
            foreach (var feature in await ReadAsync($"/vsizip/{path}/{name}.shp"))
            {
                found.Add(feature.Properties.GetProperty("code").GetString()!, feature);
            }
        }

        Assert.Equal(stored.Keys, found.Keys.Order(StringComparer.Ordinal));
        foreach (var (code, row) in stored)
        {
            var (properties, geometry) = found[code];
            Assert.Equal(row.Geometry is null, geometry is null);
            if (row.Geometry is not null)
            {
                // PROJ and ProjNET differ by millimetres.
                Assert.InRange(Hausdorff(row.Geometry, geometry!), 0, srid == 4326 ? 1e-12 : 0.02);
            }

            foreach (var (property, shortName) in query.Properties.Zip(shortNames))
            {
                var expected = row.Properties.GetProperty(property.Column);

                // GDAL leaves out a day that is not there.
                var value = properties.TryGetProperty(shortName, out var there) ? there : JsonSerializer.SerializeToElement<string?>(null);
                Assert.True(IsSame(expected, value), $"{code} {property.Name}: {expected.GetRawText()[..Math.Min(80, expected.GetRawText().Length)]} is {value.GetRawText()[..Math.Min(80, value.GetRawText().Length)]}");
            }
        }
    }

    [Fact]
    public async Task What_was_cut_is_told()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        var report = await new Exporter(database.Database).RunAsync(
            new ExportRequest { Queries = [await database.Database.QueryAsync("sites")], Format = ExportFormat.Shapefile }, Stream.Null, null, Token);
        Assert.Equal("Texts of sites were cut to 254 bytes: description_it (1).", Assert.Single(report.Notices));
    }

    [Theory]
    [InlineData("infrastructure", "infrastructure", "line,multipoint,point,polygon")]
    [InlineData("constraints", "constraint_area", "")]
    [InlineData("provinces", "province", "")]
    [InlineData("sites", "site", "point,polygon")]
    public async Task The_project_knows_its_own_short_names(string collection, string table, string kinds)
    {
        await using var first = await AwkwardData.CreateAsync(cluster);
        await using var second = await MigratedDatabase.CreateAsync(cluster);
        var file = await first.Database.ExportAsync(await first.Database.QueryAsync(collection), ExportFormat.Shapefile);
        string?[] layers = kinds.Length == 0 ? [null] : [.. kinds.Split(',').Select(kind => $"{collection}_{kind}")];
        foreach (var layer in layers)
        {
            await second.Database.StoreAsync(Imports.Request(collection, Imports.File($"{collection}.zip", file)) with { Dataset = "round trip", SourceLayer = layer });
        }

        // Shapefile knows neither empty texts nor long ones, and a polygon alone is no multipolygon.
        var columns = table switch
        {
            "site" => "code, kind, form, name_it, functions, gross_area_declared_ha, useful_area_ha, building_index, electricity_mw, owner_count, available_from, first_added, is_public",
            "province" => "code, sigla, name_it",
            _ => "code, kind, name_it, name_en",
        };
        var sql = $"SELECT string_agg(ROW({columns}, ST_AsText(ST_Normalize(ST_Multi(geom)), 15))::text, E'\\n' ORDER BY code) FROM geooffer.{table}";
        Assert.Equal(await first.ScalarAsync<string>(sql), await second.ScalarAsync<string>(sql));
    }

    private static bool IsSame(JsonElement expected, JsonElement found) => expected.ValueKind switch
    {
        JsonValueKind.Null => found.ValueKind == JsonValueKind.Null || found is { ValueKind: JsonValueKind.String } text && text.GetString()!.Length == 0,
        JsonValueKind.Number => found.ValueKind == JsonValueKind.Number && Math.Abs(found.GetDouble() - expected.GetDouble()) <= 1e-15 * Math.Abs(expected.GetDouble()),
        JsonValueKind.True or JsonValueKind.False => found.GetString() == (expected.GetBoolean() ? "T" : "F"),
        JsonValueKind.Array => (found.GetString() ?? "") == string.Join(';', expected.EnumerateArray().Select(item => item.GetString())),
        _ when expected.GetString() is { Length: 0 } => found.ValueKind == JsonValueKind.Null || found.GetString()!.Length == 0,
        _ => expected.GetString()!.StartsWith(found.GetString()!, StringComparison.Ordinal) && (found.GetString() == expected.GetString() || System.Text.Encoding.UTF8.GetByteCount(expected.GetString()!) > 254),
    };

    private static double Hausdorff(Geometry a, Geometry b) => NetTopologySuite.Algorithm.Distance.DiscreteHausdorffDistance.Distance(a, b);

    private async Task<List<(JsonElement Properties, Geometry? Geometry)>> ReadAsync(string path)
    {
        var target = Path.Combine(_folder, $"{Guid.NewGuid():N}.geojson");
        using var process = Process.Start(new ProcessStartInfo(
            "ogr2ogr",
            ["-f", "GeoJSON", target, path, "-lco", "COORDINATE_PRECISION=17", "-lco", "SIGNIFICANT_FIGURES=17", "-lco", "WRITE_NAME=NO", "-nomd", "-unsetFieldWidth"])
        { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.True(process.ExitCode == 0, error);
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(target, Token));
        return
        [
            .. document.RootElement.GetProperty("features").EnumerateArray().Select(feature => (
                feature.GetProperty("properties").Clone(),
                feature.GetProperty("geometry") is { ValueKind: JsonValueKind.Object } geometry && GeoJsonGeometryReader.TryRead(geometry, "", out var read, out _) ? read : null)),
        ];
    }
}
