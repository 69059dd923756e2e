using System.Diagnostics;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace GeoOffer.Domain.Geometries;

/// <summary>Writes the polygons of briefs as GeoJSON, every coordinate as the shortest text that reads back as the same double.</summary>
internal static class GeoJsonPolygonWriter
{
    public static void Write(Utf8JsonWriter writer, Geometry? geometry)
    {
        if (geometry is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("type"u8, geometry.GeometryType);
        writer.WritePropertyName("coordinates"u8);
        switch (geometry)
        {
            case Polygon polygon:
                WriteRings(writer, polygon);
                break;
            case MultiPolygon polygons:
                writer.WriteStartArray();
                foreach (var part in polygons.Geometries)
                {
                    WriteRings(writer, (Polygon)part);
                }

                writer.WriteEndArray();
                break;
            default:
                throw new UnreachableException(geometry.GeometryType);
        }

        writer.WriteEndObject();
    }

    private static void WriteRings(Utf8JsonWriter writer, Polygon polygon)
    {
        writer.WriteStartArray();
        if (!polygon.IsEmpty)
        {
            WriteRing(writer, polygon.ExteriorRing);
            foreach (var hole in polygon.InteriorRings)
            {
                WriteRing(writer, hole);
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteRing(Utf8JsonWriter writer, LineString ring)
    {
        writer.WriteStartArray();
        var sequence = ring.CoordinateSequence;
        for (var i = 0; i < sequence.Count; i++)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(sequence.GetX(i));
            writer.WriteNumberValue(sequence.GetY(i));
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }
}
