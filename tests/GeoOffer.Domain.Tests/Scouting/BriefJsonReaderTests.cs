using System.Text;
using GeoOffer.Domain.Scouting;

namespace GeoOffer.Domain.Tests.Scouting;

public sealed class BriefJsonReaderTests
{
    private const string Contract =
        """
        {"area":{"target_ha":40,"tolerance":0.15,"basis":"gross","oversize":"fail"},
         "constraints":[{"id":"c1","criterion":"function","any_of":["industrial"]},
          {"id":"c2","criterion":"distance","target":"freight_terminal","max_m":10000,"slack":1.0},
          {"id":"c3","criterion":"overlap","target":"protected_area","max_share":0}],
         "preferences":[{"id":"p1","criterion":"distance","target":"motorway_junction","weight":2,
          "value_function":{"type":"linear","best":0,"worst":20000,"unit":"m"}}],
         "within":{"any_of":["MI","015182"],"geometry":null},"unknowns":"verify","buckets":["match","match_if_verified","near_miss"],"limit":20}
        """;

    [Fact]
    public void The_brief_of_the_contract_is_read()
        => Assert.Equal(
            new Brief
            {
                Area = Given.About(40),
                Constraints =
                [
                    new FunctionConstraint("c1", ["industrial"]),
                    new DistanceConstraint("c2", Given.Near("freight_terminal"), 10_000, 1),
                    new OverlapConstraint("c3", Given.ProtectedArea, 0, 0.05),
                ],
                Preferences = [new DistancePreference("p1", 2, Given.Near("motorway_junction"), new LinearValue(0, 20_000))],
                Within = new AreaOfInterest(["MI", "015182"], ["015"], ["015182"], Geometry: null),
            },
            Read(Contract).Brief);

    [Fact]
    public void An_empty_object_is_a_brief_that_every_site_meets()
    {
        var request = Read("{}");
        Assert.Equal(new BriefRequest(new Brief(), CountsFull: false, Language: null), request);
    }

    [Fact]
    public void Counts_are_part_of_the_request()
    {
        Assert.True(Read("""{"counts":"full"}""").CountsFull);
        Assert.False(Read("""{"counts":null}""").CountsFull);
    }

    [Fact]
    public void Every_kind_of_preference_is_read_and_missing_ids_go_by_place()
    {
        var brief = Read(
            """
            {"constraints":[{"criterion":"kind","any_of":["brownfield"]},{"id":"rail","criterion":"distance","target":"rail","max_m":2000,"slack":0},
              {"criterion":"overlap","target":"seveso","slack":0.5}],
             "preferences":[
              {"criterion":"overlap","target":"flood_p2","value_function":{"type":"linear","best":0,"worst":0.5}},
              {"criterion":"area","basis":"net","weight":0.5,"value_function":{"type":"triangular","low":10,"peak":20,"high":50,"unit":"ha"}},
              {"criterion":"function","weight":3,"any_of":["offices","offices"]},
              {"criterion":"kind","any_of":["greenfield"]}]}
            """).Brief;
        Assert.Equal(
            (ValueList<BriefConstraint>)
            [
                new KindConstraint("c1", ["brownfield"]),
                new DistanceConstraint("rail", Given.Near("rail"), 2000, 0),
                new OverlapConstraint("c3", Given.Vocabulary.FindOverlapTarget("seveso")!, 0, 0.5),
            ],
            brief.Constraints);
        Assert.Equal(
            (ValueList<BriefPreference>)
            [
                new OverlapPreference("p1", 1, Given.Vocabulary.FindOverlapTarget("flood_p2")!, new LinearValue(0, 0.5)),
                new AreaPreference("p2", 0.5, AreaBasis.Net, new TriangularValue(10, 20, 50)),
                new FunctionPreference("p3", 3, ["offices"]),
                new KindPreference("p4", 1, ["greenfield"]),
            ],
            brief.Preferences);
    }

    [Fact]
    public void An_area_of_interest_may_be_a_polygon()
    {
        var within = Read(
            """{"within":{"geometry":{"type":"Polygon","coordinates":[[[9,45],[10,45],[10,46],[9,46],[9,45]]]}}}""").Brief.Within!;
        Assert.Equal(Given.Square(9, 45, 1), within.Geometry);
        Assert.Equal(4326, within.Geometry!.SRID);
        Assert.Empty(within.AnyOf);
        Assert.Null(Read("""{"within":{"any_of":[],"geometry":null}}""").Brief.Within);
        Assert.Null(Read("""{"within":null,"area":null}""").Brief.Within);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("nonsense", "")]
    [InlineData("""{"limit":20}{}""", "")]
    [InlineData("""{"limit":NaN}""", "")]
    [InlineData("""{"limit":20,}""", "")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("""{"colour":"red"}""", "/colour")]
    [InlineData("""{"a/b~c":1}""", "/a~1b~0c")]
    [InlineData("""{"\ud800":1}""", "")]
    [InlineData("""{"limit":20,"limit":20}""", "/limit")]
    [InlineData("""{"limit":"20"}""", "/limit")]
    [InlineData("""{"limit":20.5}""", "/limit")]
    [InlineData("""{"limit":1e3000}""", "/limit")]
    [InlineData("""{"limit":null}""", "/limit")]
    [InlineData("""{"counts":"some"}""", "/counts")]
    [InlineData("""{"lang":"it"}""", "/lang")]
    [InlineData("""{"unknowns":"Verify"}""", "/unknowns")]
    [InlineData("""{"unknowns":"\ud800"}""", "/unknowns")]
    [InlineData("""{"buckets":[]}""", "/buckets")]
    [InlineData("""{"buckets":"match"}""", "/buckets")]
    [InlineData("""{"buckets":["match","excluded"]}""", "/buckets/1")]
    [InlineData("""{"area":40}""", "/area")]
    [InlineData("""{"area":{}}""", "/area")]
    [InlineData("""{"area":{"basis":"net"}}""", "/area")]
    [InlineData("""{"area":{"target_ha":"40"}}""", "/area/target_ha")]
    [InlineData("""{"area":{"target_ha":0}}""", "/area/target_ha")]
    [InlineData("""{"area":{"target_ha":40,"tolerance":15}}""", "/area/tolerance")]
    [InlineData("""{"area":{"target_ha":40,"slack":0.5}}""", "/area/slack")]
    [InlineData("""{"area":{"target_ha":40,"basis":"forSale"}}""", "/area/basis")]
    [InlineData("""{"area":{"target_ha":40,"oversize":true}}""", "/area/oversize")]
    [InlineData("""{"area":{"target_ha":40,"target":40}}""", "/area/target")]
    [InlineData("""{"area":{"min_ha":50,"max_ha":40}}""", "/area/min_ha")]
    [InlineData("""{"constraints":{}}""", "/constraints")]
    [InlineData("""{"constraints":[7]}""", "/constraints/0")]
    [InlineData("""{"constraints":[{}]}""", "/constraints/0/criterion")]
    [InlineData("""{"constraints":[{"criterion":"area"}]}""", "/constraints/0/criterion")]
    [InlineData("""{"constraints":[{"criterion":"function"}]}""", "/constraints/0/any_of")]
    [InlineData("""{"constraints":[{"criterion":"function","any_of":[]}]}""", "/constraints/0/any_of")]
    [InlineData("""{"constraints":[{"criterion":"function","any_of":"industrial"}]}""", "/constraints/0/any_of")]
    [InlineData("""{"constraints":[{"criterion":"function","any_of":["industrial",7]}]}""", "/constraints/0/any_of/1")]
    [InlineData("""{"constraints":[{"criterion":"function","any_of":["unknown"]}]}""", "/constraints/0/any_of/0")]
    [InlineData("""{"constraints":[{"criterion":"kind","any_of":["greenfield"],"slack":1}]}""", "/constraints/0/slack")]
    [InlineData("""{"constraints":[{"criterion":"distance","target":"rail"}]}""", "/constraints/0/max_m")]
    [InlineData("""{"constraints":[{"criterion":"distance","target":"rail","max_km":2}]}""", "/constraints/0/max_km /constraints/0/max_m")]
    [InlineData("""{"constraints":[{"criterion":"distance","target":"rail","max_m":0}]}""", "/constraints/0/max_m")]
    [InlineData("""{"constraints":[{"criterion":"distance","target":"tram","max_m":5}]}""", "/constraints/0/target")]
    [InlineData("""{"constraints":[{"criterion":"distance","max_m":5}]}""", "/constraints/0/target")]
    [InlineData("""{"constraints":[{"criterion":"distance","target":"rail","max_m":5,"slack":-1}]}""", "/constraints/0/slack")]
    [InlineData("""{"constraints":[{"criterion":"overlap","target":"seveso","max_share":10}]}""", "/constraints/0/max_share")]
    [InlineData("""{"constraints":[{"id":"","criterion":"kind","any_of":["greenfield"]}]}""", "/constraints/0/id")]
    [InlineData("""{"constraints":[{"id":7,"criterion":"kind","any_of":["greenfield"]}]}""", "/constraints/0/id")]
    [InlineData("""{"constraints":[{"id":"area","criterion":"kind","any_of":["greenfield"]}]}""", "/constraints/0/id")]
    [InlineData(
        """{"constraints":[{"id":"c2","criterion":"kind","any_of":["greenfield"]},{"criterion":"kind","any_of":["greenfield"]}]}""",
        "/constraints/1/id")]
    [InlineData(
        """{"constraints":[{"id":"x","criterion":"kind","any_of":["greenfield"]}],"preferences":[{"id":"x","criterion":"kind","any_of":["greenfield"]}]}""",
        "/preferences/0/id")]
    [InlineData("""{"preferences":[{"criterion":"distance","target":"rail"}]}""", "/preferences/0/value_function")]
    [InlineData("""{"preferences":[{"criterion":"kind","any_of":["greenfield"],"weight":0}]}""", "/preferences/0/weight")]
    [InlineData("""{"preferences":[{"criterion":"area","value_function":7}]}""", "/preferences/0/value_function")]
    [InlineData("""{"preferences":[{"criterion":"area","value_function":{"type":"linear","best":5,"worst":5}}]}""", "/preferences/0/value_function/worst")]
    [InlineData("""{"preferences":[{"criterion":"area","value_function":{"type":"linear","best":5}}]}""", "/preferences/0/value_function/worst")]
    [InlineData("""{"preferences":[{"criterion":"area","value_function":{"type":"cubic"}}]}""", "/preferences/0/value_function/type")]
    [InlineData(
        """{"preferences":[{"criterion":"distance","target":"rail","value_function":{"type":"linear","best":0,"worst":20,"unit":"km"}}]}""",
        "/preferences/0/value_function/unit")]
    [InlineData(
        """{"preferences":[{"criterion":"area","value_function":{"type":"triangular","low":9,"peak":5,"high":10}}]}""",
        "/preferences/0/value_function/peak")]
    [InlineData("""{"within":["MI"]}""", "/within")]
    [InlineData("""{"within":{"any_of":["MI","XX"]}}""", "/within/any_of/1")]
    [InlineData("""{"within":{"any_of":[15]}}""", "/within/any_of/0")]
    [InlineData("""{"within":{"geometry":{"type":"Point","coordinates":[9,45]}}}""", "/within/geometry")]
    [InlineData("""{"within":{"geometry":{"type":"Polygon","coordinates":[]}}}""", "/within/geometry")]
    [InlineData("""{"within":{"geometry":{"type":"Polygon","coordinates":[[[9,45],[10,45],[10,46],[9,46]]]}}}""", "/within/geometry/coordinates/0/3")]
    [InlineData("""{"within":{"geometry":{"type":"Polygon","coordinates":[[[9,45],[10,46],[10,45],[9,46],[9,45]]]}}}""", "/within/geometry")]
    [InlineData("""{"within":{"geometry":{"type":"Polygon","coordinates":[[[9,45],[190,45],[10,46],[9,45]]]}}}""", "/within/geometry")]
    [InlineData("""{"within":{"geometry":{"type":"Polygon","coordinates":[[[514000,5034000],[515000,5034000],[515000,5035000],[514000,5034000]]]}}}""", "/within/geometry")]
    public void What_is_wrong_is_a_fault_at_its_pointer(string json, string pointers)
    {
        var reading = Given.FromJson(json);
        Assert.False(reading.IsValid);
        Assert.Equal(pointers.Split(' '), reading.Faults.Select(fault => fault.At));
        Assert.All(reading.Faults, fault => Assert.Equal(BriefFaultPlace.Body, fault.In));
    }

    [Fact]
    public void All_faults_come_at_once()
    {
        var faults = Given.FromJson(
            """
            {"limit":0,"area":{"target_ha":-1,"basis":"total"},"within":{"any_of":["XX"]},
             "constraints":[{"criterion":"overlap","target":"rail"},{"criterion":"distance","target":"seveso","max_m":"far"}]}
            """).Faults;
        Assert.Equal(
            ["/area/basis", "/area/target_ha", "/constraints/0/target", "/constraints/1/max_m", "/constraints/1/target", "/limit", "/within/any_of/0"],
            faults.Select(fault => fault.At).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Malformed_json_is_located()
    {
        var fault = Assert.Single(Given.FromJson("{\n  \"limit\": 20,\n  oops }").Faults);
        Assert.Contains("line 3, byte 3", fault.Got, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_are_bounded()
    {
        var kind = """{"criterion":"kind","any_of":["greenfield"]}""";
        Assert.True(Given.FromJson($$"""{"constraints":[{{Repeat(kind, 30)}}],"preferences":[{{Repeat(kind, 30)}}]}""").IsValid);
        AssertFault("/constraints", $$"""{"constraints":[{{Repeat(kind, 31)}}]}""");
        AssertFault("/preferences", $$"""{"preferences":[{{Repeat(kind, 31)}}]}""");
        Assert.True(Given.FromJson($$$"""{"within":{"any_of":[{{{Repeat("\"MI\"", 2000)}}}]}}""").IsValid);
        AssertFault("/within/any_of", $$$"""{"within":{"any_of":[{{{Repeat("\"MI\"", 2001)}}}]}}""");
        AssertFault("", Repeat("[", 100_000).Replace(",", "", StringComparison.Ordinal));
        AssertFault(
            "/within/geometry/coordinates/0",
            """{"within":{"geometry":{"type":"Polygon","coordinates":[[""" + Repeat("[9,45]", 10_001) + "]]}}}");

        static string Repeat(string item, int times) => string.Join(',', Enumerable.Repeat(item, times));
        static void AssertFault(string at, string json) => Assert.Equal(at, Assert.Single(Given.FromJson(json).Faults).At);
    }

    [Fact]
    public void A_hostile_body_gets_a_bounded_answer()
    {
        var members = string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"{new string('x', 300)}{i}\":0"));
        var faults = Given.FromJson($"{{{members}}}").Faults;
        Assert.Equal(100, faults.Count);
        Assert.All(faults, fault => Assert.InRange(fault.At.Length + fault.Got.Length, 1, 200));
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_a_fault()
    {
        byte[] json = [.. "{\"unknowns\":\""u8, 0xFF, 0xC3, .. "\"}"u8];
        Assert.Equal("/unknowns", Assert.Single(Given.JsonReader.Read(json).Faults).At);
    }

    [Fact]
    public void The_area_of_interest_may_have_ten_thousand_vertices_and_not_one_more()
    {
        Assert.True(Given.FromJson(Circle(9_999)).IsValid);
        Assert.False(Given.FromJson(Circle(10_000)).IsValid);
    }

    private static string Circle(int sides)
    {
        var json = new StringBuilder("""{"within":{"geometry":{"type":"Polygon","coordinates":[[""");
        for (var i = 0; i <= sides; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * (i % sides) / sides);
            json.Append(FormattableString.Invariant($"{(i == 0 ? "" : ",")}[{9 + cos:R},{45 + sin:R}]"));
        }

        return json.Append("]]}}}").ToString();
    }

    private static BriefRequest Read(string json)
    {
        var reading = Given.FromJson(json);
        Assert.Empty(reading.Faults);
        Assert.True(reading.IsValid);
        return reading.Request;
    }
}
