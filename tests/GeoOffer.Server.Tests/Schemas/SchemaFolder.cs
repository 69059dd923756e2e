using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GeoOffer.Server.Tests.Schemas;

/// <summary>Schemas in the YAML files of a folder, which refer to each other by relative path or by the address they are published at.</summary>
/// <param name="folder">The folder.</param>
/// <param name="published">Where the addresses that references start with are kept below the folder.</param>
internal sealed class SchemaFolder(string folder, IReadOnlyDictionary<string, string> published)
{
    private readonly Dictionary<string, JsonNode> _files = [];

    /// <summary>The schema of a file.</summary>
    public SchemaPlace Open(string path)
    {
        var full = Path.GetFullPath(Path.Combine(folder, path));
        if (!_files.TryGetValue(full, out var root))
        {
            _files[full] = root = Read(full);
        }

        return new SchemaPlace(this, full, root, root);
    }

    /// <summary>What a reference in a file leads to.</summary>
    public SchemaPlace Follow(SchemaPlace origin, string reference)
    {
        var parts = reference.Split('#', 2);
        var known = published.FirstOrDefault(pair => parts[0].StartsWith(pair.Key, StringComparison.Ordinal));
        var place = parts[0].Length == 0 ? origin with { Schema = origin.Root }
            : known.Key is not null ? Open(known.Value + parts[0][known.Key.Length..])
            : Open(Path.Combine(Path.GetDirectoryName(origin.File)!, parts[0]));
        foreach (var part in (parts.Length == 2 ? parts[1] : "").Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var schema = place.Schema[name] ?? throw new InvalidOperationException($"{origin.File}: '{reference}' leads nowhere.");
            place = place with { Schema = schema };
        }

        return place;
    }

    private static JsonNode Read(string file)
    {
        using var reader = new StreamReader(file);
        var stream = new YamlStream();
        stream.Load(reader);
        return Convert(stream.Documents[0].RootNode) ?? throw new InvalidOperationException($"{file} is empty.");
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Convert(pair.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Scalar(scalar.Value!),
        YamlScalarNode scalar => scalar.Value,
        _ => throw new NotSupportedException($"{node.NodeType} in YAML"),
    };

    private static JsonNode? Scalar(string text) => text switch
    {
        "" or "null" or "~" => null,
        "true" => true,
        "false" => false,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };
}

/// <summary>A schema in a file.</summary>
/// <param name="Folder">The folder of the file.</param>
/// <param name="File">The file.</param>
/// <param name="Root">The whole of it.</param>
/// <param name="Schema">The schema itself.</param>
internal sealed record SchemaPlace(SchemaFolder Folder, string File, JsonNode Root, JsonNode Schema);
