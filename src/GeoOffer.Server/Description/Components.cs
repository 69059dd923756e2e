using System.Text.Json.Nodes;
using GeoOffer.Domain.Scouting;

namespace GeoOffer.Server.Description;

/// <summary>The schemas that the description of the service refers to, with the names that are known at the time of asking.</summary>
internal static class Components
{
    private const string Marker = "x-values";

    private static readonly byte[] Text = Load();

    public static JsonObject Schemas(ScoutingVocabulary vocabulary)
    {
        var schemas = JsonNode.Parse(Text)!.AsObject();
        Fill(schemas, vocabulary);
        return schemas;
    }

    private static void Fill(JsonNode? node, ScoutingVocabulary vocabulary)
    {
        switch (node)
        {
            case JsonObject schema:
                if (schema[Marker] is { } marker)
                {
                    schema.Remove(Marker);
                    schema["enum"] = new JsonArray([.. Values(marker.GetValue<string>(), vocabulary).Select(value => (JsonNode)value)]);
                }

                foreach (var (_, member) in schema)
                {
                    Fill(member, vocabulary);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Fill(item, vocabulary);
                }

                break;
        }
    }

    private static IEnumerable<string> Values(string name, ScoutingVocabulary vocabulary) => name switch
    {
        "functions" => vocabulary.Functions,
        "kinds" => vocabulary.Kinds,
        "proximity_targets" => vocabulary.ProximityTargets.Select(target => target.Name),
        "overlap_targets" => vocabulary.OverlapTargets.Select(target => target.Name),
        "buckets" => Brief.AllBuckets.Select(bucket => bucket.ToCode()),
        _ => throw new InvalidOperationException($"schemas.json asks for the values '{name}'."),
    };

    private static byte[] Load()
    {
        using var stream = typeof(Components).Assembly.GetManifestResourceStream("schemas.json")
            ?? throw new InvalidOperationException("The assembly holds no schemas.json.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
