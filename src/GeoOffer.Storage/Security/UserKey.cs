using GeoOffer.Query.Catalogue;

namespace GeoOffer.Storage.Security;

/// <summary>A key of a user, without its secret.</summary>
/// <param name="UserName">Whose it is.</param>
/// <param name="Role">What it allows.</param>
/// <param name="Prefix">The beginning of the key, by which it is named.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="ExpiresAt">From when on it is refused; null for never.</param>
/// <param name="RevokedAt">When it was revoked; null when it was not.</param>
public sealed record UserKey(
    string UserName, Role Role, string Prefix, DateTimeOffset MadeAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt);
