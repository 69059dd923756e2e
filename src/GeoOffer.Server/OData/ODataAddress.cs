using System.Globalization;
using GeoOffer.OData.Model;
using GeoOffer.OData.Reading;
using GeoOffer.Server.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GeoOffer.Server.OData;

/// <summary>Addresses of the service, read and written.</summary>
internal static class ODataAddress
{
    public const string Root = "/odata";

    private const string SkipToken = "$skiptoken";
    private const string Skip = "$skip";
    private const string Top = "$top";

    /// <summary>The root of the service, as the client reached it.</summary>
    public static string Service(HttpRequest request) => BaseAddress.Of(request) + Root;

    /// <summary>The path below the root, percent-encoded as it came: a slash within a key must not become one between segments.</summary>
    public static string PathOf(HttpContext context)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var path = raw.Split('?')[0];
        var prefix = context.Request.PathBase.ToUriComponent() + Root + "/";

        // Dots among the segments, and targets with a host, are resolved by the server alone.
        return path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && !path.Contains("/.", StringComparison.Ordinal) && !path.Contains("/%2e", StringComparison.OrdinalIgnoreCase)
            ? path[prefix.Length..]
            : context.Request.Path.ToUriComponent()[(Root.Length + 1)..];
    }

    /// <summary>The address of an entity.</summary>
    public static string Entity(EntitySet set, string key) => $"{set.Name}('{Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal))}')";

    /// <summary>The context of an answer (OData 4.01 Part 1, 10).</summary>
    public static string Context(HttpRequest request, string fragment) => $"{Service(request)}/$metadata#{fragment}";

    /// <summary>The set with what is selected of it, as contexts name it.</summary>
    public static string Selected(EntityQuery query) => query.Select is { } names
        ? $"{query.Set.Name}({string.Join(',', names.Select(Uri.EscapeDataString))})"
        : query.Set.Name;

    /// <summary>The address of the page that follows.</summary>
    /// <param name="context">The request.</param>
    /// <param name="query">The present page.</param>
    /// <param name="cursor">Where the next one starts.</param>
    /// <param name="left">How many entities are still wanted; null for all.</param>
    public static string Next(HttpContext context, EntityQuery query, string cursor, long? left)
    {
        var kept = context.Checked().Query.Parameters.Where(parameter => OptionOf(parameter.Key) is not (SkipToken or Skip or Top)).ToList();
        if (left is { } number)
        {
            kept.Add(new(Top, number.ToString(CultureInfo.InvariantCulture)));
        }

        kept.Add(new(SkipToken, cursor));
        return $"{Service(context.Request)}/{query.Set.Name}{RequestQuery.ToText(kept)}";
    }

    private static string OptionOf(string name) => "$" + name.TrimStart('$').ToLowerInvariant();
}
