using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GeoOffer.Domain.Offer;
using GeoOffer.Storage.Demonstration;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Demonstration;

public sealed class DemonstrationSitesTests
{
    private static readonly DateOnly Day = new(2026, 3, 31);
    private static readonly DemonstrationRegisters Registers = DemonstrationRegisters.Instance;
    private static readonly IReadOnlyList<Site> Sites = DemonstrationSites.Generate(Registers, Day);

    [Fact]
    public void The_same_day_gives_the_same_sites_on_every_machine()
    {
        Assert.Equal(Fingerprint(Sites), Fingerprint(DemonstrationSites.Generate(Registers, Day)));
        Assert.Equal("024263aa57a6f34d29f23a801c885f81011015ee8327a29db6c56fe0d80547c4", Fingerprint(Sites));
    }

    [Fact]
    public void Another_day_moves_dates_and_nothing_else()
    {
        var later = DemonstrationSites.Generate(Registers, Day.AddDays(100));
        Assert.Equal(Sites.Select(site => site.Geom!.AsText()), later.Select(site => site.Geom!.AsText()));
        Assert.Equal(Sites.Select(site => site.VerifiedOn?.AddDays(100)), later.Select(site => site.VerifiedOn));
        Assert.Equal(Sites.Select(site => (site.Kind, site.IsPublic)), later.Select(site => (site.Kind, site.IsPublic)));
    }

    [Fact]
    public void Every_site_lies_inside_the_area_of_its_municipality()
    {
        var areas = Registers.Municipalities.ToDictionary(m => m.Code, m => m.Geom!);
        Assert.All(Sites, site =>
        {
            Assert.True(site.Geom!.IsValid);
            Assert.True(areas[site.MunicipalityCode!].Contains(site.Geom), site.NameIt);
            Assert.True(Registers.Outline.Contains(site.Geom), site.NameIt);
        });
    }

    [Fact]
    public void Sites_do_not_overlap()
    {
        var polygons = Sites.Where(site => site.Geom is not Point).ToList();
        foreach (var (a, b) in polygons.SelectMany((a, i) => polygons.Skip(i + 1).Select(b => (a, b))))
        {
            if (a.Geom!.EnvelopeInternal.Intersects(b.Geom!.EnvelopeInternal))
            {
                Assert.InRange(a.Geom.Intersection(b.Geom).Area, 0, 1e-12);
            }
        }
    }

    [Fact]
    public void Sites_are_spread_over_all_provinces_and_vary_as_registers_do()
    {
        Assert.InRange(Sites.Count, 400, 600);
        var provinces = Sites.GroupBy(site => site.MunicipalityCode![..3]).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(Registers.Provinces.Select(p => p.Code).Order(), provinces.Keys.Order());
        Assert.All(provinces.Values, count => Assert.True(count >= 10));

        Assert.InRange(Share(site => site.Kind == "brownfield"), 0.25, 0.55);
        Assert.InRange(Share(site => site.Geom is Point), 0.03, 0.1);
        Assert.InRange(Share(site => site.Geom is MultiPolygon), 0.02, 0.12);
        Assert.InRange(Share(site => site.Functions.Count == 0), 0.04, 0.12);
        Assert.InRange(Share(site => site.VerifiedOn is null), 0.03, 0.15);
        Assert.InRange(Share(site => site.VerifiedOn < Day.AddMonths(-6)), 0.1, 0.3);
        Assert.InRange(Share(site => !site.IsPublic), 0.05, 0.3);
        Assert.InRange(Share(site => site.LifecycleState == "withdrawn"), 0.01, 0.1);
    }

    [Fact]
    public void Codes_and_names_are_unique_and_say_that_they_are_synthetic()
    {
        Assert.Equal(Sites.Count, Sites.Select(site => site.Code).Distinct().Count());
        Assert.Equal(Sites.Count, Sites.Select(site => site.NameIt).Distinct().Count());
        Assert.All(Sites, site =>
        {
            Assert.StartsWith("DEMO-", site.Code, StringComparison.Ordinal);
            Assert.StartsWith("Area dimostrativa ", site.NameIt, StringComparison.Ordinal);
            Assert.StartsWith("Demonstration site ", site.NameEn, StringComparison.Ordinal);
            Assert.Contains("sintetica", site.DescriptionIt, StringComparison.Ordinal);
            Assert.Contains("Synthetic", site.DescriptionEn, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Codes_come_from_their_lists()
    {
        Assert.All(Sites, site =>
        {
            Assert.All(site.Functions, code => Assert.True(SiteCodeLists.AdmittedFunction.Contains(code)));
            Assert.All(site.KeySectors, code => Assert.True(SiteCodeLists.KeySector.Contains(code)));
            Assert.True(PlanningCodeLists.PlanStage.Contains(site.PlanStage));
            Assert.True(MarketCodeLists.LifecycleState.Contains(site.LifecycleState));
            Assert.True(BrownfieldCodeLists.RemediationStage.Contains(site.RemediationStage));
            Assert.True(!site.Functions.Contains("residential") || site.Form == "project");
        });
    }

    private static double Share(Func<Site, bool> holds) => Sites.Count(holds) / (double)Sites.Count;

    private static string Fingerprint(IEnumerable<Site> sites)
    {
        var columns = typeof(Site).GetProperties()
            .Where(property => property.Name is not nameof(Site.Geom))
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .ToList();
        var text = new StringBuilder();
        foreach (var site in sites)
        {
            columns.ForEach(column => text.Append(JsonSerializer.Serialize(column.GetValue(site))).Append(','));
            text.Append(site.Geom!.AsText()).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
