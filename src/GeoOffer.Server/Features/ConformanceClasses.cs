using System.Collections.Immutable;

namespace GeoOffer.Server.Features;

/// <summary>The conformance classes that are served, each with tests.</summary>
internal static class ConformanceClasses
{
    private const string Spec = "http://www.opengis.net/spec/";

    /// <summary>Their identifiers.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        .. In("ogcapi-features-1/1.0/conf/", "core", "geojson", "html", "oas30"),
        .. In("ogcapi-features-2/1.0/conf/", "crs"),
        .. In("ogcapi-features-3/1.0/conf/", "queryables", "queryables-query-parameters", "filter", "features-filter"),
        // Of the draft of Part 4; what is not of features alone has moved to a part of Common.
        .. In("ogcapi-features-4/1.0/conf/", "create-replace-delete", "update", "optimistic-locking-etags", "features"),
        .. In("ogcapi-common-5/1.0/conf/", "create-replace-delete", "update", "optimistic-locking-etags", "return-resource-representation-in-response"),
        .. In("ogcapi-features-5/1.0/conf/", "schemas", "core-roles-features", "returnables-and-receivables", "queryables", "sortables", "profile-parameter"),
        .. In("json-fg-1/1.0/conf/", "core", "types-schemas", "profiles", "api"),
        .. In("ogcapi-features-8/1.0/conf/", "sorting"),
        .. In(
            "cql2/1.0/conf/", "cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators", "case-insensitive-comparison",
            "accent-insensitive-comparison", "basic-spatial-functions", "basic-spatial-functions-plus", "spatial-functions", "temporal-functions",
            "array-functions", "property-property", "functions", "arithmetic"),
        .. In("ogcapi-tiles-1/1.0/conf/", "core", "tileset", "tilesets-list", "geodata-tilesets", "mvt", "oas30"),
        .. In("tms/2.0/conf/", "tilematrixset", "json-tilematrixset", "tilesetmetadata", "json-tilesetmetadata", "tilematrixsetlimits", "json-tilematrixsetlimits"),
    ];

    private static IEnumerable<string> In(string part, params IEnumerable<string> classes) => classes.Select(name => Spec + part + name);
}
