using System.Text.Json;
using GeoOffer.Domain.Geometries;
using GeoOffer.Storage.Importing;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing.Systems;

/// <summary>Files as found, whose reference system is told in every way but a plain code.</summary>
public sealed class RealSystemsTests(PostGisCluster cluster) : IAsyncLifetime
{
    private MigratedDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await MigratedDatabase.CreateAsync(cluster);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_shapefile_of_an_unknown_datum_is_refused_with_the_likely_code_and_the_shifts()
    {
        var report = await _database.Database.RunAsync(Request("arpa_zones_gaussboaga_unknown_datum_shp.zip"));
        Assert.Equal(FileFaultCode.ReferenceSystem, report.Fault?.Code);
        Assert.Contains("--crs EPSG:3003", report.Fault!.Fix, StringComparison.Ordinal);
        Assert.Equal((3003, 0), (report.ReferenceSystem!.Candidates[0].Srid, report.ReferenceSystem.Candidates[0].ShiftM));
        Assert.Equal(79, Shift("read without its datum"), 1.0);
        Assert.Equal(34, Shift("read on the datum WGS 84"), 2.0);

        double Shift(string name) => report.ReferenceSystem.Candidates.Single(candidate => candidate.Name == name).ShiftM!.Value;
    }

    [Fact]
    public async Task With_the_code_stated_it_lies_where_its_twin_in_degrees_lies()
    {
        await _database.Database.StoreAsync(Request("arpa_zones_gaussboaga_unknown_datum_shp.zip") with { Srid = 3003, Repair = RepairMode.SmallChanges });
        var path = SharedData.Require("data/arpa_air_quality_zones.geojson");
        await using var stream = File.OpenRead(path);
        using var document = await JsonDocument.ParseAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        var twins = document.RootElement.GetProperty("features").EnumerateArray()
            .Select(feature => GeoJsonGeometryReader.TryRead(feature.GetProperty("geometry"), "", out var geometry, out _) ? geometry! : throw new InvalidDataException())
            .ToArray();

        // The twins are rounded to a decimetre: what differs is a thread along each border.
        Assert.Equal(7, await _database.ScalarAsync<long>(
            """
            SELECT count(*) FROM unnest($1::geometry[]) AS t (geom)
            WHERE EXISTS (
              SELECT FROM geooffer.constraint_area AS c
              WHERE c.geom && t.geom AND abs(ST_Area(c.geom) / ST_Area(t.geom) - 1) < 1e-5 AND ST_Distance(ST_Centroid(c.geom), ST_Centroid(t.geom)) < 1e-6)
            """,
            [twins]));
    }

    [Theory]
    [InlineData("milano_municipi_rdn2008_shp.zip", 7791, ".prj", 9)]
    [InlineData("istat_provinces_2022_utm32_shp.zip", 32632, ".prj", 107)]
    [InlineData("istat_regioni_2019_utm32.gpkg", 32632, "gpkg_spatial_ref_sys", 20)]
    public async Task A_system_that_is_told_by_text_or_table_is_found(string file, int srid, string origin, int count)
    {
        var report = await _database.Database.StoreAsync(Request(file) with { Repair = RepairMode.Any });
        Assert.Equal((srid, origin, count), (report.ReferenceSystem!.Srid, report.ReferenceSystem.Origin, report.Rows.New));
    }

    [Fact]
    public async Task The_districts_of_Milan_lie_in_Milan()
    {
        await _database.Database.StoreAsync(Request("milano_municipi_rdn2008_shp.zip"));
        await _database.Database.StoreAsync(Imports.Request("municipalities", ImportFile.FromPath(SharedData.Require("data/municipalities.geojson"))));
        Assert.InRange(
            await _database.ScalarAsync<double>(
                """
                SELECT ST_Area(ST_Intersection(d.geom, m.geom)) / ST_Area(ST_Union(d.geom, m.geom))
                FROM (SELECT ST_Union(geom) AS geom FROM geooffer.constraint_area) AS d, geooffer.municipality AS m WHERE m.code = '015146'
                """),
            0.96,
            1);
    }

    private static ImportRequest Request(string file) => Imports.Request("constraints", ImportFile.FromPath(SharedData.Require("data/messy/" + file))) with
    {
        FixedValues = new Dictionary<string, string> { ["kind"] = "landscape" },
    };
}
