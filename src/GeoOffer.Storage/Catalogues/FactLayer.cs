namespace GeoOffer.Storage.Catalogues;

/// <summary>A layer that sites are measured against, as registered.</summary>
/// <param name="Name">Its name, in a brief and in columns.</param>
/// <param name="IsProximity">Distance to the nearest feature; else the share that is overlapped.</param>
/// <param name="TitleIt">Italian title.</param>
/// <param name="TitleEn">English title.</param>
/// <param name="Collection">The collection that its features are in.</param>
/// <param name="Excludes">Whether building is excluded where it lies, unless a feature says otherwise.</param>
public sealed record FactLayer(string Name, bool IsProximity, string TitleIt, string TitleEn, string Collection, bool Excludes)
{
    /// <summary>The column of <c>site_fact</c> with the metres, or with the share from 0 to 1.</summary>
    public string ValueColumn => IsProximity ? $"distance_{Name}_m" : $"overlap_{Name}_share";

    /// <summary>The column of <c>site_fact</c> with the key of the nearest, or most overlapping, feature.</summary>
    public string FeatureColumn => IsProximity ? $"nearest_{Name}_id" : $"overlap_{Name}_id";
}
