using System.Diagnostics;
using GeoOffer.Server.Security;
using GeoOffer.Storage.Security;

namespace GeoOffer.Server.Http;

/// <summary>
/// One event per request. It names the route and not the address: values of paths and queries may be personal data.
/// </summary>
internal sealed class RequestLogMiddleware(RequestDelegate next, ILogger<RequestLogMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";
            logger.LogInformation(
                "{Method} {Route} answered {Status} in {Milliseconds} ms to {Role}",
                Method(context.Request),
                route,
                context.Response.StatusCode,
                Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 1),
                context.Caller().Role.ToCode());
        }
    }

    // A method is any token that the client makes up.
    private static string Method(HttpRequest request) =>
        HttpMethods.GetCanonicalizedValue(request.Method) is var method && method.Length <= 10 ? method : "(other)";
}
