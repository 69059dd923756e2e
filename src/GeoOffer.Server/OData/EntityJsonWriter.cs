using System.Globalization;
using System.Text.Json;
using GeoOffer.OData.Reading;
using GeoOffer.PostGis;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Server.Formats;
using GeoOffer.Server.Http;
using GeoOffer.Storage.Reading;
using NetTopologySuite.Geometries;

namespace GeoOffer.Server.OData;

/// <summary>Writes rows as entities (OData JSON 4.01, 6 and 7); one writer per answer.</summary>
internal sealed class EntityJsonWriter
{
    private readonly Utf8JsonWriter _json;
    private readonly FeatureJsonWriter _features;
    private readonly ODataFormat _format;
    private readonly EntityQuery _query;
    private readonly string _service;
    private readonly bool _saysId;
    private readonly JsonEncodedText? _geometry;
    private readonly JsonEncodedText? _geometryType;
    private readonly bool _saysGeometryType;
    private readonly (JsonEncodedText Name, JsonEncodedText TypeName, string? Type)[] _names;
    private int[]? _ordinals;

    public EntityJsonWriter(Utf8JsonWriter json, HttpRequest request, ODataFormat format, EntityQuery query)
    {
        _json = json;
        _features = new FeatureJsonWriter(json, CoordinateSystems.Crs84);
        _format = format;
        _query = query;
        _service = ODataAddress.Service(request);
        var isFull = format.Metadata == MetadataLevel.Full;

        // A client that does not get the key could not tell which entity it has.
        _saysId = isFull || (format.Metadata == MetadataLevel.Minimal && query.Properties.All(property => property.Name != query.Set.Visible.Key.Name));
        if (query.IncludesGeometry && query.Set.Visible.Geometry is { } geometry)
        {
            _geometry = Encode(geometry.Name);
            _geometryType = Encode($"{geometry.Name}@odata.type");
            _saysGeometryType = isFull || (format.Metadata == MetadataLevel.Minimal && !IsSingle(geometry.Types));
        }

        _names = [.. query.Properties.Select(property => (Encode(property.Name), Encode($"{property.Name}@odata.type"), isFull ? TypeToSay(property.Type) : null))];
    }

    /// <summary>Writes the members of an entity into an object that is open.</summary>
    public void WriteMembers(RowCursor row, string? tag = null)
    {
        if (_format.Metadata == MetadataLevel.Full)
        {
            _json.WriteString("@odata.type"u8, $"#{_query.Set.TypeName}");
        }

        if (_saysId)
        {
            _json.WriteString("@odata.id"u8, $"{_service}/{ODataAddress.Entity(_query.Set, row.Key)}");
        }

        if (tag is not null && _format.Metadata != MetadataLevel.None)
        {
            _json.WriteString("@odata.etag"u8, tag);
        }

        _ordinals ??= [.. _query.Properties.Select(property => OrdinalOf(row, property.Name))];
        for (var index = 0; index < _names.Length; index++)
        {
            var (name, typeName, type) = _names[index];
            if (type is not null && !row.IsNull(_ordinals[index]))
            {
                _json.WriteString(typeName, type);
            }

            _json.WritePropertyName(name);
            WriteValue(row, _ordinals[index]);
        }

        if (_geometry is { } geometry)
        {
            if (_saysGeometryType && row.Geometry is { } value)
            {
                _json.WriteString(_geometryType!.Value, GeographyType(value));
            }

            _features.WriteGeometry(geometry.EncodedUtf8Bytes, row);
        }
    }

    /// <summary>Writes the value of a property.</summary>
    public void WriteValue(RowCursor row, int index)
    {
        switch (row.Columns.Properties[index].Type)
        {
            case PropertyType.TextArray when row.IsNull(index):
                // A collection is never null (OData CSDL 4.01, 7.1).
                _json.WriteStartArray();
                _json.WriteEndArray();
                break;
            case PropertyType.Integer when _format.Ieee754Compatible && !row.IsNull(index):
                _json.WriteStringValue(row.GetInteger(index).ToString(CultureInfo.InvariantCulture));
                break;
            default:
                _features.WriteValue(row, index);
                break;
        }
    }

    /// <summary>Where a property is among those of a row.</summary>
    public static int OrdinalOf(RowCursor row, string name)
    {
        var properties = row.Columns.Properties;
        var ordinal = 0;
        while (properties[ordinal].Name != name)
        {
            ordinal++;
        }

        return ordinal;
    }

    /// <summary>The types that JSON does not tell (OData JSON 4.01, 4.5.1).</summary>
    private static string? TypeToSay(PropertyType type) => type switch
    {
        PropertyType.Integer => "#Int64",
        PropertyType.Date => "#Date",
        PropertyType.Timestamp => "#DateTimeOffset",
        PropertyType.TextArray => "#Collection(String)",
        _ => null,
    };

    private static bool IsSingle(GeometryTypes types) => int.PopCount((int)types) == 1;

    private static string GeographyType(Ewkb geometry) => geometry.Header.Type switch
    {
        OgcGeometryType.GeometryCollection => "#GeographyCollection",
        var type => $"#Geography{type}",
    };

    private static JsonEncodedText Encode(string name) => JsonEncodedText.Encode(name, JsonBody.Options.Encoder);
}
