using System.Text;
using GeoOffer.Domain.Scouting;

namespace GeoOffer.Domain.Tests.Scouting;

public sealed class BriefJsonWriterTests
{
    [Fact]
    public void The_canonical_form_makes_every_default_explicit()
        => Assert.Equal(
            """{"area":null,"constraints":[],"preferences":[],"within":null,"unknowns":"verify","buckets":["match","match_if_verified","near_miss"],"limit":20}""",
            Canonical(Given.FromJson("{}")));

    [Theory]
    [InlineData(
        "area_ha=40&function=industrial&near=rail:2000&avoid=protected_area&within=MI",
        """
        {"within":{"any_of":["MI"]},"area":{"target_ha":4e1},
         "constraints":[{"any_of":["industrial"],"criterion":"function"},{"criterion":"distance","target":"rail","max_m":2000.0},
          {"criterion":"overlap","target":"protected_area"}]}
        """,
        """{"area":{"target_ha":40,"tolerance":0.15,"slack":3,"basis":"gross","oversize":"fail","min_ha":null,"max_ha":null},"constraints":[{"id":"c1","criterion":"function","any_of":["industrial"]},{"id":"c2","criterion":"distance","target":"rail","max_m":2000,"slack":1},{"id":"c3","criterion":"overlap","target":"protected_area","max_share":0,"slack":0.05}],"preferences":[],"within":{"any_of":["MI"],"geometry":null},"unknowns":"verify","buckets":["match","match_if_verified","near_miss"],"limit":20}""")]
    [InlineData(
        "area_min_ha=10&oversize=accept&tolerance=0&buckets=near_miss&buckets=match&limit=1&unknowns=pass&counts=full&avoid=seveso:-0",
        """
        {"area":{"min_ha":10,"oversize":"accept","tolerance":0},"buckets":["near_miss","match","match"],"limit":1,"unknowns":"pass","counts":"full",
         "constraints":[{"criterion":"overlap","target":"seveso","max_share":-0.0}]}
        """,
        """{"area":{"target_ha":null,"tolerance":0,"slack":3,"basis":"gross","oversize":"accept","min_ha":10,"max_ha":null},"constraints":[{"id":"c1","criterion":"overlap","target":"seveso","max_share":0,"slack":0.05}],"preferences":[],"within":null,"unknowns":"pass","buckets":["match","near_miss"],"limit":1}""")]
    public void A_query_and_the_equivalent_body_have_one_canonical_form(string query, string json, string canonical)
    {
        Assert.Equal(canonical, Canonical(Given.FromQuery(query)));
        Assert.Equal(canonical, Canonical(Given.FromJson(json)));
        Assert.Equal(Given.FromQuery(query).Request, Given.FromJson(json).Request);
    }

    private static string Canonical(BriefReading reading)
    {
        Assert.Empty(reading.Faults);
        return Encoding.UTF8.GetString(BriefJsonWriter.ToUtf8(reading.Request!.Brief));
    }
}
