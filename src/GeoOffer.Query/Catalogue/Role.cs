namespace GeoOffer.Query.Catalogue;

/// <summary>What a caller may see, in ascending order: each role sees all that the ones before it see.</summary>
public enum Role
{
    /// <summary>No key: published data only.</summary>
    Public,

    /// <summary>Location scout.</summary>
    Scout,

    /// <summary>Data manager.</summary>
    Editor,

    /// <summary>Administrator.</summary>
    Administrator,
}
