using GeoOffer.Domain.Offer;
using GeoOffer.Domain.Registers;
using GeoOffer.Storage.Tests.Facts;
using GeoOffer.Testing;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Model;

/// <summary>Interactive writes through the model, end to end.</summary>
public sealed class EntityWriteTests(PostGisCluster cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Polygon Plot(double west) => (Polygon)RandomLand.Box(west, 45.40, west + 0.01, 45.41)[0];

    private static Site Sheet(string code) => new() { Code = code, Kind = "brownfield", NameIt = "Ex scalo", Functions = ["industrial"], Geom = Plot(9.4) };

    [Fact]
    public async Task Facts_follow_a_site_that_is_written_through_the_model()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await using var context = migrated.Database.CreateContext();
        var terminal = new Point(9.5, 45.405) { SRID = 4326 };
        context.Infrastructure.Add(new() { Code = "I", Kind = "freight_terminal", Geom = terminal, Attributes = """{"tracks": 4}""" });
        await context.SaveChangesAsync(Cancellation);
        var site = Sheet("S");
        context.Sites.Add(site);
        await context.SaveChangesAsync(Cancellation);

        var facts = (await migrated.FactsAsync())["S"];
        Assert.Equal(site.Id, facts["site_id"]);
        Assert.Equal(Ellipsoid.GeodesicArea(site.Geom!) / 10_000, (double)facts["measured_area_ha"]!, 1e-4);
        Assert.Equal(Ellipsoid.Distance(new(9.41, 45.405), new(9.5, 45.405)), (double)facts["distance_freight_terminal_m"]!, 1);

        // The same context edits again: what the database gave came back with the first writes.
        var (stamp, completeness) = (site.ChangeSetId, site.Completeness);
        site.Geom = Plot(9.49);
        site.GrossAreaDeclaredHa = 87;
        await context.SaveChangesAsync(Cancellation);
        site.NameEn = "Former yard";
        await context.SaveChangesAsync(Cancellation);

        Assert.True(site.ChangeSetId > stamp);
        Assert.True(site.Completeness > completeness);
        Assert.Equal(0d, (await migrated.FactsAsync())["S"]["distance_freight_terminal_m"]);
        Assert.Equal(2L, await migrated.ScalarAsync<long>("SELECT count(*) FROM geooffer.site_history"));

        await using var other = migrated.Database.CreateContext();
        var read = await other.Sites.SingleAsync(s => s.Code == "S", Cancellation);
        Assert.True(site.Geom.EqualsExact(read.Geom));
        Assert.Equal(4326, read.Geom!.SRID);
        Assert.Equal((site.ChangeSetId, site.NameEn, site.FirstAdded), (read.ChangeSetId, read.NameEn, read.FirstAdded));
        Assert.Equal(site.Functions, read.Functions);
    }

    [Fact]
    public async Task The_second_of_two_editors_is_told()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await using var first = migrated.Database.CreateContext();
        await using var second = migrated.Database.CreateContext();
        first.Sites.Add(Sheet("S"));
        await first.SaveChangesAsync(Cancellation);
        var mine = await first.Sites.SingleAsync(Cancellation);
        var yours = await second.Sites.SingleAsync(Cancellation);

        mine.NameIt = "mine";
        await first.SaveChangesAsync(Cancellation);
        yours.NameIt = "yours";
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync(Cancellation));

        second.Sites.Remove(yours);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync(Cancellation));
        Assert.Equal("mine", await migrated.ScalarAsync<string>("SELECT name_it FROM geooffer.site"));

        // A layer that changes the facts of a site is no edit of its sheet.
        await migrated.AddInfrastructureAsync("I", "port", new Point(9.5, 45.4));
        mine.NameIt = "mine again";
        await first.SaveChangesAsync(Cancellation);
        Assert.Equal("mine again", await migrated.ScalarAsync<string>("SELECT name_it FROM geooffer.site"));
    }

    [Fact]
    public async Task Every_register_can_be_written_edited_and_removed()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await using var context = migrated.Database.CreateContext();
        var area = RandomLand.Box(9.3, 45.3, 9.5, 45.5);
        object[] rows =
        [
            new Province { Code = "015", Sigla = "MI", NameIt = "Milano", Geom = area },
            new Municipality { Code = "015182", NameIt = "Rho", ProvinceCode = "015", Geom = area },
            new Agreement { Code = "A-1", MunicipalityCode = "015182", NameIt = "Accordo", SignedOn = new(2022, 1, 1), Geom = new Point(9.4, 45.4) },
            new Pole { Code = "P-1", NameIt = "Polo", Geom = area },
            new PilotArea { Code = "PA-1", PoleCode = "P-1", NameIt = "Area", Geom = area },
            new ConstraintArea { Code = "C-1", Kind = "landscape", Severity = "conditions", Geom = area },
            new Infrastructure { Code = "I-1", Kind = "airport", Geom = area },
        ];
        foreach (var row in rows)
        {
            context.Add(row);
            await context.SaveChangesAsync(Cancellation);
        }

        context.Add(Sheet("S"));
        await context.SaveChangesAsync(Cancellation);
        var facts = (await migrated.FactsAsync())["S"];
        Assert.Equal(("015182", "015", "P-1", "PA-1"), (facts["municipality_code"], facts["province_code"], facts["pole_code"], facts["pilot_area_code"]));

        foreach (var row in rows)
        {
            var name = context.Entry(row).Property("NameIt");
            name.CurrentValue = "changed";
            await context.SaveChangesAsync(Cancellation);
        }

        foreach (var row in rows.Reverse())
        {
            context.Remove(row);
            await context.SaveChangesAsync(Cancellation);
        }

        facts = (await migrated.FactsAsync())["S"];
        Assert.All(["municipality_code", "province_code", "pole_code", "pilot_area_code", "distance_airport_m"], (string column) => Assert.Null(facts[column]));
    }

    /// <summary>A raw INSERT and a new sheet of the domain start alike.</summary>
    [Fact]
    public async Task Defaults_of_the_database_are_those_of_the_domain()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await migrated.ExecuteAsync(
            """
            INSERT INTO geooffer.site (code, kind, name_it) VALUES ('S', 'brownfield', 'x');
            INSERT INTO geooffer.municipality (code, name_it, province_code) VALUES ('015182', 'x', '015');
            INSERT INTO geooffer.province (code, sigla, name_it) VALUES ('015', 'MI', 'x');
            INSERT INTO geooffer.pole (code, name_it) VALUES ('P', 'x');
            INSERT INTO geooffer.pilot_area (code, name_it) VALUES ('P', 'x');
            INSERT INTO geooffer.agreement (code, municipality_code, name_it) VALUES ('A', '015182', 'x')
            """);
        await using var context = migrated.Database.CreateContext();
        string[] given = ["Id", "Code", "Kind", "NameIt", "ProvinceCode", "Sigla", "MunicipalityCode", "FirstAdded", "ChangeSetId", "Completeness"];
        foreach (var (stored, fresh) in new (object, object)[]
        {
            (await context.Sites.SingleAsync(Cancellation), new Site { Code = "", Kind = "", NameIt = "" }),
            (await context.Municipalities.SingleAsync(Cancellation), new Municipality { Code = "", NameIt = "", ProvinceCode = "" }),
            (await context.Provinces.SingleAsync(Cancellation), new Province { Code = "", NameIt = "", Sigla = "" }),
            (await context.Poles.SingleAsync(Cancellation), new Pole { Code = "", NameIt = "" }),
            (await context.PilotAreas.SingleAsync(Cancellation), new PilotArea { Code = "", NameIt = "" }),
            (await context.Set<Agreement>().SingleAsync(Cancellation), new Agreement { Code = "", NameIt = "", MunicipalityCode = "" }),
        })
        {
            Assert.All(
                stored.GetType().GetProperties().Where(property => !given.Contains(property.Name)),
                property => Assert.Equal(property.GetValue(fresh), property.GetValue(stored)));
        }
    }
}
