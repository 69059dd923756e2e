using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using GeoOffer.Storage.Model;

namespace GeoOffer.Storage.Matching;

/// <summary>The facts that a match reads, as a collection of the house: it lends a match the row visibility of sites.</summary>
internal static class ScoutingCollection
{
    public static Collection Value { get; } = new()
    {
        Id = "site-facts",
        Title = new Localized("Fatti dei siti", "Facts of sites"),
        Description = new Localized("Ciò che un confronto legge di un sito.", "What a match reads of a site."),
        Relation = new Relation(GeoOfferContext.Schema, "site_fact"),
        Key = new Property("code", "code", PropertyType.Text, new Localized("codice", "code")) { Nullable = false },
        Properties = [new Property("is_public", "is_public", PropertyType.Boolean, new Localized("pubblica", "public")) { Nullable = false, ReadableBy = Role.Scout }],
        Visibility = new RowVisibility(
            new Comparison(ComparisonOperator.Equal, new PropertyReference("is_public"), Literal.Of(true)), Role.Scout),
    };
}
