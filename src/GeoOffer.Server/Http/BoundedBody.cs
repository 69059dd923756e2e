using System.Buffers;
using System.Globalization;
using GeoOffer.Server.Problems;
using Microsoft.Net.Http.Headers;

namespace GeoOffer.Server.Http;

/// <summary>Takes bodies that may not be trusted to be small, of formats that can be read.</summary>
internal static class BoundedBody
{
    private const int Chunk = 16 * 1024;

    /// <summary>The whole body, or why it is refused (413, 415).</summary>
    /// <param name="request">The request.</param>
    /// <param name="formats">The media types that are taken, in UTF-8.</param>
    /// <param name="maxBytes">The greatest size; of what is larger no more than that is read.</param>
    /// <param name="withoutFormat">The status where the request does not say its format.</param>
    public static async Task<(ReadOnlyMemory<byte> Body, Problem? Refusal)> TakeAsync(
        HttpRequest request, string[] formats, int maxBytes, int withoutFormat = StatusCodes.Status415UnsupportedMediaType)
    {
        if (FormatFault(request, formats) is { } fault)
        {
            var status = string.IsNullOrEmpty(request.ContentType) ? withoutFormat : StatusCodes.Status415UnsupportedMediaType;
            return (default, new Problem(status) { Faults = [fault] });
        }

        if (await ReadAsync(request, maxBytes, request.HttpContext.RequestAborted) is { } body)
        {
            return (body, null);
        }

        var got = request.ContentLength is { } length ? $"{length.ToString(CultureInfo.InvariantCulture)} bytes" : "more";
        var size = RequestFault.InBody("", $"at most {maxBytes.ToString(CultureInfo.InvariantCulture)} bytes", got);
        return (default, new Problem(StatusCodes.Status413PayloadTooLarge) { Faults = [size] });
    }

    private static RequestFault? FormatFault(HttpRequest request, string[] formats)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !formats.Contains(type.MediaType.ToString(), StringComparer.OrdinalIgnoreCase))
        {
            return RequestFault.InParameter(
                HeaderNames.ContentType, string.Join(" or ", formats), string.IsNullOrEmpty(request.ContentType) ? "none" : request.ContentType);
        }

        if (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return RequestFault.InParameter(HeaderNames.ContentType, "UTF-8", request.ContentType!);
        }

        var encoding = request.Headers.ContentEncoding.ToString();
        return encoding is "" or "identity" ? null : RequestFault.InParameter(HeaderNames.ContentEncoding, "identity", encoding);
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(Chunk);
        while (await request.Body.ReadAsync(buffer.GetMemory(Chunk), cancellationToken) is var read and > 0)
        {
            buffer.Advance(read);
            if (buffer.WrittenCount > maxBytes)
            {
                return null;
            }
        }

        return buffer.WrittenMemory;
    }
}
