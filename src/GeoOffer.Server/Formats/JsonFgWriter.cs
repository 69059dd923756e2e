using System.Text.Json;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Server.Formats;

/// <summary>
/// Writes rows as JSON-FG 1.0 (OGC 21-045; conformance classes "Core" and "Feature Types and Schemas"). In CRS84 the geometry is the member
/// <c>geometry</c>; in any other system it is <c>place</c>, in the axis order of the authority, and <c>geometry</c> is null or the same in CRS84.
/// </summary>
/// <param name="json">Where to.</param>
/// <param name="collection">The collection that the rows are of.</param>
/// <param name="system">The reference system of the answer.</param>
/// <param name="address">The address of the collection.</param>
internal sealed class JsonFgWriter(Utf8JsonWriter json, Collection collection, ReferenceSystem system, string address) : IFeatureWriter
{
    private const string Classes = "http://www.opengis.net/spec/json-fg-1/1.0/conf/";

    private readonly FeatureJsonWriter _inCrs84 = new(json);
    private readonly FeatureJsonWriter _inSystem = new(json, system);
    private readonly bool _hasPlace = system != CoordinateSystems.Crs84;
    private JsonFgTime? _time;

    /// <summary>Whether features outside CRS84 have a geometry in CRS84 too (profile <c>jsonfg-plus</c>).</summary>
    public required bool HasFallback { get; init; }

    /// <summary>How many of the properties of a row are shown; the others are there for <c>time</c>. Null for all.</summary>
    public int? ShownProperties { get; init; }

    /// <inheritdoc/>
    public void WriteRootMembers(bool isCollection)
    {
        json.WriteStartArray("conformsTo"u8);
        json.WriteStringValue(Classes + "core");
        json.WriteStringValue(Classes + "types-schemas");
        json.WriteEndArray();
        json.WriteString("featureType"u8, collection.Id);
        json.WriteString("featureSchema"u8, $"{address}/schema");
        if (isCollection && collection.Geometry?.Types.Dimension() is { } dimension)
        {
            json.WriteNumber("geometryDimension"u8, dimension);
        }

        if (_hasPlace)
        {
            json.WriteString("coordRefSys"u8, system.Uri);
        }
    }

    /// <inheritdoc/>
    public void WriteOpenFeature(RowCursor row)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Feature"u8);
        json.WriteString("id"u8, row.Key);
        _time ??= new JsonFgTime(collection.Time, row.Columns.Properties);
        _time.Write(json, row);
        if (!_hasPlace)
        {
            _inCrs84.WriteGeometry("geometry"u8, row);
        }
        else
        {
            _inSystem.WriteGeometry("place"u8, row);
            if (HasFallback)
            {
                _inCrs84.WriteGeometry("geometry"u8, row);
            }
            else
            {
                json.WriteNull("geometry"u8);
            }
        }

        _inCrs84.WriteProperties(row, ShownProperties ?? row.Columns.Properties.Length);
    }
}
