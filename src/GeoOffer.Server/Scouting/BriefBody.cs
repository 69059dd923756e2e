using System.Globalization;
using GeoOffer.Server.Hosting;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;
using Microsoft.Net.Http.Headers;

namespace GeoOffer.Server.Scouting;

/// <summary>Takes the body of a request that holds a brief, of a size and a format that can be read.</summary>
internal static class BriefBody
{
    /// <summary>The body, or why it is refused (413, 415).</summary>
    public static async Task<(ReadOnlyMemory<byte> Body, Problem? Refusal)> ReadAsync(HttpRequest request, ServiceSettings settings)
    {
        if (FormatFault(request) is { } fault)
        {
            return (default, new Problem(StatusCodes.Status415UnsupportedMediaType) { Faults = [fault] });
        }

        if (await BoundedBody.ReadAsync(request, settings.BriefBytes, request.HttpContext.RequestAborted) is { } body)
        {
            return (body, null);
        }

        var got = request.ContentLength is { } length ? $"{length.ToString(CultureInfo.InvariantCulture)} bytes" : "more";
        var size = RequestFault.InBody("", $"at most {settings.BriefBytes.ToString(CultureInfo.InvariantCulture)} bytes", got);
        return (default, new Problem(StatusCodes.Status413PayloadTooLarge) { Faults = [size] });
    }

    private static RequestFault? FormatFault(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals(MediaTypes.Json, StringComparison.OrdinalIgnoreCase))
        {
            return RequestFault.InParameter(HeaderNames.ContentType, MediaTypes.Json, request.ContentType ?? "none");
        }

        if (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return RequestFault.InParameter(HeaderNames.ContentType, "UTF-8", request.ContentType!);
        }

        var encoding = request.Headers.ContentEncoding.ToString();
        return encoding is "" or "identity" ? null : RequestFault.InParameter(HeaderNames.ContentEncoding, "identity", encoding);
    }
}
