using System.Text;
using System.Text.Json;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>The members of a root that turns out to be a single Feature: its type may stand after them.</summary>
internal sealed class LoneFeature
{
    private readonly Dictionary<string, string> _members = [];

    /// <summary>Keeps a member.</summary>
    public void Keep(string name, ReadOnlyMemory<byte> json) => _members[name] = Encoding.UTF8.GetString(json.Span);

    /// <summary>The feature, when the root was one.</summary>
    public JsonDocument? Take(string? type, bool isCollection)
    {
        if (isCollection || type != "Feature")
        {
            return null;
        }

        var members = _members.Select(member => $"\"{member.Key}\":{member.Value}").Prepend("\"type\":\"Feature\"");
        return JsonDocument.Parse($"{{{string.Join(',', members)}}}");
    }
}
