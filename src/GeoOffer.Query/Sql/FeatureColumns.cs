using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Sql;

/// <summary>
/// The columns of a statement that reads features, in their order: the key, the geometry if there is one, the properties, then the sort
/// keys that are not among them.
/// </summary>
/// <param name="Key">The property whose value is the feature id, in column 0.</param>
/// <param name="Geometry">The geometry, in column 1; null for none.</param>
/// <param name="Properties">The properties to show, from <see cref="FirstPropertyOrdinal"/> on.</param>
/// <param name="SortOrdinals">The column of each sort key: its values in the last row are the cursor of the next page.</param>
public sealed record FeatureColumns(
    Property Key, GeometryProperty? Geometry, ImmutableArray<Property> Properties, ImmutableArray<int> SortOrdinals)
{
    /// <summary>The column of the key.</summary>
    public const int KeyOrdinal = 0;

    /// <summary>The column of the geometry; null for none.</summary>
    public int? GeometryOrdinal => Geometry is null ? null : 1;

    /// <summary>The column of the first property.</summary>
    public int FirstPropertyOrdinal => Geometry is null ? 1 : 2;

    /// <summary>The sort keys that are no properties to show, behind these.</summary>
    public ImmutableArray<Property> Further { get; init; } = [];

    /// <summary>Whether the revision of the feature is in the last column.</summary>
    public bool HasRevision { get; init; }

    /// <summary>The column of the revision; null where it is not read.</summary>
    public int? RevisionOrdinal => HasRevision ? Count - 1 : null;

    /// <summary>The number of columns.</summary>
    public int Count => FirstPropertyOrdinal + Properties.Length + Further.Length + (HasRevision ? 1 : 0);

    /// <summary>What is in a column; null for the geometry and the revision.</summary>
    public Property? PropertyAt(int ordinal)
    {
        var property = ordinal - FirstPropertyOrdinal;
        return ordinal == KeyOrdinal ? Key
            : ordinal == GeometryOrdinal || ordinal == RevisionOrdinal ? null
            : property < Properties.Length ? Properties[property]
            : Further[property - Properties.Length];
    }
}

/// <summary>A statement that reads features, and what its columns are.</summary>
public sealed record FeatureStatement(SqlText Sql, FeatureColumns Columns);
