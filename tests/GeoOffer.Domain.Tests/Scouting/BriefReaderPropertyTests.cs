using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Domain.Scouting;

namespace GeoOffer.Domain.Tests.Scouting;

public sealed class BriefReaderPropertyTests
{
    private static readonly string[] Words =
    [
        "area", "constraints", "preferences", "within", "unknowns", "buckets", "limit", "counts", "target_ha", "tolerance", "slack", "basis",
        "oversize", "min_ha", "max_ha", "id", "criterion", "function", "kind", "distance", "overlap", "target", "any_of", "max_m", "max_share",
        "weight", "value_function", "type", "linear", "triangular", "best", "worst", "low", "peak", "high", "unit", "geometry", "coordinates",
        "geometries", "Polygon", "MultiPolygon", "GeometryCollection", "rail", "seveso", "industrial", "greenfield", "MI", "m", "ha", "", "\\ud800", "c1",
    ];

    private static readonly Gen<string> Scalars = Gen.OneOf(
        Gen.Elements(Words).Select(word => $"\"{word}\""),
        Gen.Elements("0", "-0", "1", "40", "-1", "0.5", "1e999", "1e-999", "9007199254740993", "null", "true", "false", "NaN", "[", "}"));

    private static readonly string Sample = Encoding.UTF8.GetString(BriefJsonWriter.ToUtf8(
        Given.JsonReader.Read(DecreeBriefs.All[3].Brief).Request!.Brief with
        {
            Within = new AreaOfInterest(["MI"], ["015"], [], Given.Square(9, 45, 1)),
        }));

    [Fact]
    public void The_canonical_form_reads_back_as_an_equal_brief_and_the_same_bytes()
        => Check(Generators.Briefs, brief =>
        {
            var utf8 = BriefJsonWriter.ToUtf8(brief);
            var reading = Given.JsonReader.Read(utf8);
            return reading.IsValid
                && reading.Request.Brief.Equals(brief)
                && reading.Request.Brief.GetHashCode() == brief.GetHashCode()
                && BriefJsonWriter.ToUtf8(reading.Request.Brief).AsSpan().SequenceEqual(utf8);
        });

    [Fact]
    public void Any_json_is_a_brief_or_has_faults()
        => Check(Json(5), json => IsBriefOrHasFaults(Given.FromJson(json)));

    [Fact]
    public void Any_mutation_of_a_brief_is_a_brief_or_has_faults()
        => Check(
            from at in Gen.Choose(0, Sample.Length - 1)
            from length in Gen.Choose(0, 12)
            from insert in Gen.OneOf(Scalars, Json(2))
            select Sample[..at] + insert + Sample[Math.Min(Sample.Length, at + length)..],
            json => IsBriefOrHasFaults(Given.FromJson(json)));

    [Fact]
    public void Any_bytes_are_a_brief_or_have_faults()
        => Check(
            from at in Gen.Choose(0, Sample.Length - 1)
            from bytes in Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value), 3)
            select (byte[])[.. Encoding.UTF8.GetBytes(Sample[..at]), .. bytes, .. Encoding.UTF8.GetBytes(Sample[at..])],
            utf8 => IsBriefOrHasFaults(Given.JsonReader.Read(utf8)));

    [Fact]
    public void Any_query_is_a_brief_or_has_faults()
        => Check(
            Gen.ListOf(
                from name in Gen.Elements(BriefQueryReader.ParameterNames.Append("other").Append("").ToArray())
                from value in Gen.OneOf(
                    Gen.Elements(Words),
                    Gen.Elements("40", "0.15", "rail:1000", "seveso:0.1", "rail:", ":", "rail:NaN", "::", "match,near_miss", ",", "\0", "\ud800", "1e999", "full"),
                    ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""))
                select KeyValuePair.Create(name, value)),
            query => IsBriefOrHasFaults(Given.QueryReader.Read(query)));

    private static Gen<string> Json(int depth)
        => depth == 0
            ? Scalars
            : Gen.Frequency(
                (1, Scalars),
                (1, Lists(Json(depth - 1)).Select(items => $"[{string.Join(',', items)}]")),
                (2, Lists(Members(depth)).Select(members => $"{{{string.Join(',', members)}}}")));

    private static Gen<string> Members(int depth)
        => from name in Gen.Elements(Words)
           from value in Json(depth - 1)
           select $"\"{name}\":{value}";

    private static Gen<string[]> Lists(Gen<string> items) => Gen.Choose(0, 4).SelectMany(count => Gen.ArrayOf(items, count));

    // A brief that was read must also be fit to be judged and written.
    private static bool IsBriefOrHasFaults(BriefReading reading)
    {
        if (reading.IsValid)
        {
            Given.Site().Judged(reading.Request.Brief);
            return reading.Faults.Count == 0 && Given.JsonReader.Read(BriefJsonWriter.ToUtf8(reading.Request.Brief)).Request?.Brief == reading.Request.Brief;
        }

        return reading.Faults.Count > 0 && reading.Faults.All(fault => fault.Expected.Length > 0);
    }

    private static void Check<T>(Gen<T> gen, Func<T, bool> holds)
        => FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(gen.ToArbitrary(), holds));
}
