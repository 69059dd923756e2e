using Microsoft.AspNetCore.Http.Features;

namespace GeoOffer.Server.Http;

/// <summary>
/// Ids of features that hold a stroke. The server decodes a path but for <c>%2F</c>, so that what is routed as <c>a%2Fb</c> can be the id <c>a/b</c>
/// or the id <c>a%2Fb</c>; which it is, only the address as it was sent tells.
/// </summary>
internal static class EncodedStrokes
{
    private const string Stroke = "%2F";
    private const string Id = "id";

    /// <summary>Gives handlers the id as it is; after the routing.</summary>
    public static void UseEncodedStrokes(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var values = context.Request.RouteValues;
        if (values[Id] is string id && id.Contains(Stroke, StringComparison.OrdinalIgnoreCase))
        {
            values[Id] = LastSegment(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        }

        return next(context);
    });

    private static string LastSegment(string target)
    {
        var path = target.AsSpan();
        path = (path.IndexOf('?') is >= 0 and var query ? path[..query] : path).TrimEnd('/');
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}
