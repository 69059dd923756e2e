namespace GeoOffer.OData;

/// <summary>The versions of the protocol that are spoken.</summary>
public enum ODataVersion
{
    /// <summary>4.0</summary>
    V4,

    /// <summary>4.01</summary>
    V401,
}

/// <summary>Names of versions.</summary>
public static class ODataVersions
{
    /// <summary>The version as headers name it.</summary>
    public static string Name(this ODataVersion version) => version == ODataVersion.V4 ? "4.0" : "4.01";
}
