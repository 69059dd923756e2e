using GeoOffer.OData.Model;
using GeoOffer.OData.Reading;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.OData.Tests;

/// <summary>Another model than that of the house: products in a shop, described as tables. Columns are named unlike the properties, so that a mix-up shows.</summary>
internal static class Shop
{
    public static readonly Collection Products = new()
    {
        Id = "products-on-sale",
        Title = new Localized("Prodotti", "Products"),
        Description = new Localized("Ciò che si vende.", "What is sold."),
        Relation = new Relation("public", "product"),
        Key = new("code", "p_code", PropertyType.Text, Title("code")) { Nullable = false },
        Properties =
        [
            new("name", "p_name", PropertyType.Text, Title("name")),
            new("brand", "p_brand", PropertyType.Text, Title("brand")) { Nullable = false },
            new("price", "p_price", PropertyType.Number, Title("price")) { Unit = "EUR" },
            new("weight_kg", "p_weight", PropertyType.Number, Title("weight")) { Unit = "kg", Nullable = false },
            new("stock", "p_stock", PropertyType.Integer, Title("stock")),
            new("is_new", "p_new", PropertyType.Boolean, Title("new")),
            new("made_on", "p_made", PropertyType.Date, Title("made on")),
            new("changed_at", "p_changed", PropertyType.Timestamp, Title("changed at")),
            new("tags", "p_tags", PropertyType.TextArray, Title("tags")),
            new("cost", "p_cost", PropertyType.Number, Title("cost")) { ReadableBy = Role.Editor },
        ],
        Geometry = new GeometryProperty("place", "p_geom", 4326, GeometryTypes.Any),
    };

    public static readonly Collection Shops = new()
    {
        Id = "shops",
        Title = new Localized("Negozi", "Shops"),
        Description = new Localized("Dove si vende.", "Where it is sold."),
        Relation = new Relation("public", "shop"),
        Key = new("id", "id", PropertyType.Text, Title("id")) { Nullable = false },
        Properties = [],
        Geometry = new GeometryProperty("place", "geom", 4326, GeometryTypes.Point) { Nullable = false },
    };

    public static readonly Catalogue Catalogue = new(1, [Products, Shops]);

    public static readonly EntityModel Model = EntityModel.Create(Catalogue, Role.Public);

    public static EntitySet Set { get; } = Model.Find("ProductsOnSale")!;

    /// <summary>Reads query options of the products.</summary>
    public static EntityQuery? Read(List<ODataFault> faults, params (string Name, string Value)[] options)
    {
        var read = QueryOptions.Read(options.Select(option => KeyValuePair.Create(option.Name, option.Value)), QueryOptions.OfEntities, [], faults);
        var query = QueryReader.Read(Model, Set, read, faults);
        return faults.Count == 0 ? query : null;
    }

    private static Localized Title(string text) => new(text, text);
}
