using GeoOffer.Query.Catalogue;

namespace GeoOffer.Server.Security;

/// <summary>Who asks.</summary>
/// <param name="Role">What they may see.</param>
/// <param name="Name">Their name in the register of keys or in their token; null for the public.</param>
internal sealed record Caller(Role Role, string? Name)
{
    /// <summary>Anybody: published data only.</summary>
    public static Caller Public { get; } = new(Role.Public, null);
}

/// <summary>Keeps the caller with the request.</summary>
internal static class CallerFeature
{
    /// <summary>Who makes this request; the public until credentials proved otherwise.</summary>
    public static Caller Caller(this HttpContext context) => context.Features.Get<Caller>() ?? Security.Caller.Public;
}
