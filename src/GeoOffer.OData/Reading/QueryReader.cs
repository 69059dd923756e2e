using System.Collections.Immutable;
using System.Globalization;
using GeoOffer.OData.Model;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Paging;
using Microsoft.OData.UriParser;

namespace GeoOffer.OData.Reading;

/// <summary>Reads query options: Microsoft's parser holds them against the model, and what it finds becomes the house's own tree.</summary>
public static class QueryReader
{
    private const int MostExpansions = 20;
    private const int DeepestExpansion = 4;

    static QueryReader() => GeoFunctions.Ensure();

    /// <summary>What is asked, or null with every fault in the list.</summary>
    public static EntityQuery? Read(EntityModel model, EntitySet set, QueryOptions options, ICollection<ODataFault> faults)
    {
        var before = faults.Count;
        var query = new EntityQuery(set)
        {
            Filter = Try(() => ReadFilter(model, set, options), faults),
            OrderBy = Try(() => ReadOrder(model, set, options), faults),
            Select = Try(() => ReadSelection(model, set, options), faults),
            Top = Try(() => ReadNumber(options, QueryOptions.Top), faults),
            Skip = Try(() => ReadNumber(options, QueryOptions.Skip), faults) ?? 0,
            WantsCount = Try(() => ReadCount(options), faults),
            SkipToken = options.Find(QueryOptions.SkipToken),
        };
        return faults.Count == before ? query : null;
    }

    private static T? Try<T>(Func<T> read, ICollection<ODataFault> faults)
    {
        try
        {
            return read();
        }
        catch (ODataFaultException exception)
        {
            faults.Add(exception.Fault);
            return default;
        }
    }

    private static Filter? ReadFilter(EntityModel model, EntitySet set, QueryOptions options)
    {
        if (options.Find(QueryOptions.Filter) is not { } text)
        {
            return null;
        }

        var expanded = InLists.Expand(text, QueryOptions.Filter);
        return Guarded.Run(QueryOptions.Filter, text, () =>
        {
            var parser = Parser(model, set, options, QueryOptions.Filter, expanded);
            var clause = parser.ParseFilter();
            return new ConditionReader(new ReadingContext(set, parser.ParameterAliasNodes, QueryOptions.Filter, text)).Read(clause.Expression, Sense.Truth);
        });
    }

    private static ImmutableArray<SortTerm> ReadOrder(EntityModel model, EntitySet set, QueryOptions options)
    {
        if (options.Find(QueryOptions.OrderBy) is not { } text)
        {
            return [];
        }

        return Guarded.Run(QueryOptions.OrderBy, text, () =>
        {
            var parser = Parser(model, set, options, QueryOptions.OrderBy, text);
            var context = new ReadingContext(set, parser.ParameterAliasNodes, QueryOptions.OrderBy, text);
            var terms = ImmutableArray.CreateBuilder<SortTerm>();
            for (var clause = parser.ParseOrderBy(); clause is not null; clause = clause.ThenBy)
            {
                terms.Add(Term(clause, set, context));
            }

            return terms.ToImmutable();
        });
    }

    private static SortTerm Term(OrderByClause clause, EntitySet set, ReadingContext context) => context.Bare(clause.Expression) switch
    {
        SingleValuePropertyAccessNode { Property.Name: var name } when name == set.Visible.Geometry?.Name =>
            throw context.Malformed("a property with an order", name),
        SingleValuePropertyAccessNode { Property.Name: var name } => clause.Direction == OrderByDirection.Ascending
            ? new SortTerm(name, SortDirection.Ascending, NullPlacement.First)
            : new SortTerm(name, SortDirection.Descending, NullPlacement.Last),
        CollectionNode => throw context.Malformed("a property with an order", context.Text),
        _ => throw context.NotSupported("an order by something else than properties"),
    };

    private static ImmutableArray<string>? ReadSelection(EntityModel model, EntitySet set, QueryOptions options)
    {
        if (options.Find(QueryOptions.Select) is not { } text)
        {
            return null;
        }

        var clause = Guarded.Run(QueryOptions.Select, text, () => Parser(model, set, options, QueryOptions.Select, text).ParseSelectAndExpand());
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var item in clause?.SelectedItems ?? [])
        {
            switch (item)
            {
                case WildcardSelectItem:
                    return null;
                case PathSelectItem { SelectedPath: var path, HasOptions: false } when path.Count == 1 && path.FirstSegment is PropertySegment { Property.Name: var name }:
                    names.Add(name);
                    break;
                default:
                    throw new ODataFaultException(ODataFault.Malformed(QueryOptions.Select, "names of properties, or *", text));
            }
        }

        // Nothing selected is everything.
        return names.Count == 0 ? null : [.. names.Distinct()];
    }

    private static long? ReadNumber(QueryOptions options, string name)
    {
        if (options.Find(name) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ODataFaultException(ODataFault.Malformed(name, "a whole number from 0", text));
    }

    private static bool ReadCount(QueryOptions options) => options.Find(QueryOptions.Count)?.ToLowerInvariant() switch
    {
        null or "false" => false,
        "true" => true,
        var text => throw new ODataFaultException(ODataFault.Malformed(QueryOptions.Count, "true or false", text)),
    };

    private static ODataQueryOptionParser Parser(EntityModel model, EntitySet set, QueryOptions options, string name, string text)
    {
        var texts = new Dictionary<string, string>(options.Aliases) { [name] = text };
        var parser = new ODataQueryOptionParser(model.Edm, set.Type, set.Edm, texts) { Resolver = new HouseUriResolver() };
        parser.Settings.MaximumExpansionCount = MostExpansions;
        parser.Settings.MaximumExpansionDepth = DeepestExpansion;
        return parser;
    }
}
