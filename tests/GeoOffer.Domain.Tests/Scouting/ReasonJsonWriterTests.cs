using System.Buffers;
using System.Text;
using System.Text.Json;
using GeoOffer.Domain.Scouting;

namespace GeoOffer.Domain.Tests.Scouting;

public sealed class ReasonJsonWriterTests
{
    [Fact]
    public void A_failed_distance_is_written_with_every_key_of_the_contract()
    {
        var terminal = new FeatureReference("infrastructure", "17", "Melzo \"Vignate\"");
        var site = Given.Site().With("freight_terminal", Fact.Known(12_000.5, terminal, "RFI", new DateOnly(2023, 1, 1)));
        var brief = new Brief { Constraints = [new DistanceConstraint("c2", Given.Near("freight_terminal"), 10_000, 1)] };
        AssertJson(
            """
            {"id":"c2","criterion":"distance","target":"freight_terminal","role":"constraint","verdict":"fail","value":12000.5,"unit":"m",
             "operator":"<=","threshold":10000,"gap":2000.5,"weight":1,"contribution":0,"unknown_because":null,
             "feature":{"collection":"infrastructure","id":"17","name":"Melzo \"Vignate\""},"source":"RFI","as_of":"2023-01-01",
             "method":"straight_line"}
            """,
            site.OnlyReason(brief));
    }

    [Fact]
    public void An_unknown_area_is_null_with_its_cause()
        => AssertJson(
            """
            {"id":"area","criterion":"area","target":"for_sale","role":"constraint","verdict":"unknown","value":null,"unit":"ha",
             "operator":"between","threshold":[34,46],"gap":null,"weight":1,"contribution":0,"unknown_because":"not_stated",
             "feature":null,"source":null,"as_of":null,"method":null}
            """,
            Given.Site().OnlyReason(new Brief { Area = Given.About(40) with { Basis = AreaBasis.ForSale } }));

    [Fact]
    public void A_preference_has_no_verdict()
        => AssertJson(
            """
            {"id":"p1","criterion":"function","target":null,"role":"preference","verdict":null,"value":["industrial","offices"],"unit":null,
             "operator":"any_of","threshold":["industrial"],"gap":null,"weight":2,"contribution":1,"unknown_because":null,
             "feature":null,"source":null,"as_of":null,"method":null}
            """,
            (Given.Site() with { Functions = ["industrial", "offices"] }).OnlyReason(
                new Brief { Preferences = [new FunctionPreference("p1", 2, ["industrial"])] }));

    [Fact]
    public void The_area_of_interest_shows_the_municipality()
        => AssertJson(
            """
            {"id":"within","criterion":"within","target":null,"role":"constraint","verdict":"pass","value":"015146","unit":null,
             "operator":"any_of","threshold":["MI"],"gap":null,"weight":null,"contribution":null,"unknown_because":null,
             "feature":null,"source":null,"as_of":null,"method":null}
            """,
            (Given.Site() with { MunicipalityCode = "015146", ProvinceCode = "015" }).OnlyReason(
                new Brief { Within = new AreaOfInterest(["MI"], ["015"], [], Geometry: null) }));

    private static void AssertJson(string expected, Reason reason)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            ReasonJsonWriter.Write(writer, reason);
        }

        var actual = Encoding.UTF8.GetString(buffer.WrittenSpan);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), JsonElement.Parse(actual)), actual);
    }
}
