using System.Collections.Immutable;
using GeoOffer.Storage.Exporting;
using Microsoft.AspNetCore.Http.Headers;

namespace GeoOffer.Server.Http;

/// <summary>Media types, and which of them a request accepts.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string GeoJson = "application/geo+json";
    public const string MergePatch = "application/merge-patch+json";
    public const string OpenApi = "application/vnd.oai.openapi+json;version=3.0";
    public const string Html = "text/html; charset=utf-8";

    /// <summary>The short name of JSON-FG.</summary>
    public const string JsonFgName = "jsonfg";

    /// <summary>The short name of GeoJSON with the member <c>crs</c>.</summary>
    public const string GeoJson2008Name = "geojson-2008";

    /// <summary>By these clients ask for JSON-FG as its drafts had it; the standard has it as a profile of GeoJSON (OGC 21-045, 16).</summary>
    public static ImmutableArray<string> JsonFgDrafts { get; } = ["application/fg+json", "application/vnd.ogc.fg+json"];

    /// <summary>The names by which <c>f</c> asks for a format.</summary>
    public static ImmutableArray<string> ShortNames { get; } = ["json", "html", JsonFgName, GeoJson2008Name, .. ExportFormat.All.Select(format => format.Code)];

    /// <summary>The offered type of a short name; null when it is not offered.</summary>
    public static string? OfShortName(string name, ImmutableArray<string> offered) => name switch
    {
        "json" => offered.FirstOrDefault(type => Essence(type).EndsWith("json", StringComparison.Ordinal)),
        JsonFgName or GeoJson2008Name => offered.Contains(JsonFgDrafts[0]) ? GeoJson : null,
        "html" => offered.FirstOrDefault(type => type == Html),
        _ => ExportFormat.Find(name) is { } format ? offered.FirstOrDefault(type => type == format.MediaType) : null,
    };

    /// <summary>
    /// The offered type that the request prefers (RFC 9110, 12.5.1), the first offered among equals; null when it accepts none. A header
    /// that cannot be read says nothing.
    /// </summary>
    public static string? Choose(HttpRequest request, ImmutableArray<string> offered)
    {
        var ranges = new RequestHeaders(request.Headers).Accept;
        if (ranges.Count == 0)
        {
            return offered[0];
        }

        var best = offered
            .Select(type => (Type: type, Quality: Quality(type)))
            .Where(candidate => candidate.Quality > 0)
            .OrderByDescending(candidate => candidate.Quality)
            .FirstOrDefault();
        return best.Type;

        // The most specific range that fits decides.
        double Quality(string type)
        {
            var (whole, group) = (Essence(type), type.Split('/')[0] + "/*");
            foreach (var wanted in (ReadOnlySpan<string>)[whole, group, "*/*"])
            {
                foreach (var range in ranges)
                {
                    if (range.MediaType.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                    {
                        return range.Quality ?? 1;
                    }
                }
            }

            return 0;
        }
    }

    /// <summary>The type without its parameters.</summary>
    public static string Essence(string type) => type.Split(';')[0].Trim();
}
