using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace GeoOffer.Server.Http;

/// <summary>Entity tags, and the requests that are answered by them alone (RFC 9110, 8.8.3 and 13.1.2).</summary>
internal static class EntityTags
{
    private const int Bytes = 15;

    /// <summary>The tag of an answer that is these very bytes.</summary>
    public static EntityTagHeaderValue Of(ReadOnlySpan<byte> body, string mediaType) => new(Quote([.. body, .. Encoding.UTF8.GetBytes(mediaType)]));

    /// <summary>The tag of answers to the same question about the same data, which may differ in what they say of themselves.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parts">All that the answer depends on beside the address and the language.</param>
    public static EntityTagHeaderValue Weak(HttpContext context, params IEnumerable<object> parts)
    {
        var request = context.Request;
        IEnumerable<object> all =
            [BaseAddress.Of(request), request.Path, request.QueryString, RequestLanguage.Of(request), context.Checked().MediaType, .. parts];
        return new EntityTagHeaderValue(Quote(Encoding.UTF8.GetBytes(string.Join('\n', all))), isWeak: true);
    }

    /// <summary>Puts the tag on the answer; true where the client has it already, and the answer is complete with that.</summary>
    public static bool IsKnown(HttpContext context, EntityTagHeaderValue tag)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.ETag = tag.ToString();
        if (!EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
            || !known.Any(candidate => candidate.Equals(EntityTagHeaderValue.Any) || candidate.Compare(tag, useStrongComparison: false)))
        {
            return false;
        }

        response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    private static string Quote(byte[] content) => $"\"{Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, Bytes))}\"";
}
