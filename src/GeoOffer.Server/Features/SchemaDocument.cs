using System.Text.Json;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Server.Features;

/// <summary>What a schema of a collection is for.</summary>
internal enum SchemaUse
{
    /// <summary>What features have (OGC API - Features Part 5).</summary>
    Features,

    /// <summary>What filters may speak of (Part 3, 6.2).</summary>
    Queryables,

    /// <summary>What features may be put in order by (Part 5).</summary>
    Sortables,
}

/// <summary>Describes the properties of a collection as JSON Schema 2020-12.</summary>
internal static class SchemaDocument
{
    /// <summary>The media type of all three.</summary>
    public const string MediaType = "application/schema+json";

    /// <summary>The last part of its address.</summary>
    public static string Path(SchemaUse use) => use switch
    {
        SchemaUse.Features => "schema",
        SchemaUse.Queryables => "queryables",
        SchemaUse.Sortables => "sortables",
        _ => throw new ArgumentOutOfRangeException(nameof(use), use, null),
    };

    /// <summary>The properties that it speaks of.</summary>
    public static IEnumerable<Property> PropertiesOf(Collection collection, SchemaUse use) =>
        collection.Properties.Where(property => use != SchemaUse.Sortables || property.IsSortable);

    /// <summary>Writes it.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="use">What it is for.</param>
    /// <param name="collection">The collection as the caller knows it.</param>
    /// <param name="address">The address of the collection.</param>
    /// <param name="language">The language of titles.</param>
    public static void Write(Utf8JsonWriter json, SchemaUse use, Collection collection, string address, Language language)
    {
        json.WriteStartObject();
        json.WriteString("$schema"u8, "https://json-schema.org/draft/2020-12/schema"u8);
        json.WriteString("$id"u8, $"{address}/{Path(use)}");
        json.WriteString("type"u8, "object"u8);
        json.WriteString("title"u8, collection.Title.For(language));
        json.WriteString("description"u8, collection.Description.For(language));
        json.WriteStartObject("properties"u8);
        var sequence = 0;
        foreach (var property in PropertiesOf(collection, use))
        {
            WriteProperty(json, use, property, language, ++sequence, isKey: property.Name == collection.Key.Name);
        }

        if (use != SchemaUse.Sortables && collection.Geometry is { } geometry)
        {
            json.WriteStartObject(geometry.Name);
            json.WriteString("title"u8, language == Language.It ? "geometria" : "geometry");
            json.WriteString("format"u8, FormatOf(geometry.Types));
            json.WriteString("x-ogc-role"u8, "primary-geometry"u8);
            WriteReadOnly(json, use, geometry.IsWritable);
            json.WriteNumber("x-ogc-propertySeq"u8, ++sequence);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (use == SchemaUse.Features)
        {
            json.WriteStartArray("required"u8);
            foreach (var property in collection.Properties.Where(property => !property.Nullable))
            {
                json.WriteStringValue(property.Name);
            }

            json.WriteEndArray();
        }

        json.WriteBoolean("additionalProperties"u8, false);
        json.WriteEndObject();
    }

    /// <summary>What only applies when features are fetched (OGC API - Features Part 5).</summary>
    private static void WriteReadOnly(Utf8JsonWriter json, SchemaUse use, bool isWritable)
    {
        if (use == SchemaUse.Features && !isWritable)
        {
            json.WriteBoolean("readOnly"u8, true);
        }
    }

    private static void WriteProperty(Utf8JsonWriter json, SchemaUse use, Property property, Language language, int sequence, bool isKey)
    {
        json.WriteStartObject(property.Name);
        json.WriteString("title"u8, property.Title.For(language));
        var (type, format) = TypeOf(property.Type);
        json.WriteString("type"u8, type);
        if (format is not null)
        {
            json.WriteString("format"u8, format);
        }

        if (property.Type == PropertyType.TextArray)
        {
            json.WriteStartObject("items"u8);
            json.WriteString("type"u8, "string"u8);
            WriteCodes(json, property);
            json.WriteEndObject();
        }
        else
        {
            WriteCodes(json, property);
        }

        if (property.Unit is { } unit)
        {
            json.WriteString("x-ogc-unit"u8, unit);
            json.WriteString("x-ogc-unitLang"u8, "UCUM"u8);
        }

        WriteReadOnly(json, use, property.IsWritable);
        if (isKey)
        {
            json.WriteString("x-ogc-role"u8, "id"u8);
        }

        json.WriteNumber("x-ogc-propertySeq"u8, sequence);
        json.WriteEndObject();
    }

    private static void WriteCodes(Utf8JsonWriter json, Property property)
    {
        if (property.CodeList is not { } list)
        {
            return;
        }

        json.WriteStartArray("enum"u8);
        foreach (var entry in list.Entries)
        {
            json.WriteStringValue(entry.Code);
        }

        json.WriteEndArray();
    }

    private static (string Type, string? Format) TypeOf(PropertyType type) => type switch
    {
        PropertyType.Text => ("string", null),
        PropertyType.Integer => ("integer", null),
        PropertyType.Number => ("number", null),
        PropertyType.Boolean => ("boolean", null),
        PropertyType.Date => ("string", "date"),
        PropertyType.Timestamp => ("string", "date-time"),
        PropertyType.TextArray => ("array", null),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>The format of a geometry (OGC API - Features Part 3, 6.2).</summary>
    private static string FormatOf(GeometryTypes types) => types switch
    {
        GeometryTypes.Point => "geometry-point",
        GeometryTypes.MultiPoint => "geometry-multipoint",
        GeometryTypes.Point | GeometryTypes.MultiPoint => "geometry-point-or-multipoint",
        GeometryTypes.LineString => "geometry-linestring",
        GeometryTypes.MultiLineString => "geometry-multilinestring",
        GeometryTypes.LineString | GeometryTypes.MultiLineString => "geometry-linestring-or-multilinestring",
        GeometryTypes.Polygon => "geometry-polygon",
        GeometryTypes.MultiPolygon => "geometry-multipolygon",
        GeometryTypes.Polygon | GeometryTypes.MultiPolygon => "geometry-polygon-or-multipolygon",
        GeometryTypes.GeometryCollection => "geometry-geometrycollection",
        _ => "geometry-any",
    };
}
