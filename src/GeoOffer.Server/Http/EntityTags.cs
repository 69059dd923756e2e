using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GeoOffer.Server.Problems;
using Microsoft.Net.Http.Headers;

namespace GeoOffer.Server.Http;

/// <summary>Entity tags, and the requests that are answered by them alone (RFC 9110, 8.8.3 and 13.1.2).</summary>
internal static class EntityTags
{
    private const int Bytes = 15;
    private const char Separator = '.';

    /// <summary>The tag of an answer that is these very bytes.</summary>
    public static EntityTagHeaderValue Of(ReadOnlySpan<byte> body, string mediaType) => new(Quote([.. body, .. Encoding.UTF8.GetBytes(mediaType)]));

    /// <summary>
    /// The tag of a feature: its revision, by which editors are held to what they have seen, and the very bytes, which change with what is
    /// measured of it too.
    /// </summary>
    public static EntityTagHeaderValue OfFeature(long revision, ReadOnlySpan<byte> body, string mediaType) =>
        new($"\"{revision.ToString(CultureInfo.InvariantCulture)}{Separator}{Of(body, mediaType).Tag.AsSpan()[1..]}");

    /// <summary>
    /// The revisions that an editor has seen (RFC 9110, 13.1.1), of any representation of the feature; null where any will do. A tag that is weak, or
    /// none of the house, is that of no revision.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="faults">Gets a fault where the header holds no entity tags.</param>
    public static IReadOnlySet<long>? Seen(HttpRequest request, List<RequestFault> faults)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return null;
        }

        if (!EntityTagHeaderValue.TryParseStrictList(header, out var tags))
        {
            faults.Add(RequestFault.InParameter(HeaderNames.IfMatch, "* or entity tags such as \"17.x2\"", header.ToString()));
            return null;
        }

        return tags.Contains(EntityTagHeaderValue.Any) ? null : tags.Where(tag => !tag.IsWeak).Select(RevisionOf).OfType<long>().ToHashSet();
    }

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
        if (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            || !EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
            || !known.Any(candidate => candidate.Equals(EntityTagHeaderValue.Any) || candidate.Compare(tag, useStrongComparison: false)))
        {
            return false;
        }

        response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    private static long? RevisionOf(EntityTagHeaderValue tag) =>
        tag.Tag.Value!.Trim('"').Split(Separator) is [var revision, _]
        && long.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Quote(byte[] content) => $"\"{Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, Bytes))}\"";
}
