using System.Globalization;
using GeoOffer.OData;
using GeoOffer.OData.Reading;
using GeoOffer.Query.Paging;
using GeoOffer.Server.Problems;

namespace GeoOffer.Server.OData;

/// <summary>A page of entities that is asked for.</summary>
/// <param name="Asked">What was asked.</param>
/// <param name="Query">The same, held against the collection.</param>
/// <param name="Exchange">What was agreed on.</param>
internal sealed record EntityPage(EntityQuery Asked, FeatureQuery Query, ODataExchange Exchange)
{
    /// <summary>The size of pages unless the client prefers another.</summary>
    public const int DefaultSize = 1000;

    /// <summary>The greatest size that a client can prefer.</summary>
    public const int MaximumSize = 10_000;

    /// <summary>Whether no entities are wanted, but perhaps their number.</summary>
    public bool IsEmpty => Asked.Top == 0;

    /// <summary>The page, with the preference that was applied on the answer; null where the request was refused.</summary>
    public static async Task<EntityPage?> CreateAsync(HttpContext context, EntityQuery asked, ODataExchange exchange, CursorCodec codec)
    {
        var size = Math.Min(exchange.MaxPageSize ?? DefaultSize, MaximumSize);
        var limit = (int)Math.Clamp(asked.Top ?? size, 1, size);
        if (await ODataEndpoint.CheckedAsync(context, asked, limit) is not { } query)
        {
            return null;
        }

        if (asked.SkipToken is { } token)
        {
            if (!codec.Decode(token, query.Scope).TryGet(out var cursor, out var errors))
            {
                await Problem.BadRequest(errors.Select(error => RequestFault.InParameter("$skiptoken", error.Expected, error.Got))).ExecuteAsync(context);
                return null;
            }

            query = query.StartingAfter(cursor);
        }

        if (exchange.MaxPageSize is not null)
        {
            var prefix = exchange.Version == ODataVersion.V4 ? "odata." : "";
            context.Response.Headers[ODataExchange.AppliedHeader] = string.Create(CultureInfo.InvariantCulture, $"{prefix}maxpagesize={size}");
        }

        return new EntityPage(asked, query.Skipping(asked.Skip), exchange);
    }
}
