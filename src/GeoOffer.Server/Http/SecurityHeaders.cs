using GeoOffer.Server.Security;
using Microsoft.Net.Http.Headers;

namespace GeoOffer.Server.Http;

/// <summary>Headers of every answer, errors included: what a browser must not do with it, and what it depends on.</summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
    private const string Vary = "Accept, Accept-Language, Authorization, X-Api-Key";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(
            static state =>
            {
                var context = (HttpContext)state;
                var headers = context.Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers.ContentSecurityPolicy = Policy;
                headers["Referrer-Policy"] = "no-referrer";
                headers.TryAdd(HeaderNames.CacheControl, context.Caller() == Caller.Public ? "no-cache" : "private, no-cache");
                headers.Append(HeaderNames.Vary, Vary);
                return Task.CompletedTask;
            },
            context);
        return next(context);
    });
}
