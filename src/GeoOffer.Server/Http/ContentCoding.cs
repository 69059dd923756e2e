using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace GeoOffer.Server.Http;

/// <summary>Compression of answers that are long and are made while they are sent (RFC 9110, 8.4).</summary>
internal static class ContentCoding
{
    public const string Brotli = "br";
    public const string Gzip = "gzip";

    /// <summary>Writes the body, compressed as the request prefers.</summary>
    /// <param name="context">The request; headers are set where it wants compression.</param>
    /// <param name="write">Writes to the stream that it is given. Where it throws nothing is added to what it wrote.</param>
    public static async Task WriteAsync(HttpContext context, Func<Stream, Task> write)
    {
        var response = context.Response;
        if (Choose(context) is not { } coding)
        {
            await write(response.Body);
            return;
        }

        response.Headers.ContentEncoding = coding;
        Stream compressed = coding == Brotli
            ? new BrotliStream(response.Body, CompressionLevel.Fastest, leaveOpen: true)
            : new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);

        // Not disposed where writing fails: its last bytes would start the answer that the failure is to be told in.
        await write(compressed);
        await compressed.DisposeAsync();
    }

    /// <summary>The coding that the request prefers; null for none. The answer then says that it depends on that.</summary>
    public static string? Choose(HttpContext context)
    {
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        return Choose(context.Request);
    }

    private static string? Choose(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var ranges))
        {
            return null;
        }

        return new[] { Brotli, Gzip }
            .Select(coding => (Coding: coding, Quality: Quality(coding)))
            .Where(candidate => candidate.Quality > 0)
            .OrderByDescending(candidate => candidate.Quality)
            .FirstOrDefault().Coding;

        double Quality(string coding) =>
            (ranges.FirstOrDefault(range => range.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
                ?? ranges.FirstOrDefault(range => range.Value == "*")) is { } found ? found.Quality ?? 1 : 0;
    }
}
