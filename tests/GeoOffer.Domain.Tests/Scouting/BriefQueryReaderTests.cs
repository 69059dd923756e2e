using System.Globalization;
using GeoOffer.Domain.Scouting;

namespace GeoOffer.Domain.Tests.Scouting;

public sealed class BriefQueryReaderTests
{
    [Fact]
    public void The_headline_query_is_read()
    {
        var request = Read(
            "area_ha=40&tolerance=0.15&function=industrial&near=freight_terminal:10000&near=motorway_junction:5000&avoid=protected_area&within=MI&limit=20");
        Assert.Equal(
            new Brief
            {
                Area = Given.About(40),
                Constraints =
                [
                    new FunctionConstraint("c1", ["industrial"]),
                    new DistanceConstraint("c2", Given.Near("freight_terminal"), 10_000, 1),
                    new DistanceConstraint("c3", Given.Near("motorway_junction"), 5000, 1),
                    new OverlapConstraint("c4", Given.ProtectedArea, 0, 0.05),
                ],
                Within = new AreaOfInterest(["MI"], ["015"], [], Geometry: null),
                Unknowns = UnknownsPolicy.Verify,
                Limit = 20,
            },
            request.Brief);
        Assert.False(request.CountsFull);
        Assert.Null(request.Language);
    }

    [Fact]
    public void Nothing_asked_is_a_brief_that_every_site_meets() => Assert.Equal(new Brief(), Read("").Brief);

    [Fact]
    public void Every_parameter_arrives()
    {
        var request = Read(
            "lang=en&counts=full&limit=7&buckets=near_miss,match&unknowns=fail&oversize=accept&area_min_ha=10&area_max_ha=90.5&area_ha=50&tolerance=1"
            + "&avoid=noise_zone:0.25&near=charging_hubs:750.5&kind=brownfield&function=offices&function=industrial&within=BG&within=015146");
        Assert.Equal(("en", true, 7), (request.Language, request.CountsFull, request.Brief.Limit));
        Assert.Equal([Bucket.Match, Bucket.NearMiss], request.Brief.Buckets);
        Assert.Equal(UnknownsPolicy.Fail, request.Brief.Unknowns);
        Assert.Equal(Given.About(50, 1, 10, 90.5) with { Oversize = Oversize.Accept }, request.Brief.Area);
        Assert.Equal(new AreaOfInterest(["BG", "015146"], ["016"], ["015146"], Geometry: null), request.Brief.Within);
        Assert.Equal(
            (ValueList<BriefConstraint>)
            [
                new FunctionConstraint("c1", ["offices", "industrial"]),
                new KindConstraint("c2", ["brownfield"]),
                new DistanceConstraint("c3", Given.Near("charging_hubs"), 750.5, 1),
                new OverlapConstraint("c4", Given.Vocabulary.FindOverlapTarget("noise_zone")!, 0.25, 0.05),
            ],
            request.Brief.Constraints);
    }

    [Fact]
    public void Repeated_alternatives_count_once_and_a_retired_municipality_means_its_successors()
    {
        var brief = Read("function=retail&function=retail&within=015999&within=015999").Brief;
        Assert.Equal(new FunctionConstraint("c1", ["retail"]), Assert.Single(brief.Constraints));
        Assert.Equal(new AreaOfInterest(["015999"], [], ["015250", "015251"], Geometry: null), brief.Within);
    }

    [Fact]
    public void The_same_target_may_be_asked_twice()
        => Assert.Equal(2, Read("near=rail:1000&near=rail:2000").Brief.Constraints.Count);

    [Theory]
    [InlineData("colour=red", "colour")]
    [InlineData("Area_ha=40", "Area_ha")]
    [InlineData("area_ha=40&area_ha=40", "area_ha")]
    [InlineData("area_ha=", "area_ha")]
    [InlineData("area_ha=0", "area_ha")]
    [InlineData("area_ha=-40", "area_ha")]
    [InlineData("area_ha=1000001", "area_ha")]
    [InlineData("area_ha=40,5", "area_ha")]
    [InlineData("area_ha=1,000", "area_ha")]
    [InlineData("area_ha=40ha", "area_ha")]
    [InlineData("area_ha= 40", "area_ha")]
    [InlineData("area_ha=NaN", "area_ha")]
    [InlineData("area_ha=Infinity", "area_ha")]
    [InlineData("area_ha=∞", "area_ha")]
    [InlineData("area_ha=1e400", "area_ha")]
    [InlineData("area_ha=٤٠", "area_ha")]
    [InlineData("area_ha=0x28", "area_ha")]
    [InlineData("area_ha=40&tolerance=15", "tolerance")]
    [InlineData("area_ha=40&tolerance=-0.1", "tolerance")]
    [InlineData("tolerance=0.1", "tolerance")]
    [InlineData("oversize=accept", "oversize")]
    [InlineData("area_ha=40&oversize=yes", "oversize")]
    [InlineData("area_min_ha=20&area_max_ha=10", "area_min_ha")]
    [InlineData("area_ha=40&area_min_ha=50", "area_min_ha")]
    [InlineData("area_ha=40&area_max_ha=30", "area_max_ha")]
    [InlineData("function=Industrial", "function")]
    [InlineData("function=unknown", "function")]
    [InlineData("function=", "function")]
    [InlineData("kind=greyfield", "kind")]
    [InlineData("near=rail", "near")]
    [InlineData("near=rail:", "near")]
    [InlineData("near=rail:0", "near")]
    [InlineData("near=rail:-5", "near")]
    [InlineData("near=rail:10km", "near")]
    [InlineData("near=rail:10.000.000", "near")]
    [InlineData("near=rail:1000001", "near")]
    [InlineData("near=rail:10:20", "near")]
    [InlineData("near=tram:100", "near")]
    [InlineData("near=protected_area:100", "near")]
    [InlineData("avoid=rail", "avoid")]
    [InlineData("avoid=protected_area:10", "avoid")]
    [InlineData("avoid=protected_area:5%25", "avoid")]
    [InlineData("avoid=protected_area:", "avoid")]
    [InlineData("within=Milano", "within")]
    [InlineData("within=15", "within")]
    [InlineData("within=", "within")]
    [InlineData("unknowns=ignore", "unknowns")]
    [InlineData("unknowns=0", "unknowns")]
    [InlineData("buckets=excluded", "buckets")]
    [InlineData("buckets=match,", "buckets")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=2.5", "limit")]
    [InlineData("counts=all", "counts")]
    [InlineData("lang=de", "lang")]
    public void What_is_wrong_is_a_fault_of_its_parameter(string query, string parameter)
    {
        var reading = Given.FromQuery(query);
        Assert.False(reading.IsValid);
        var fault = Assert.Single(reading.Faults);
        Assert.Equal((parameter, BriefFaultPlace.Query), (fault.At, fault.In));
        Assert.NotEmpty(fault.Expected);
    }

    [Theory]
    [InlineData("area_ha=4e1", 40.0)]
    [InlineData("area_ha=%2B40", null)]
    [InlineData("area_ha=+40", 40.0)]
    [InlineData("area_ha=.5", 0.5)]
    [InlineData("area_ha=1000000", 1_000_000.0)]
    public void Numbers_have_the_invariant_form(string query, double? areaHa)
        => Assert.Equal(areaHa, Given.FromQuery(query).Request?.Brief.Area?.TargetHa);

    [Fact]
    public void Numbers_do_not_depend_on_the_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("it-IT");
            Assert.Equal(40.5, Read("area_ha=40.5").Brief.Area!.TargetHa);
            Assert.False(Given.FromQuery("area_ha=40,5").IsValid);
            Assert.Contains("34.5", Given.FromQuery("area_ha=30&area_min_ha=50").Faults[0].Expected, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void All_faults_come_at_once_and_lists_say_what_is_allowed()
    {
        var faults = Given.FromQuery("colour=red&area_ha=big&function=farming&near=tram:x&within=XX&limit=-1").Faults;
        Assert.Equal(["area_ha", "colour", "function", "limit", "near", "near", "within"], faults.Select(fault => fault.At).Order());
        var function = faults.Single(fault => fault.At == "function");
        Assert.Equal("farming", function.Got);
        Assert.Contains("industrial, offices, tourism", function.Expected, StringComparison.Ordinal);
        Assert.DoesNotContain("unknown", function.Expected, StringComparison.Ordinal);
        Assert.Contains(faults, fault => fault.At == "near" && fault.Expected.Contains("charging_hubs", StringComparison.Ordinal));
        Assert.Contains("tolerance", faults.Single(fault => fault.At == "colour").Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Constraints_and_codes_are_bounded()
    {
        var thirty = string.Join('&', Enumerable.Repeat("near=rail:1000", 29).Append("avoid=seveso"));
        Assert.Equal(30, Read(thirty).Brief.Constraints.Count);
        Assert.Equal("avoid", Assert.Single(Given.FromQuery(thirty + "&avoid=seveso").Faults).At);
        Assert.True(Given.FromQuery(string.Join('&', Enumerable.Repeat("within=MI", 2000))).IsValid);
        Assert.False(Given.FromQuery(string.Join('&', Enumerable.Repeat("within=MI", 2001))).IsValid);
    }

    private static BriefRequest Read(string query)
    {
        var reading = Given.FromQuery(query);
        Assert.Empty(reading.Faults);
        Assert.True(reading.IsValid);
        return reading.Request;
    }
}
