using GeoOffer.Query.Catalogue;

namespace GeoOffer.Storage.Security;

/// <summary>The names of roles as they are stored and exchanged, in lower case.</summary>
public static class RoleCode
{
    /// <summary>The code of a role.</summary>
    public static string ToCode(this Role role) => role switch
    {
        Role.Public => "public",
        Role.Scout => "scout",
        Role.Editor => "editor",
        Role.Administrator => "administrator",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    /// <summary>The role of exactly this code; null when there is none.</summary>
    public static Role? Parse(string? code) => code switch
    {
        "public" => Role.Public,
        "scout" => Role.Scout,
        "editor" => Role.Editor,
        "administrator" => Role.Administrator,
        _ => null,
    };
}
