using GeoOffer.Server.Features;
using GeoOffer.Server.OData;
using GeoOffer.Server.Security;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace GeoOffer.Server.Http;

/// <summary>Reading from any web page. There are no cookies, so a page learns no more than its visitor's keys allow.</summary>
internal static class Cors
{
    /// <summary>The policy of routes that read by POST.</summary>
    public const string ReadByPost = "read-by-post";

    public static void AddReadingFromAnywhere(this IServiceCollection services) => services.AddCors(cors =>
    {
        cors.AddDefaultPolicy(policy => Allow(policy).WithMethods("GET", "HEAD", "OPTIONS"));
        cors.AddPolicy(ReadByPost, policy => Allow(policy).WithMethods("POST", "OPTIONS"));
    });

    private static CorsPolicyBuilder Allow(CorsPolicyBuilder policy) => policy
        .AllowAnyOrigin()
        .WithHeaders(
            HeaderNames.Accept,
            HeaderNames.AcceptLanguage,
            HeaderNames.Authorization,
            HeaderNames.ContentType,
            HeaderNames.IfNoneMatch,
            ODataExchange.VersionHeader,
            ODataExchange.MaxVersionHeader,
            ODataExchange.PreferHeader,
            CallerMiddleware.KeyHeader)
        .WithExposedHeaders(
            HeaderNames.Link, HeaderNames.ETag, HeaderNames.ContentLanguage, HeaderNames.RetryAfter, HeaderNames.ContentDisposition, ItemsEndpoint.ContentCrs,
            ODataExchange.VersionHeader, ODataExchange.AppliedHeader);
}
