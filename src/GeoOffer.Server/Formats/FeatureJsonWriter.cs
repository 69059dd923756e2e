using System.Buffers;
using System.Globalization;
using System.Text.Json;
using GeoOffer.PostGis;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Server.Http;
using GeoOffer.Storage.Exporting;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Server.Formats;

/// <summary>
/// Writes rows as GeoJSON features (RFC 7946), rings oriented by the right-hand rule; one writer per answer. In another reference system
/// than CRS84 coordinates are in the axis order of its authority (OGC API - Features Part 2, 6.2.2).
/// </summary>
/// <param name="json">Where to.</param>
/// <param name="system">The reference system of the coordinates.</param>
internal sealed class FeatureJsonWriter(Utf8JsonWriter json, ReferenceSystem system) : IFeatureWriter
{
    private const int MetricDecimals = 4;

    private static readonly GeoJsonGeometryWriter Degrees = new(orientRings: true);
    private static readonly GeoJsonGeometryWriter Metres = new(MetricDecimals, orientRings: true);

    private readonly ArrayBufferWriter<byte> _scratch = new(4096);
    private (int Srid, EwkbTransform? Way)? _way;
    private byte[] _placed = [];
    private JsonEncodedText[]? _names;

    /// <summary>A writer in CRS84.</summary>
    public FeatureJsonWriter(Utf8JsonWriter json)
        : this(json, CoordinateSystems.Crs84)
    {
    }

    /// <summary>Whether the document says its reference system as GeoJSON of 2008 did; CRS84 needs no word.</summary>
    public bool HasCrsMember { get; init; }

    /// <inheritdoc/>
    public void WriteRootMembers(bool isCollection)
    {
        if (HasCrsMember && system.Srid != CoordinateSystems.Crs84.Srid)
        {
            json.WriteStartObject("crs"u8);
            json.WriteString("type"u8, "name"u8);
            json.WriteStartObject("properties"u8);
            json.WriteString("name"u8, $"urn:ogc:def:crs:EPSG::{system.Srid}");
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    /// <inheritdoc/>
    public void WriteOpenFeature(RowCursor row)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Feature"u8);
        json.WriteString("id"u8, row.KeyUtf8);
        WriteGeometry("geometry"u8, row);
        WriteProperties(row, row.Columns.Properties.Length);
    }

    /// <summary>Writes the geometry of the row as a member.</summary>
    /// <exception cref="ExportException">It does not lie where the system holds.</exception>
    public void WriteGeometry(ReadOnlySpan<byte> name, RowCursor row)
    {
        json.WritePropertyName(name);
        try
        {
            WriteGeometryValue(row.Geometry);
        }
        catch (EwkbException exception) when (exception.Fault == EwkbFault.NotFinite)
        {
            throw new ExportException($"Feature {row.Key} does not lie where EPSG:{system.Srid} ({system.Name}) holds.");
        }
    }

    /// <summary>Writes the member <c>properties</c> with the first so many of the row.</summary>
    public void WriteProperties(RowCursor row, int count)
    {
        json.WriteStartObject("properties"u8);
        for (var index = 0; index < count; index++)
        {
            json.WritePropertyName(NameOf(row, index));
            WriteValue(row, index);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the member <c>geometry</c>, null where there is none.</summary>
    public void WriteGeometry(Ewkb? geometry)
    {
        json.WritePropertyName("geometry"u8);
        WriteGeometryValue(geometry);
    }

    private void WriteGeometryValue(Ewkb? geometry)
    {
        if (geometry is { } ewkb)
        {
            (system.IsGeographic ? Degrees : Metres).WriteRawValue(Place(ewkb), json, _scratch);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>The geometry in the system of the answer.</summary>
    private ReadOnlySpan<byte> Place(Ewkb geometry)
    {
        var srid = geometry.Header.Srid;
        if (_way is not { } way || way.Srid != srid)
        {
            _way = way = (srid, OutputTransform.Between(srid, system));
        }

        if (way.Way is not { } transform)
        {
            return geometry.Bytes.Span;
        }

        if (_placed.Length < geometry.Bytes.Length)
        {
            _placed = new byte[Math.Max(geometry.Bytes.Length, 2 * _placed.Length)];
        }

        var placed = _placed.AsSpan(0, geometry.Bytes.Length);
        geometry.Bytes.Span.CopyTo(placed);
        transform.Apply(placed);
        return placed;
    }

    /// <summary>The name of a property, escaped once for all rows.</summary>
    private JsonEncodedText NameOf(RowCursor row, int index)
    {
        _names ??= [.. row.Columns.Properties.Select(property => JsonEncodedText.Encode(property.Name, JsonBody.Options.Encoder))];
        return _names[index];
    }

    /// <summary>Writes the value of a property.</summary>
    public void WriteValue(RowCursor row, int index)
    {
        if (row.IsNull(index))
        {
            json.WriteNullValue();
            return;
        }

        switch (row.Columns.Properties[index].Type)
        {
            case PropertyType.Text:
                json.WriteStringValue(row.GetUtf8(index));
                break;
            case PropertyType.Integer:
                json.WriteNumberValue(row.GetInteger(index));
                break;
            case PropertyType.Number when row.GetNumber(index) is var number && double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case PropertyType.Number:
                // JSON has no infinity.
                json.WriteNullValue();
                break;
            case PropertyType.Boolean:
                json.WriteBooleanValue(row.GetBoolean(index));
                break;
            case PropertyType.Date:
                json.WriteStringValue(row.GetDate(index).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case PropertyType.Timestamp:
                json.WriteStringValue(row.GetTimestamp(index).UtcDateTime);
                break;
            case PropertyType.TextArray:
                WriteTexts(row.GetTexts(index));
                break;
            case var type:
                throw new InvalidOperationException($"A column of type {type} cannot be written.");
        }
    }

    private void WriteTexts(RecordTexts texts)
    {
        json.WriteStartArray();
        while (texts.MoveNext())
        {
            if (texts.IsNull)
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteStringValue(texts.Current);
            }
        }

        json.WriteEndArray();
    }
}
