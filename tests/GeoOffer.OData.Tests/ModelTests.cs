using System.Text.Json;
using System.Xml;
using GeoOffer.OData.Model;
using GeoOffer.Query.Catalogue;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Validation;

namespace GeoOffer.OData.Tests;

public sealed class ModelTests
{
    [Theory]
    [InlineData(ODataVersion.V4, "4.0")]
    [InlineData(ODataVersion.V401, "4.01")]
    public void The_document_is_a_valid_model_of_the_tables(ODataVersion version, string name)
    {
        var bytes = MetadataDocument.WriteXml(Shop.Model, version);
        using var xml = XmlReader.Create(new MemoryStream(bytes));
        Assert.True(CsdlReader.TryParse(xml, out var model, out var errors), string.Join("; ", errors));
        Assert.True(model.Validate(out errors), string.Join("; ", errors));
        Assert.Contains($"Version=\"{name}\"", System.Text.Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);

        var type = model.EntityContainer.FindEntitySet("ProductsOnSale").EntityType();
        Assert.Equal(["code"], type.Key().Select(key => key.Name));
        Assert.Equal(
            [
                "[Edm.String Nullable=False Unicode=True] code", "[Edm.String Nullable=True Unicode=True] name", "[Edm.String Nullable=False Unicode=True] brand",
                "[Edm.Double Nullable=True] price", "[Edm.Double Nullable=False] weight_kg", "[Edm.Int64 Nullable=True] stock", "[Edm.Boolean Nullable=True] is_new",
                "[Edm.Date Nullable=True] made_on", "[Edm.DateTimeOffset Nullable=True Precision=6] changed_at",
                "[Collection([Edm.String Nullable=False Unicode=True]) Nullable=False] tags", "[Edm.Geography Nullable=True SRID=4326] place",
            ],
            type.DeclaredProperties.Select(property => $"{property.Type} {property.Name}"));
        var place = model.EntityContainer.FindEntitySet("Shops").EntityType().FindProperty("place").Type;
        Assert.Equal(EdmPrimitiveTypeKind.GeographyPoint, place.PrimitiveKind());
        Assert.Equal((4326, false), (place.AsSpatial().SpatialReferenceIdentifier, place.IsNullable));
    }

    [Fact]
    public void Titles_are_told_in_two_languages_and_measures_with_their_unit()
    {
        var text = System.Text.Encoding.UTF8.GetString(MetadataDocument.WriteXml(Shop.Model, ODataVersion.V401));
        Assert.Contains("""<Annotation Term="Org.OData.Core.V1.Description" String="Products" />""", text, StringComparison.Ordinal);
        Assert.Contains("""<Annotation Term="Org.OData.Core.V1.Description" Qualifier="it" String="Prodotti" />""", text, StringComparison.Ordinal);
        Assert.Contains("""<Annotation Term="Org.OData.Measures.V1.Unit" String="kg" />""", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_document_in_JSON_says_what_is_not_understood_by_itself()
    {
        var document = JsonElement.Parse(MetadataDocument.WriteJson(Shop.Model, ODataVersion.V401));
        Assert.Equal("4.01", document.GetProperty("$Version").GetString());
        Assert.Equal("GeoOffer.Service.Container", document.GetProperty("$EntityContainer").GetString());
        var set = document.GetProperty("GeoOffer.Service").GetProperty("Container").GetProperty("ProductsOnSale");
        Assert.Equal((true, "GeoOffer.ProductsOnSale"), (set.GetProperty("$Collection").GetBoolean(), set.GetProperty("$Type").GetString()));
        var type = document.GetProperty("GeoOffer").GetProperty("ProductsOnSale");
        Assert.Equal(["code"], type.GetProperty("$Key").EnumerateArray().Select(key => key.GetString()));
        Assert.Equal("Products", type.GetProperty("@Org.OData.Core.V1.Description").GetString());
        Hold("code", """{}""");
        Hold("name", """{"$Nullable":true}""");
        Hold("weight_kg", """{"$Type":"Edm.Double"}""");
        Hold("changed_at", """{"$Type":"Edm.DateTimeOffset","$Nullable":true,"$Precision":6}""");
        Hold("tags", """{"$Collection":true}""");
        Hold("place", """{"$Type":"Edm.Geography","$Nullable":true,"$SRID":"4326"}""");

        void Hold(string name, string expected)
        {
            var facets = type.GetProperty(name).EnumerateObject().Where(member => member.Name.StartsWith('$')).Select(member => $"\"{member.Name}\":{member.Value.GetRawText()}");
            Assert.Equal(expected, $"{{{string.Join(',', facets)}}}");
        }
    }

    [Fact]
    public void What_a_role_may_not_read_is_in_no_model_of_its_own()
    {
        Assert.Null(Shop.Set.Edm.EntityType().FindProperty("cost"));
        Assert.DoesNotContain("cost", System.Text.Encoding.UTF8.GetString(MetadataDocument.WriteXml(Shop.Model, ODataVersion.V4)), StringComparison.Ordinal);
        Assert.NotNull(EntityModel.Create(Shop.Catalogue, Role.Editor).Find("ProductsOnSale")!.Edm.EntityType().FindProperty("cost"));
    }

    [Fact]
    public void Collections_that_would_be_one_set_are_refused()
    {
        var twins = new Catalogue(1, [Shop.Shops, Shop.Shops with { Id = "Shops" }]);
        Assert.Throws<ArgumentException>(() => EntityModel.Create(twins, Role.Public));
    }
}
