using System.Collections.Immutable;
using GeoOffer.Query.Crs;

namespace GeoOffer.Query.Catalogue;

/// <summary>
/// A collection of features, described once: what is published, filtered, sorted, exported and documented all derives from it.
/// </summary>
public sealed record Collection
{
    private ImmutableArray<Property> _hidden = [];

    /// <summary>The id in URLs; compared exactly.</summary>
    public required string Id { get; init; }

    /// <summary>What people read.</summary>
    public required Localized Title { get; init; }

    /// <summary>A sentence or two on what the features are.</summary>
    public required Localized Description { get; init; }

    /// <summary>The table or view the features are in.</summary>
    public required Relation Relation { get; init; }

    /// <summary>
    /// The property whose value is the feature id: text, never null, unique, public. It may be one of <see cref="Properties"/>.
    /// </summary>
    public required Property Key { get; init; }

    /// <summary>The properties in the order they are shown.</summary>
    public required ImmutableArray<Property> Properties { get; init; }

    /// <summary>The geometry; null for a plain register.</summary>
    public GeometryProperty? Geometry { get; init; }

    /// <summary>When the features hold; null where nothing says so.</summary>
    public TemporalProperties? Time { get; init; }

    /// <summary>What tells one state of a feature from the next; null where nothing does.</summary>
    public Revision? Revision { get; init; }

    /// <summary>What editors may do with the features.</summary>
    public EditScope Editing { get; init; }

    /// <summary>Which rows a caller may see; null when everyone sees all.</summary>
    public RowVisibility? Visibility { get; init; }

    /// <summary>Source, licence and date.</summary>
    public Attribution Attribution { get; init; } = new();

    /// <summary>The bounding box of the features.</summary>
    public BoundingBox? Extent { get; init; }

    /// <summary>The property of that exact name, the key included; null when there is none.</summary>
    public Property? Find(string name) => Find(Properties, name);

    /// <summary>
    /// The public name of what a filter names: a property or the geometry by its own name, else by that of its source. The name itself where
    /// there is none.
    /// </summary>
    public string Resolve(string name)
    {
        if (name == Geometry?.Name || Find(name) is not null)
        {
            return name;
        }

        return Properties.FirstOrDefault(property => property.NameInSource == name)?.Name
            ?? (Geometry is { OtherName: { } other } && other == name ? Geometry.Name : name);
    }

    /// <summary>
    /// The collection as a role knows it. A property it may not read is gone, so that filtering, sorting or selecting by it fails like any
    /// unknown name. Row visibility stays.
    /// </summary>
    public Collection VisibleTo(Role role)
    {
        var readable = Properties.RemoveAll(property => property.ReadableBy > role);
        return readable.Length == Properties.Length
            ? this
            : this with { Properties = readable, _hidden = _hidden.AddRange(Properties.Where(property => property.ReadableBy > role)) };
    }

    /// <summary>Finds a property that callers may not see, for conditions of the house itself.</summary>
    internal Property? FindEvenHidden(string name) => Find(name) ?? Find(_hidden, name);

    /// <summary>The collection with nothing hidden, for checking conditions of the house itself.</summary>
    internal Collection Whole => _hidden.IsEmpty ? this : this with { Properties = Properties.AddRange(_hidden), _hidden = [] };

    private Property? Find(ImmutableArray<Property> properties, string name)
    {
        foreach (var property in properties)
        {
            if (property.Name == name)
            {
                return property;
            }
        }

        return Key.Name == name ? Key : null;
    }
}
