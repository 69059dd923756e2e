namespace GeoOffer.Query.Catalogue;

/// <summary>What editors may do with the features of a collection.</summary>
public enum EditScope
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Change and delete those that are there.</summary>
    Existing,

    /// <summary>That, and add others.</summary>
    All,
}
