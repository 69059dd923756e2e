using System.Collections.Immutable;
using System.Text;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Filters.Cql2Json;
using GeoOffer.Query.Filters.Cql2Text;
using GeoOffer.Query.Paging;
using GeoOffer.Server.Description;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;

namespace GeoOffer.Server.Features;

/// <summary>Reads what is asked of the features of a collection, as pages and exports have it alike; every fault is collected.</summary>
internal static class FeatureParameters
{
    public const string Crs = "crs";
    public const string Bbox = "bbox";
    public const string BboxCrs = "bbox-crs";
    public const string FilterName = "filter";
    public const string FilterLanguage = "filter-lang";
    public const string FilterCrs = "filter-crs";
    public const string Properties = "properties";
    public const string SortBy = "sortby";
    public const string Limit = "limit";

    public const string Datetime = "datetime";

    /// <summary>The languages of filters.</summary>
    public static ImmutableArray<string> Languages { get; } = ["cql2-text", "cql2-json"];

    /// <summary>The names of all.</summary>
    public static ImmutableArray<string> Names { get; } =
        [Crs, Bbox, BboxCrs, Datetime, FilterName, FilterLanguage, FilterCrs, Properties, SortBy, Limit];

    /// <summary>What pages and exports say alike of their parameters.</summary>
    public static ImmutableArray<OperationParameter> Described { get; } =
    [
        new(Bbox, "Box that features touch, in the axis order of bbox-crs; without it west, south, east, north in degrees.", _ => JsonSchema.Box()) { CommaSeparated = true },
        new(BboxCrs, "The reference system of the box; CRS84 without it.", _ => JsonSchema.Text()),
        new(Datetime, "Instant or interval, such as 2024-05-01/..; features of which no time is known are always among those returned.", _ => JsonSchema.Text()),
        new(FilterName, "Condition in CQL2, such as: measured_area_ha >= 40 AND kind = 'brownfield'.", _ => JsonSchema.Text()),
        new(FilterLanguage, "The language of the filter.", _ => JsonSchema.OneOf(Languages)),
        new(FilterCrs, "The reference system of geometries in the filter, in its axis order; CRS84 without it.", _ => JsonSchema.Text()),
        new(Properties, "The properties in the answer; all without it.", _ => JsonSchema.ArrayOf(JsonSchema.Text())) { CommaSeparated = true },
        new(SortBy, "The order, such as -measured_area_ha,code.", _ => JsonSchema.ArrayOf(JsonSchema.Text())) { CommaSeparated = true },
    ];

    /// <summary>The query; null with faults.</summary>
    /// <param name="query">The parameters.</param>
    /// <param name="collection">The collection, whole.</param>
    /// <param name="role">The caller's role.</param>
    /// <param name="limit">The greatest number of features.</param>
    /// <param name="names">The names of parameters that are no properties.</param>
    /// <param name="faults">Where faults go.</param>
    public static FeatureQuery? Read(
        RequestQuery query, Collection collection, Role role, int limit, IReadOnlyCollection<string> names, List<RequestFault> faults)
    {
        var before = faults.Count;
        var visible = collection.VisibleTo(role);
        var conditions = ReadConditions(query, visible, names, faults);
        var request = new FeatureRequest(collection, role, limit)
        {
            SortBy = ReadOrder(query, faults),
            Properties = query.Single(Properties, faults)?.Split(',').Select(name => name.Trim()).ToImmutableArray(),
            Filter = conditions.Count == 0 ? null : Filter.All([.. conditions]),
        };

        // Conditions are checked already, with their places; what else is wrong is told beside them.
        var checkable = faults.Count == before ? request : request with { Filter = null };
        var created = FeatureQuery.Create(checkable).Accept(faults);
        return faults.Count == before ? created : null;
    }

    /// <summary>The reference system that a parameter names; null where it is absent, or names none.</summary>
    public static ReferenceSystem? ReadSystem(RequestQuery query, string name, List<RequestFault> faults)
    {
        if (query.Single(name, faults) is not { } text)
        {
            return null;
        }

        var system = ReferenceSystemNames.Find(text);
        if (system is null)
        {
            faults.Add(RequestFault.InParameter(name, ReferenceSystemNames.Expected, text));
        }

        return system;
    }

    private static List<Filter> ReadConditions(RequestQuery query, Collection visible, IReadOnlyCollection<string> names, List<RequestFault> faults)
    {
        var conditions = new List<Filter>();
        var boxSystem = ReadSystem(query, BboxCrs, faults);
        if (query.Single(Bbox, faults) is { } box && BboxReader.Read(box, boxSystem).Accept(faults) is { } read)
        {
            conditions.Add(BboxFilter.For(visible, read));
        }

        if (query.Single(Datetime, faults) is { } time && DatetimeReader.Read(time).Accept(faults) is { } moment)
        {
            conditions.Add(DatetimeReader.For(visible, moment));
        }

        if (ReadFilter(query, visible, faults) is { } filter)
        {
            conditions.Add(filter.Root);
        }

        conditions.AddRange(PropertyParameters.Read(query, visible, names, faults));
        return conditions;
    }

    private static CheckedFilter? ReadFilter(RequestQuery query, Collection visible, List<RequestFault> faults)
    {
        var system = ReadSystem(query, FilterCrs, faults);
        var language = query.Single(FilterLanguage, faults) ?? Languages[0];
        if (!Languages.Contains(language))
        {
            faults.Add(RequestFault.InParameter(FilterLanguage, string.Join(" or ", Languages), language));
            return null;
        }

        if (query.Single(FilterName, faults) is not { } text)
        {
            return null;
        }

        var filter = language == Languages[0] ? Cql2TextReader.Read(text, visible, system) : Cql2JsonReader.Read(Encoding.UTF8.GetBytes(text), visible, system);
        return filter.Accept(faults, FilterName);
    }

    /// <summary>Names with an optional sign before them (OGC API - Features Part 8); missing values stand last.</summary>
    private static ImmutableArray<SortTerm> ReadOrder(RequestQuery query, List<RequestFault> faults) =>
        query.Single(SortBy, faults) is { } text
            ? [.. text.Split(',').Select(term => term.Trim()).Select(ToTerm)]
            : [];

    // An unencoded plus is a blank in a query.
    private static SortTerm ToTerm(string term) => new(
        term is ['+' or '-', ..] ? term[1..] : term,
        term.StartsWith('-') ? SortDirection.Descending : SortDirection.Ascending,
        NullPlacement.Last);
}
