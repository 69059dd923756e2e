using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;

namespace GeoOffer.Query.Tests;

/// <summary>A collection with a property of each type; columns are named unlike the properties, so that a mix-up shows.</summary>
internal static class Sample
{
    public static readonly CodeList Kinds = Codes("site_kind", "greenfield", "brownfield", "unknown");

    public static readonly CodeList Functions = Codes("function", "industrial", "offices", "logistics");

    public static readonly Property Key = new("code", "site_code", PropertyType.Text, Title("code")) { Nullable = false };

    public static readonly Collection Sites = new()
    {
        Id = "sites",
        Title = new Localized("Opportunità insediative", "Sites"),
        Description = Title("sites"),
        Relation = new Relation("offer", "site"),
        Key = Key,
        Properties =
        [
            Key,
            new("name", "name_it", PropertyType.Text, Title("name")),
            new("kind", "kind_code", PropertyType.Text, Title("kind")) { CodeList = Kinds, Nullable = false },
            new("area_ha", "gross_ha", PropertyType.Number, Title("area")) { Unit = "ha" },
            new("owner_count", "owners", PropertyType.Integer, Title("owners")),
            new("is_served", "served", PropertyType.Boolean, Title("served")),
            new("verified_on", "verified", PropertyType.Date, Title("verified")),
            new("updated_at", "updated", PropertyType.Timestamp, Title("updated")) { Nullable = false },
            new("functions", "function_codes", PropertyType.TextArray, Title("functions")) { CodeList = Functions },
            new("contact", "contact_email", PropertyType.Text, Title("contact")) { ReadableBy = Role.Editor },
            new("published", "is_public", PropertyType.Boolean, Title("published")) { ReadableBy = Role.Editor, Nullable = false },
        ],
        Geometry = new GeometryProperty("geometry", "geom", 4326, GeometryTypes.Any),
        Visibility = new RowVisibility(
            new Comparison(ComparisonOperator.Equal, new PropertyReference("published"), Literal.Of(true)), Role.Editor),
    };

    /// <summary>The sites without row visibility, for tests of conditions alone.</summary>
    public static readonly Collection Open = Sites with { Visibility = null };

    public static PropertyReference Reference(string name) => new(name);

    public static Comparison Compare(string name, ComparisonOperator @operator, Literal literal) =>
        new(@operator, Reference(name), literal);

    public static Filter Equal(string name, Literal literal) => Compare(name, ComparisonOperator.Equal, literal);

    public static Localized Title(string text) => new(text, text);

    private static CodeList Codes(string name, params ImmutableArray<string> codes) =>
        new(name, [.. codes.Select(code => new CodeListEntry(code, Title(code)))]);
}
