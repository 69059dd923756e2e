using GeoOffer.Domain.Offer;

namespace GeoOffer.Domain.Tests.Offer;

public sealed class CodeListTests
{
    [Theory]
    [InlineData("site_kind", "greenfield brownfield")]
    [InlineData("site_form", "area building project")]
    [InlineData("availability_type", "A B unknown")]
    [InlineData(
        "admitted_function",
        "industrial offices tourism retail residential logistics education student_housing health_care sports other unknown")]
    [InlineData(
        "key_sector",
        "advanced_manufacturing aerospace agrifood cleantech creative_industry ict_data_centres life_sciences_chemical microelectronics other unknown")]
    [InlineData("yes_no_unknown", "yes no unknown")]
    [InlineData("plan_stage", "not_applicable not_started in_preparation adopted approved agreed other unknown")]
    [InlineData("building_index_unit", "m2_per_m2 m3_per_m2 unknown")]
    [InlineData("servicing_stage", "not_serviceable not_serviced in_progress serviced unknown")]
    [InlineData("ownership", "public private mixed unknown")]
    [InlineData("marketing_stage", "not_marketed on_the_market in_negotiation reserved concluded unknown")]
    [InlineData("disuse", "not_applicable in_use inactive disused unknown")]
    [InlineData("soil_pollution", "none treated unlikely suspected proven unknown")]
    [InlineData("remediation_stage", "not_applicable to_be_assessed characterisation project_approved in_progress completed unknown")]
    [InlineData("building_state", "not_applicable good fair poor ruin unknown")]
    [InlineData("heritage", "none of_interest listed unknown")]
    [InlineData("origin_channel", "expression_of_interest attract_agreement municipality province partner owner import other unknown")]
    [InlineData("lifecycle_state", "draft admitted published reserved settled withdrawn")]
    [InlineData(
        "infrastructure_kind",
        "rail_line passenger_station freight_terminal motorway_junction motorway airport port watercourse primary_substation university research_centre")]
    [InlineData(
        "constraint_kind", "protected_area natura_2000 landscape heritage flood_p1 flood_p2 flood_p3 hydrogeological buffer_strip seveso")]
    [InlineData("constraint_severity", "excludes conditions informs")]
    [InlineData("agreement_state", "signed in_force concluded expired terminated unknown")]
    [InlineData("attract_status", "not_member candidate member unknown")]
    [InlineData("pole_reach", "local regional national international unknown")]
    [InlineData("pilot_area_feasibility", "not_started in_preparation completed unknown")]
    public void A_list_has_exactly_these_codes(string name, string codes)
        => Assert.Equal(codes.Split(' '), CodeLists.Find(name)!.Codes);

    [Fact]
    public void Names_and_codes_are_unique_and_everything_has_two_titles()
    {
        Assert.Equal(25, CodeLists.All.Select(list => list.Name).Distinct().Count());
        Assert.All(CodeLists.All, list =>
        {
            Assert.Equal(list.Entries.Count, list.Codes.Distinct().Count());
            Assert.All(
                list.Entries.SelectMany(entry => new[] { entry.TitleIt, entry.TitleEn }).Append(list.TitleIt).Append(list.TitleEn),
                title => Assert.Matches(@"^\S.*\S$", title));
        });
    }

    [Fact]
    public void Codes_are_case_sensitive()
    {
        Assert.True(SiteCodeLists.SiteKind.Contains("greenfield"));
        Assert.False(SiteCodeLists.SiteKind.Contains("Greenfield"));
        Assert.Null(CodeLists.Find("no_such_list"));
    }

    [Theory]
    [InlineData("excludes", "protected_area natura_2000 flood_p3 buffer_strip")]
    [InlineData("conditions", "landscape heritage flood_p2 hydrogeological seveso")]
    [InlineData("informs", "flood_p1")]
    public void Every_constraint_kind_has_its_severity(string severity, string kinds)
        => Assert.Equal(
            kinds.Split(' '), TerritoryCodeLists.ConstraintKind.Codes.Where(kind => TerritoryCodeLists.DefaultSeverity(kind) == severity));
}
