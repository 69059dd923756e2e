using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;

namespace GeoOffer.Query.Paging;

/// <summary>A checked question for a page of features. It holds nothing that its role may not read.</summary>
public sealed record FeatureQuery
{
    private FeatureQuery(FeatureRequest request, CheckedFilter? filter, SortOrder order, ImmutableArray<Property> properties)
    {
        Collection = request.Collection;
        Role = request.Role;
        Filter = filter;
        Order = order;
        Properties = properties;
        Geometry = request.IncludeGeometry ? request.Collection.Geometry : null;
        Limit = request.Limit;
    }

    /// <summary>The collection, whole.</summary>
    public Collection Collection { get; }

    /// <summary>The caller's role.</summary>
    public Role Role { get; }

    /// <summary>The condition; null for all features.</summary>
    public CheckedFilter? Filter { get; }

    /// <summary>The order of the features.</summary>
    public SortOrder Order { get; }

    /// <summary>The properties to return.</summary>
    public ImmutableArray<Property> Properties { get; private init; }

    /// <summary>The geometry to return; null for none.</summary>
    public GeometryProperty? Geometry { get; private init; }

    /// <summary>The greatest number of features in the page.</summary>
    public int Limit { get; private init; }

    /// <summary>The position the page starts after; null for the first page.</summary>
    public Cursor? After { get; private init; }

    /// <summary>How many features are passed over before the page, beyond <see cref="After"/>.</summary>
    public long Offset { get; private init; }

    /// <summary>What a cursor of this query belongs to.</summary>
    public CursorScope Scope => new(this);

    /// <summary>
    /// Checks a request. Returns the query or all errors: of the filter, of the order (path <c>sortby</c>) and of the selection
    /// (<c>properties</c>).
    /// </summary>
    public static Outcome<FeatureQuery, FilterError> Create(FeatureRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Limit, 1);
        var visible = request.Collection.VisibleTo(request.Role);
        var errors = ImmutableArray.CreateBuilder<FilterError>();

        CheckedFilter? filter = null;
        if (request.Filter is { } condition && !FilterChecker.Check(condition, visible).TryGet(out filter, out var filterErrors))
        {
            errors.AddRange(filterErrors);
        }

        var keys = new List<SortKey>();
        foreach (var term in request.SortBy)
        {
            if (Find(visible, term.PropertyName, "sortby", errors) is { } property)
            {
                keys.Add(new SortKey(property, term.Direction, term.Nulls));
                if (!property.IsSortable)
                {
                    errors.Add(new FilterError("sortby", property.Name, "a property with an order", OperandType.Describe(property.Type)));
                }
            }
        }

        var properties = request.Properties is { } names
            ? names.Distinct().Select(name => Find(visible, name, "properties", errors)).OfType<Property>().ToImmutableArray()
            : visible.Properties;

        return errors.Count == 0
            ? new(new FeatureQuery(request, filter, new SortOrder(visible, keys), properties))
            : new(errors.ToImmutable());
    }

    /// <summary>The page after a position.</summary>
    /// <exception cref="ArgumentException">The position is of another order.</exception>
    public FeatureQuery StartingAfter(Cursor cursor)
    {
        var fits = cursor.Position.Length == Order.Keys.Length && Order.Keys.Zip(cursor.Position, Fits).All(isFit => isFit);
        return fits
            ? this with { After = cursor }
            : throw new ArgumentException("The cursor does not fit the order of the query.", nameof(cursor));

        static bool Fits(SortKey key, Value? value) => value is null ? key.Property.Nullable : value.Type == key.Property.Type;
    }

    /// <summary>The page after so many features; the database reads them all the same, so a cursor is the better way to a later page.</summary>
    public FeatureQuery Skipping(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return this with { Offset = offset };
    }

    /// <summary>The last feature of the page, by its place in the order alone; after it the first of the next page, if there is one.</summary>
    public FeatureQuery End() => this with { Offset = Offset + Limit - 1, Limit = 1, Properties = [], Geometry = null };

    /// <summary>The same query with another page size.</summary>
    public FeatureQuery WithLimit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return this with { Limit = limit };
    }

    /// <summary>The same query with the key of the collection among its properties, the first where it was none of them.</summary>
    public FeatureQuery WithKey() => Properties.Any(property => property.Name == Collection.Key.Name)
        ? this
        : this with { Properties = Properties.Insert(0, Collection.Key) };

    /// <summary>The same query with the properties that say when a feature holds, the last where they were none of them; those that its role may read.</summary>
    public FeatureQuery WithTime()
    {
        var visible = Collection.VisibleTo(Role);
        var missing = new[] { Collection.Time?.Start, Collection.Time?.End }
            .OfType<string>()
            .Except(Properties.Select(property => property.Name))
            .Select(visible.Find)
            .OfType<Property>();
        return this with { Properties = Properties.AddRange(missing) };
    }

    private static Property? Find(Collection collection, string name, string path, ImmutableArray<FilterError>.Builder errors)
    {
        if (collection.Find(name) is { } property)
        {
            return property;
        }

        errors.Add(new FilterError(path, name, UnknownProperty.Expected(collection), name));
        return null;
    }
}
