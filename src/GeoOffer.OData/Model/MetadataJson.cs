using System.Globalization;
using System.Text.Json;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;

namespace GeoOffer.OData.Model;

/// <summary>Writes models as CSDL JSON (OData CSDL JSON 4.01); the library gets it wrong.</summary>
internal sealed class MetadataJson(Utf8JsonWriter json, IEdmModel model)
{
    public void Write(ODataVersion version)
    {
        json.WriteStartObject();
        json.WriteString("$Version", version.Name());
        json.WriteString("$EntityContainer", model.EntityContainer.FullName());
        foreach (var elements in model.SchemaElements.GroupBy(element => element.Namespace))
        {
            json.WriteStartObject(elements.Key);
            foreach (var element in elements)
            {
                Write(element);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void Write(IEdmSchemaElement element)
    {
        json.WriteStartObject(element.Name);
        if (element is IEdmEntityType type)
        {
            json.WriteString("$Kind", "EntityType");
            json.WriteStartArray("$Key");
            foreach (var key in type.DeclaredKey)
            {
                json.WriteStringValue(key.Name);
            }

            json.WriteEndArray();
            WriteAnnotations(type);
            foreach (var property in type.DeclaredProperties)
            {
                Write(property);
            }
        }
        else if (element is IEdmEntityContainer container)
        {
            json.WriteString("$Kind", "EntityContainer");
            foreach (var set in container.EntitySets())
            {
                json.WriteStartObject(set.Name);
                json.WriteBoolean("$Collection", true);
                json.WriteString("$Type", set.EntityType().FullName());
                WriteAnnotations(set);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    /// <summary>A property; what it does not say is text that is never null (OData CSDL JSON 4.01, 7).</summary>
    private void Write(IEdmProperty property)
    {
        json.WriteStartObject(property.Name);
        var type = property.Type.IsCollection() ? property.Type.AsCollection().ElementType() : property.Type;
        if (property.Type.IsCollection())
        {
            json.WriteBoolean("$Collection", true);
        }

        if (!type.IsString())
        {
            json.WriteString("$Type", type.FullName());
        }

        if (type.IsNullable)
        {
            json.WriteBoolean("$Nullable", true);
        }

        if (type.IsTemporal() && type.AsTemporal().Precision is { } precision)
        {
            json.WriteNumber("$Precision", precision);
        }

        if (type.IsSpatial() && type.AsSpatial().SpatialReferenceIdentifier is { } srid)
        {
            json.WriteString("$SRID", srid.ToString(CultureInfo.InvariantCulture));
        }

        WriteAnnotations(property);
        json.WriteEndObject();
    }

    private void WriteAnnotations(IEdmVocabularyAnnotatable target)
    {
        foreach (var annotation in model.FindDeclaredVocabularyAnnotations(target))
        {
            if (annotation.Value is IEdmStringConstantExpression text)
            {
                json.WriteString($"@{annotation.Term.FullName()}{(annotation.Qualifier is { } qualifier ? "#" + qualifier : "")}", text.Value);
            }
        }
    }
}
