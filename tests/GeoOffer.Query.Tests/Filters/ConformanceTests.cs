using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Filters.Cql2Json;
using GeoOffer.Query.Filters.Cql2Text;

namespace GeoOffer.Query.Tests.Filters;

/// <summary>The examples of the standard, each with its CQL2 JSON as the other witness, or, where the standard has none, with that of cql2-rs.</summary>
public sealed class ConformanceTests
{
    private const string Needed = "needs ../shared/conformance/cql2/pairs.jsonl, which is not beside this checkout";

    public static IEnumerable<TheoryDataRow<string, string, string>> Examples() =>
        SharedFolder.Find("conformance/cql2/pairs.jsonl") is { } path
            ? File.ReadLines(path).Select(line => JsonNode.Parse(line)!).Select(pair => new TheoryDataRow<string, string, string>(
                pair["name"]!.GetValue<string>(),
                pair["text"]!.GetValue<string>(),
                (pair["json"] ?? pair["cql2rs_from_txt"]!["json"])!.ToJsonString()))
            : [new("none", "", "") { Skip = Needed }];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Text_and_JSON_are_one_tree_and_it_is_written_as_both(string name, string text, string json)
    {
        var tree = Cql2TextReader.Read(text).Value;
        var written = Cql2JsonWriter.Write(tree);

        Assert.True(SameButForNumbers(Read(json), tree), $"{name}: {json} reads as {Read(json)}, the text as {tree}");
        Assert.Equal(tree, Read(written));
        Assert.Equal(tree, Cql2TextReader.Read(Cql2TextWriter.Write(tree)).Value);
        using var expected = JsonDocument.Parse(json);
        using var actual = JsonDocument.Parse(written);
        Assert.True(Same(expected.RootElement, actual.RootElement), $"{name}: expected {json}, got {written}");
    }

    [Fact]
    public void All_examples_are_there()
    {
        Assert.SkipWhen(SharedFolder.Find("conformance/cql2/pairs.jsonl") is null, Needed);
        Assert.Equal(120, Examples().Count());
    }

    private static Filter Read(string json) => Cql2JsonReader.Read(Encoding.UTF8.GetBytes(json)).Value;

    /// <summary>Whether trees are equal, whole numbers written with a fraction of nothing aside.</summary>
    private static bool SameButForNumbers(Filter one, Filter other) =>
        one.Equals(other) || one.ToString().Replace("number:", "integer:", StringComparison.Ordinal)
            == other.ToString().Replace("number:", "integer:", StringComparison.Ordinal);

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
        (JsonValueKind.String, JsonValueKind.String) => one.GetString() == other.GetString(),
        _ => one.GetRawText() == other.GetRawText(),
    };

    private static bool IsPosition(JsonElement array) =>
        array.GetArrayLength() is 2 or 3 && array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number);

    private static JsonElement WithoutHeights(JsonElement box) =>
        JsonSerializer.SerializeToElement(new[] { 0, 1, 3, 4 }.Select(index => box[index].GetDouble()));
}
