using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>The one error for a name that is unknown or hidden: the two must look the same.</summary>
internal static class UnknownProperty
{
    public static string Expected(Collection collection)
    {
        var names = collection.Properties.Select(property => property.Name).Append(collection.Key.Name);
        if (collection.Geometry is { } geometry)
        {
            names = names.Append(geometry.Name);
        }

        return $"a property of {collection.Id}: {string.Join(", ", names.Distinct().Order(StringComparer.Ordinal))}";
    }
}
