using System.Text.Json;
using GeoOffer.Query.Crs;
using NetTopologySuite.Geometries;

namespace GeoOffer.Query.Filters.Cql2Json;

/// <summary>Writes geometries in the form of GeoJSON, and boxes, in the axis order of their reference system.</summary>
internal sealed class GeoJsonGeometryWriter(Utf8JsonWriter json, ReferenceSystem system)
{
    public void Write(Geometry geometry)
    {
        system.Require(geometry);
        json.WriteStartObject();
        json.WriteString("type", geometry.GeometryType);
        if (geometry.OgcGeometryType == OgcGeometryType.GeometryCollection)
        {
            json.WriteStartArray("geometries");
            for (var index = 0; index < geometry.NumGeometries; index++)
            {
                Write(geometry.GetGeometryN(index));
            }

            json.WriteEndArray();
        }
        else
        {
            json.WritePropertyName("coordinates");
            WriteCoordinates(geometry);
        }

        json.WriteEndObject();
    }

    public void Write(BoundingBox box)
    {
        system.Require(box);
        json.WriteStartObject();
        json.WriteStartArray("bbox");
        foreach (var number in system.Corners(box))
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteCoordinates(Geometry geometry)
    {
        switch (geometry)
        {
            case Point point:
                WritePosition(point.Coordinate);
                break;
            case LineString line:
                json.WriteStartArray();
                foreach (var position in line.Coordinates)
                {
                    WritePosition(position);
                }

                json.WriteEndArray();
                break;
            case Polygon polygon:
                json.WriteStartArray();
                WriteCoordinates(polygon.Shell);
                foreach (var hole in polygon.Holes)
                {
                    WriteCoordinates(hole);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStartArray();
                for (var index = 0; index < geometry.NumGeometries; index++)
                {
                    WriteCoordinates(geometry.GetGeometryN(index));
                }

                json.WriteEndArray();
                break;
        }
    }

    private void WritePosition(Coordinate position)
    {
        var (first, second) = system.InOrder(position.X, position.Y);
        json.WriteStartArray();
        json.WriteNumberValue(first);
        json.WriteNumberValue(second);
        json.WriteEndArray();
    }
}
