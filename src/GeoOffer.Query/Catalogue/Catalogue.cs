using System.Collections.Frozen;
using System.Collections.Immutable;
using GeoOffer.Query.Filters;

namespace GeoOffer.Query.Catalogue;

/// <summary>Everything that can be asked for, at one version. Immutable: a change makes a new catalogue.</summary>
public sealed class Catalogue
{
    private readonly FrozenDictionary<string, Collection> _byId;

    /// <summary>Makes a catalogue and refuses one that could only fail later, when asked.</summary>
    /// <exception cref="ArgumentException">
    /// Two collections share an id, two properties a name, a key is not public non-null text, or a visibility condition does not fit its
    /// collection.
    /// </exception>
    public Catalogue(long version, IEnumerable<Collection> collections)
    {
        Version = version;
        Collections = [.. collections];
        foreach (var collection in Collections)
        {
            Validate(collection);
        }

        _byId = Collections.ToFrozenDictionary(collection => collection.Id, StringComparer.Ordinal);
    }

    /// <summary>Grows with each change.</summary>
    public long Version { get; }

    /// <summary>The collections in the order they are shown.</summary>
    public ImmutableArray<Collection> Collections { get; }

    /// <summary>The collection of that exact id; null when there is none.</summary>
    public Collection? Find(string id) => _byId.GetValueOrDefault(id);

    private static void Validate(Collection collection)
    {
        var names = collection.Properties.Select(property => property.Name).Append(collection.Geometry?.Name).OfType<string>().ToList();
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Count)
        {
            throw new ArgumentException($"Two properties of {collection.Id} share a name: {string.Join(", ", names)}.");
        }

        if (collection.Key is not { Type: PropertyType.Text, Nullable: false, ReadableBy: Role.Public })
        {
            throw new ArgumentException($"The key {collection.Key.Name} of {collection.Id} is not public text that is never null.");
        }

        if (collection.Visibility is { } visibility
            && !FilterChecker.Check(visibility.Condition, collection.Whole).TryGet(out _, out var errors))
        {
            throw new ArgumentException($"The visibility of {collection.Id} does not fit it: {string.Join("; ", errors)}.");
        }
    }
}
