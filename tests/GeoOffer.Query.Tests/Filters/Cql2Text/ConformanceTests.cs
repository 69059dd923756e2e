using System.Text.Json;
using System.Text.Json.Nodes;
using GeoOffer.Query.Filters.Cql2Text;

namespace GeoOffer.Query.Tests.Filters.Cql2Text;

/// <summary>The examples of the standard, each with its CQL2 JSON as the other witness, or, where the standard has none, with that of cql2-rs.</summary>
public sealed class ConformanceTests
{
    /// <summary>What is not understood yet, by a word that the example holds and the error names.</summary>
    private static readonly string[] Refused =
    [
        "avg", "CASEI", "ACCENTI", "Buffer", "Foo", "Bar", "arithmetic",
        "T_INTERSECTS", "T_DURING", "T_BEFORE", "T_AFTER", "T_CONTAINS", "T_DISJOINT", "T_EQUALS", "T_FINISHEDBY", "T_FINISHES", "T_MEETS",
        "T_METBY", "T_OVERLAPPEDBY", "T_OVERLAPS", "T_STARTEDBY", "T_STARTS",
    ];

    public static IEnumerable<TheoryDataRow<string, string, string>> Examples() =>
        SharedFolder.Find("conformance/cql2/pairs.jsonl") is { } path
            ? File.ReadLines(path).Select(line => JsonNode.Parse(line)!).Select(pair => new TheoryDataRow<string, string, string>(
                pair["name"]!.GetValue<string>(),
                pair["text"]!.GetValue<string>(),
                (pair["json"] ?? pair["cql2rs_from_txt"]!["json"])!.ToJsonString()))
            : [new("none", "", "") { Skip = "needs ../shared/conformance/cql2/pairs.jsonl, which is not beside this checkout" }];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_reads_as_its_other_encoding_or_is_refused_by_name(string name, string text, string json)
    {
        if (Cql2TextReader.Read(text).TryGet(out var filter, out var errors))
        {
            using var expected = JsonDocument.Parse(json);
            using var actual = JsonDocument.Parse(Cql2Json.Of(filter).ToJsonString());
            Assert.True(Same(expected.RootElement, actual.RootElement), $"{name}: expected {json}, got {actual.RootElement.GetRawText()}");
            return;
        }

        var error = Assert.Single(errors);
        Assert.NotNull(error.Position);
        Assert.True(
            Refused.Any(word => error.Got.EndsWith(word, StringComparison.OrdinalIgnoreCase) || error.Expected.Contains(word, StringComparison.Ordinal))
                || NotInTheAlgebra.Contains(name),
            $"{name}: {error}");
    }

    [Fact]
    public void The_classes_that_are_covered_are_covered()
    {
        var read = Examples().Where(row => row.Skip is null && Cql2TextReader.Read(row.Data.Item2).TryGet(out _, out _)).Select(row => row.Data.Item1).ToList();
        Assert.SkipWhen(SharedFolder.Find("conformance/cql2/pairs.jsonl") is null, "needs ../shared/conformance/cql2/pairs.jsonl");
        Assert.Equal(71, read.Count);
    }

    // Sets of anything but texts.
    private static readonly string[] NotInTheAlgebra = ["example81", "example82"];

    /// <summary>Numbers by value; of positions only two ordinates, and of boxes no heights.</summary>
    private static bool Same(JsonElement one, JsonElement other) => (one.ValueKind, other.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => one.EnumerateObject().Count() == other.EnumerateObject().Count()
            && one.EnumerateObject().All(member => other.TryGetProperty(member.Name, out var twin) && member.Name switch
            {
                "bbox" when member.Value.GetArrayLength() == 6 => Same(WithoutHeights(member.Value), twin),
                "timestamp" => member.Value.GetDateTimeOffset() == twin.GetDateTimeOffset(),
                _ => Same(member.Value, twin),
            }),
        (JsonValueKind.Array, JsonValueKind.Array) when IsPosition(one) && IsPosition(other) => Same(one[0], other[0]) && Same(one[1], other[1]),
        (JsonValueKind.Array, JsonValueKind.Array) =>
            one.GetArrayLength() == other.GetArrayLength() && one.EnumerateArray().Zip(other.EnumerateArray()).All(pair => Same(pair.First, pair.Second)),
        (JsonValueKind.Number, JsonValueKind.Number) => one.GetDouble().Equals(other.GetDouble()),
        _ => one.GetRawText() == other.GetRawText() || (one.ValueKind == JsonValueKind.String && one.GetString() == (other.ValueKind == JsonValueKind.String ? other.GetString() : null)),
    };

    private static bool IsPosition(JsonElement array) =>
        array.GetArrayLength() is 2 or 3 && array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number);

    private static JsonElement WithoutHeights(JsonElement box) =>
        JsonSerializer.SerializeToElement(new[] { 0, 1, 3, 4 }.Select(index => box[index].GetDouble()));
}
