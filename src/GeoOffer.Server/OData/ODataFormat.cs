using GeoOffer.OData;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace GeoOffer.Server.OData;

/// <summary>What kinds of answers there are.</summary>
internal enum ODataContent
{
    /// <summary>Entities and what is of them.</summary>
    Json,

    /// <summary>The model.</summary>
    Model,

    /// <summary>A number or a bare value.</summary>
    Text,
}

/// <summary>The format of an answer.</summary>
/// <param name="Essence">Its media type without parameters.</param>
/// <param name="Metadata">How much it says of itself.</param>
/// <param name="Ieee754Compatible">Whether numbers that JavaScript cannot hold are texts (OData JSON 4.01, 3.2).</param>
internal sealed record ODataFormat(string Essence, MetadataLevel Metadata = MetadataLevel.Minimal, bool Ieee754Compatible = false)
{
    private const string Json = "application/json";
    private const string Xml = "application/xml";
    private const string Text = "text/plain";

    /// <summary>The media type as the header has it; the parameters by the names of the version (OData JSON 4.01, 3.1.1).</summary>
    public string MediaType(ODataVersion version)
    {
        if (Essence != Json)
        {
            return Essence == Text ? "text/plain;charset=utf-8" : Essence;
        }

        var prefix = version == ODataVersion.V4 ? "odata." : "";
        return $"{Json};{prefix}metadata={Metadata.ToString().ToLowerInvariant()}{(Ieee754Compatible ? ";IEEE754Compatible=true" : "")}";
    }

    /// <summary>The format that is asked for by <c>$format</c>, else by Accept; null where it cannot be had.</summary>
    public static ODataFormat? Choose(HttpRequest request, ODataContent content, string? format)
    {
        if (format is not null)
        {
            return OfName(content, format);
        }

        var ranges = new RequestHeaders(request.Headers).Accept;
        return ranges.Count == 0
            ? Default(content)
            : ranges.Where(range => range.Quality is not 0).OrderByDescending(range => range.Quality ?? 1).Select(range => OfRange(content, range)).FirstOrDefault(found => found is not null);
    }

    private static ODataFormat? OfName(ODataContent content, string format) => format.ToLowerInvariant() switch
    {
        // By name alone: some clients rank JSON first in Accept, and then refuse a model in it.
        "json" or Json when content == ODataContent.Model => new ODataFormat(Json),
        "json" => OfRange(content, new MediaTypeHeaderValue(Json)),
        "xml" => OfRange(content, new MediaTypeHeaderValue(Xml)),
        _ => MediaTypeHeaderValue.TryParse(format.Replace(' ', '+'), out var range) ? OfRange(content, range) : null,
    };

    private static ODataFormat Default(ODataContent content) => new(content switch
    {
        ODataContent.Json => Json,
        ODataContent.Model => Xml,
        _ => Text,
    });

    private static ODataFormat? OfRange(ODataContent content, MediaTypeHeaderValue range)
    {
        var offered = Default(content);
        if (!new MediaTypeHeaderValue(offered.Essence).IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
        {
            return null;
        }

        var result = offered;
        foreach (var parameter in range.Parameters)
        {
            var (name, value) = (parameter.Name.Value!.ToLowerInvariant(), parameter.Value.Value?.Trim('"').ToLowerInvariant());
            switch (name)
            {
                case "odata.metadata" or "metadata" when Enum.TryParse<MetadataLevel>(value, ignoreCase: true, out var level) && !char.IsDigit(value![0]):
                    result = result with { Metadata = level };
                    break;
                case "ieee754compatible" when bool.TryParse(value, out var isCompatible):
                    result = result with { Ieee754Compatible = isCompatible };
                    break;
                case "q" or "odata.streaming" or "streaming" or "charset" or "version" or "exponentialdecimals":
                    break;
                default:
                    return null;
            }
        }

        return result;
    }

    /// <summary>What could be had, for a refusal.</summary>
    public static string Describe(ODataContent content) => Default(content).Essence;
}
