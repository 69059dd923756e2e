using System.Globalization;
using GeoOffer.Query.Crs;
using GeoOffer.Server.Hosting;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;
using Microsoft.Net.Http.Headers;

namespace GeoOffer.Server.Editing;

/// <summary>Takes the body of a request that holds a feature, of a size, a format and a reference system that can be read.</summary>
internal static class EditBody
{
    /// <summary>The header that names the reference system of coordinates (OGC API - Features Part 2).</summary>
    public const string ContentCrs = "Content-Crs";

    /// <summary>The formats of a new feature.</summary>
    public static readonly string[] Features = [MediaTypes.GeoJson, MediaTypes.Json];

    /// <summary>The formats of a change.</summary>
    public static readonly string[] Patches = [MediaTypes.MergePatch];

    /// <summary>The body, or why it is refused (400, 413, 415).</summary>
    public static async Task<(ReadOnlyMemory<byte> Body, Problem? Refusal)> ReadAsync(HttpRequest request, EditKind kind, ServiceSettings settings)
    {
        if (FormatFault(request, kind == EditKind.Update ? Patches : Features) is { } fault)
        {
            // Part 4 asks for 400 where nothing is said of the format.
            var status = string.IsNullOrEmpty(request.ContentType) ? StatusCodes.Status400BadRequest : StatusCodes.Status415UnsupportedMediaType;
            return (default, new Problem(status) { Faults = [fault] });
        }

        if (await BoundedBody.ReadAsync(request, settings.FeatureBytes, request.HttpContext.RequestAborted) is { } body)
        {
            return (body, null);
        }

        var got = request.ContentLength is { } length ? $"{length.ToString(CultureInfo.InvariantCulture)} bytes" : "more";
        var size = RequestFault.InBody("", $"at most {settings.FeatureBytes.ToString(CultureInfo.InvariantCulture)} bytes", got);
        return (default, new Problem(StatusCodes.Status413PayloadTooLarge) { Faults = [size] });
    }

    /// <summary>The system that the header Content-Crs names, in angle brackets or bare; CRS84 without it; null with a fault.</summary>
    public static ReferenceSystem? ReadSystem(HttpRequest request, List<RequestFault> faults)
    {
        if (request.Headers[ContentCrs] is not { Count: > 0 } header)
        {
            return CoordinateSystems.Crs84;
        }

        var text = header.ToString().Trim();
        var uri = text is ['<', .., '>'] ? text[1..^1] : text;
        if (CoordinateSystems.Find(uri) is { } system)
        {
            return system;
        }

        var known = CoordinateSystems.Known.Prepend(CoordinateSystems.Crs84).Select(each => $"<{each.Uri}>");
        faults.Add(RequestFault.InParameter(ContentCrs, $"one of {string.Join(", ", known)}", text));
        return null;
    }

    private static RequestFault? FormatFault(HttpRequest request, string[] formats)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !formats.Contains(type.MediaType.ToString(), StringComparer.OrdinalIgnoreCase))
        {
            return RequestFault.InParameter(HeaderNames.ContentType, string.Join(" or ", formats), string.IsNullOrEmpty(request.ContentType) ? "none" : request.ContentType);
        }

        if (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return RequestFault.InParameter(HeaderNames.ContentType, "UTF-8", request.ContentType!);
        }

        var encoding = request.Headers.ContentEncoding.ToString();
        return encoding is "" or "identity" ? null : RequestFault.InParameter(HeaderNames.ContentEncoding, "identity", encoding);
    }
}
