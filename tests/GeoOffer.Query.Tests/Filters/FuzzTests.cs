using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Filters.Cql2Json;
using GeoOffer.Query.Filters.Cql2Text;
using GeoOffer.Query.Tests.Filters.Whole;

namespace GeoOffer.Query.Tests.Filters;

/// <summary>Whatever comes is a filter or an error with its place, never an exception; and what is read can be written and read again.</summary>
public sealed class FuzzTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(3000);

    private static readonly string[] TextPieces =
    [
        "(", "(", ")", ")", ",", "'", "\"", "\\", "=", "<>", "<", ">", "-", "+", "*", "/", "%", "^", " div ", "1", ".5e", "1e3", "1e400", "name", "area",
        "place", "tags", " AND ", " OR ", " NOT ", " IS ", " NULL ", " IN ", " LIKE ", " BETWEEN ", "DATE(", "TIMESTAMP(", "INTERVAL(", "'..'",
        "'2023-01-31'", "POINT", "POLYGON(", "GEOMETRYCOLLECTION(", "BBOX(", " Z ", "S_WITHIN(", "T_DURING(", "A_CONTAINS(", "CASEI(", "ACCENTI(",
        "distance(", "buffer(", "f(", "TRUE", "\0", "\ud83c", "🌾", "\n", " ", "'a'", "0 1",
    ];

    private static readonly string[] JsonPieces =
    [
        "{", "}", "[", "]", ",", ":", "\"op\":", "\"\\udf3e", "\\ud83c", "\"args\":[", "]}", "\"and\"", "\"=\"", "\"like\"", "\"in\"", "\"isNull\"", "\"s_within\"", "\"t_during\"",
        "\"a_equals\"", "\"casei\"", "\"+\"", "\"f\"", "{\"property\":\"name\"}", "{\"property\":\"place\"}", "{\"date\":\"2023-01-31\"}",
        "{\"interval\":[\"..\",\"..\"]}", "{\"bbox\":[1,2,3,4]}", "{\"type\":\"Point\",\"coordinates\":[1,2]}", "\"type\":\"Polygon\"", "\"coordinates\":",
        "1", "1.5", "1e400", "true", "null", "\"\\ud83c\"", "\"a\"", "\0", " ",
    ];

    /// <summary>What a filter can be written as, with a piece cut out, put in, doubled or swapped.</summary>
    private static Gen<string> Mutated(Func<Filter, string> write, string[] pieces) =>
        from filter in RandomFilters.Filter
        from cuts in Gen.Choose(0, 1_000_000).Three()
        from piece in Gen.Elements(pieces)
        from form in Gen.Choose(0, 3)
        select Mutate(write(filter), cuts, piece, form);

    [Fact]
    public void Any_text_is_read_or_refused_at_a_place_in_it() => Prop.ForAll(
        Gen.OneOf(
            Gen.Elements(TextPieces).ArrayOf().Select(string.Concat),
            Mutated(filter => Cql2TextWriter.Write(filter), TextPieces)).ToArbitrary(),
        text =>
        {
            var errors = Cql2TextReader.Read(text, RandomFilters.Collection).Errors;
            Assert.All(errors, error => Assert.True(error.Position is { } at
                && at.Line <= text.Split('\n').Length && at.Column <= text.Split('\n')[at.Line - 1].Length + 1));
            return !Cql2TextReader.Read(text).TryGet(out var filter, out _) || Cql2TextReader.Read(Cql2TextWriter.Write(filter)).Value.Equals(filter);
        }).Check(Thorough);

    [Fact]
    public void Any_JSON_is_read_or_refused_at_a_place_in_it() => Prop.ForAll(
        Gen.OneOf(
            Gen.Elements(JsonPieces).ArrayOf().Select(string.Concat),
            Mutated(filter => Cql2JsonWriter.Write(filter), JsonPieces)).ToArbitrary(),
        text =>
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            var errors = Cql2JsonReader.Read(utf8, RandomFilters.Collection).Errors;
            Assert.All(errors, error => Assert.True(error.Position is not null || Exists(utf8, error.Path), error.ToString()));
            return !Cql2JsonReader.Read(utf8).TryGet(out var filter, out _)
                || Cql2JsonReader.Read(Encoding.UTF8.GetBytes(Cql2JsonWriter.Write(filter))).Value.Equals(filter);
        }).Check(Thorough);

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_no_filter() => Prop.ForAll(
        Gen.Choose(0, 255).Select(number => (byte)number).ArrayOf().ToArbitrary(),
        bytes => Cql2JsonReader.Read(bytes, RandomFilters.Collection).Errors.Length <= FilterChecker.MaximumErrors).Check(Thorough);

    private static string Mutate(string text, (int, int, int) cuts, string piece, int form)
    {
        var ends = new[] { cuts.Item1, cuts.Item2, cuts.Item3 }.Select(cut => cut % (text.Length + 1)).Order().ToArray();
        var (head, one, other, tail) = (text[..ends[0]], text[ends[0]..ends[1]], text[ends[1]..ends[2]], text[ends[2]..]);
        return form switch
        {
            0 => head + other + tail,
            1 => head + piece + one + other + tail,
            2 => head + one + one + other + tail,
            _ => head + other + one + tail,
        };
    }

    private static bool Exists(byte[] utf8, string pointer)
    {
        using var document = System.Text.Json.JsonDocument.Parse(utf8);
        var element = document.RootElement;
        foreach (var step in pointer.Split('/').Skip(1))
        {
            var found = element.ValueKind switch
            {
                System.Text.Json.JsonValueKind.Object => element.TryGetProperty(step, out element),
                System.Text.Json.JsonValueKind.Array => int.TryParse(step, out var index) && index < element.GetArrayLength()
                    && (element = element[index]).ValueKind != System.Text.Json.JsonValueKind.Undefined,
                _ => false,
            };
            if (!found)
            {
                return false;
            }
        }

        return true;
    }
}
