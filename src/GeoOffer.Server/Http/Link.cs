using System.Text.Json;

namespace GeoOffer.Server.Http;

/// <summary>A link of an answer (RFC 8288).</summary>
/// <param name="Href">The target; absolute wherever the client named a host.</param>
/// <param name="Rel">The relation.</param>
/// <param name="Type">The media type of the target.</param>
/// <param name="Title">What people read.</param>
internal sealed record Link(string Href, string Rel, string Type, string? Title = null)
{
    /// <summary>Whether the target is a template (RFC 6570).</summary>
    public bool IsTemplated { get; init; }

    /// <summary>The link as a value of the header Link.</summary>
    public string ToHeader() => $"<{Href}>; rel=\"{Rel}\"; type=\"{Type}\"";
}

/// <summary>Writes the links of an answer.</summary>
internal static class LinkWriter
{
    public static void WriteLinks(this Utf8JsonWriter json, params IEnumerable<Link> links)
    {
        json.WriteStartArray("links"u8);
        foreach (var link in links)
        {
            json.WriteStartObject();
            json.WriteString("href"u8, link.Href);
            json.WriteString("rel"u8, link.Rel);
            json.WriteString("type"u8, link.Type);
            if (link.Title is not null)
            {
                json.WriteString("title"u8, link.Title);
            }

            if (link.IsTemplated)
            {
                json.WriteBoolean("templated"u8, true);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
