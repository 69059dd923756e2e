using GeoOffer.Testing;
using NetTopologySuite.IO;

namespace GeoOffer.Storage.Tests.Facts;

/// <summary>Which municipality, province, pole and pilot area a site lies in.</summary>
public sealed class ContainerTests(PostGisCluster cluster)
{
    private const string Towns = """
        INSERT INTO geooffer.municipality (code, name_it, province_code, geom) VALUES
          ('015001', 'west', '015', 'SRID=4326;MULTIPOLYGON(((9.0 45, 9.1 45, 9.1 45.1, 9.0 45.1, 9.0 45)))'),
          ('016001', 'east', '016', 'SRID=4326;MULTIPOLYGON(((9.1 45, 9.2 45, 9.2 45.1, 9.1 45.1, 9.1 45)))');
        INSERT INTO geooffer.province (code, sigla, name_it, geom) VALUES
          ('015', 'MI', 'Milano', 'SRID=4326;MULTIPOLYGON(((9.0 45, 9.1 45, 9.1 45.2, 9.0 45.2, 9.0 45)))'),
          ('016', 'BG', 'Bergamo', 'SRID=4326;MULTIPOLYGON(((9.1 45, 9.2 45, 9.2 45.2, 9.1 45.2, 9.1 45)))')
        """;

    [Theory]
    [InlineData("POINT(9.05 45.05)", null, "015001", "015")]
    [InlineData("POLYGON((9.09 45.05, 9.13 45.05, 9.13 45.06, 9.09 45.05))", null, "016001", "016")]
    [InlineData("POLYGON((9.09 45.05, 9.13 45.05, 9.13 45.06, 9.09 45.05))", "015001", "016001", "016")]
    [InlineData("POINT(9.1 45.05)", null, "015001", "015")]
    [InlineData("POLYGON((9.15 45.15, 9.16 45.15, 9.16 45.16, 9.15 45.15))", null, null, "016")]
    [InlineData("POLYGON((9.15 45.15, 9.16 45.15, 9.16 45.16, 9.15 45.15))", "015001", "015001", "015")]
    [InlineData("POLYGON((9.15 45.15, 9.16 45.15, 9.16 45.16, 9.15 45.15))", "099999", "099999", "016")]
    [InlineData("POLYGON((9.2 45.02, 9.3 45.02, 9.3 45.03, 9.2 45.02))", "015001", "015001", "015")]
    [InlineData("POLYGON((9.2 45.02, 9.3 45.02, 9.3 45.03, 9.2 45.02))", null, null, null)]
    [InlineData(null, "016001", "016001", "016")]
    [InlineData(null, null, null, null)]
    public async Task A_site_lies_where_most_of_it_lies_else_where_its_sheet_says(string? shape, string? stated, string? municipality, string? province)
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.ExecuteAsync(Towns);
        await migrated.AddSiteAsync("S", shape is null ? null : new WKTReader().Read(shape));
        await migrated.ExecuteAsync("UPDATE geooffer.site SET municipality_code = $1", stated ?? (object)DBNull.Value);

        var facts = (await migrated.FactsAsync())["S"];

        Assert.Equal(municipality, facts["municipality_code"]);
        Assert.Equal(province, facts["province_code"]);
    }

    [Fact]
    public async Task Areas_that_come_and_go_take_their_sites_along()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.AddSiteAsync("S", new WKTReader().Read("POLYGON((9.04 45.04, 9.06 45.04, 9.06 45.06, 9.04 45.04))"));
        await migrated.ExecuteAsync(Towns);
        await migrated.ExecuteAsync(
            """
            INSERT INTO geooffer.pole (code, name_it, geom) VALUES ('P', 'x', 'SRID=4326;MULTIPOLYGON(((9.05 45, 9.2 45, 9.2 45.1, 9.05 45.1, 9.05 45)))');
            INSERT INTO geooffer.pilot_area (code, pole_code, name_it, geom)
            VALUES ('A', 'P', 'x', 'SRID=4326;MULTIPOLYGON(((9.3 45, 9.4 45, 9.4 45.1, 9.3 45.1, 9.3 45)))')
            """);
        Assert.Equal(("015001", "015", "P", null), await PlaceAsync(migrated));

        await migrated.ExecuteAsync("UPDATE geooffer.pilot_area SET geom = ST_Translate(geom, -0.3, 0)");
        await migrated.ExecuteAsync("UPDATE geooffer.municipality SET province_code = '108' WHERE code = '015001'");
        Assert.Equal(("015001", "108", "P", "A"), await PlaceAsync(migrated));

        await migrated.ExecuteAsync("UPDATE geooffer.municipality SET code = '015002' WHERE code = '015001'");
        await migrated.ExecuteAsync("UPDATE geooffer.pilot_area SET pole_code = NULL");
        await migrated.ExecuteAsync("DELETE FROM geooffer.pole");
        Assert.Equal(("015002", "108", null, "A"), await PlaceAsync(migrated));

        await migrated.ExecuteAsync("DELETE FROM geooffer.municipality; DELETE FROM geooffer.pilot_area");
        Assert.Equal((null, "015", null, null), await PlaceAsync(migrated));
    }

    private static async Task<(object? Municipality, object? Province, object? Pole, object? PilotArea)> PlaceAsync(MigratedDatabase migrated)
    {
        var facts = (await migrated.FactsAsync())["S"];
        return (facts["municipality_code"], facts["province_code"], facts["pole_code"], facts["pilot_area_code"]);
    }
}
