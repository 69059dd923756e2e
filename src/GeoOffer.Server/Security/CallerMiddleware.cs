using GeoOffer.Server.Description;
using GeoOffer.Server.Problems;
using GeoOffer.Storage.Security;

namespace GeoOffer.Server.Security;

/// <summary>Finds out who asks. Credentials that prove nothing are refused; they never make a silent public caller.</summary>
internal sealed class CallerMiddleware(RequestDelegate next, UserKeys keys, TokenReader tokens)
{
    /// <summary>The header of an API key.</summary>
    public const string KeyHeader = "X-Api-Key";

    private const string Bearer = "Bearer ";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Operation>() is { IgnoresCallers: true })
        {
            await next(context);
            return;
        }

        var headers = context.Request.Headers;
        if (headers.Authorization.Count + headers[KeyHeader].Count == 0)
        {
            await next(context);
            return;
        }

        if (await IdentifyAsync(context) is not { } caller)
        {
            await new Problem(StatusCodes.Status401Unauthorized).ExecuteAsync(context);
            return;
        }

        context.Features.Set(caller);
        await next(context);
    }

    private async Task<Caller?> IdentifyAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        return (headers[KeyHeader], headers.Authorization) switch
        {
            ([{ } key], []) => await ByKeyAsync(key, context.RequestAborted),
            ([], [{ } credentials]) when credentials.StartsWith(Bearer + ApiKey.Start, StringComparison.OrdinalIgnoreCase)
                => await ByKeyAsync(credentials[Bearer.Length..].Trim(), context.RequestAborted),
            ([], [{ } credentials]) when credentials.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
                => await tokens.ReadAsync(credentials[Bearer.Length..].Trim(), context.RequestAborted),
            _ => null,
        };
    }

    private async Task<Caller?> ByKeyAsync(string key, CancellationToken cancellationToken) =>
        await keys.FindAsync(key, cancellationToken) is { } user ? new Caller(user.Role, user.UserName) : null;
}
