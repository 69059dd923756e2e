using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using GeoOffer.Domain.Json;
using NetTopologySuite.Geometries;

namespace GeoOffer.Domain.Geometries;

/// <summary>
/// Reads the seven geometry types of GeoJSON (RFC 7946) into two-dimensional geometries of SRID 4326, x east and y north. Coordinates
/// after the second of a position are checked to be numbers and dropped. Ranges and validity are the caller's concern: an importer must be
/// able to look at swapped or projected coordinates.
/// </summary>
public static class GeoJsonGeometryReader
{
    private static readonly GeometryFactory Wgs84 = new(new PrecisionModel(), 4326);

    private static readonly string[] Types =
        ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"];

    /// <summary>Reads a geometry, or the JSON null of a feature without one.</summary>
    /// <param name="element">A geometry object or null.</param>
    /// <param name="at">Where the element stands in its document, the root of the pointers of faults.</param>
    /// <param name="geometry">The geometry; null when the element is JSON null or at fault.</param>
    /// <param name="fault">The first fault, when the answer is false.</param>
    /// <param name="maxPositions">More positions than this are a fault.</param>
    /// <returns>False when the element is no geometry.</returns>
    public static bool TryRead(
        JsonElement element,
        string at,
        out Geometry? geometry,
        [NotNullWhen(false)] out GeometryFault? fault,
        int maxPositions = int.MaxValue)
    {
        (geometry, fault) = (null, null);
        if (element.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        try
        {
            geometry = ReadObject(element, at, new GeoJsonPositions(maxPositions), depth: 0);
            return true;
        }
        catch (GeometryFaultException exception)
        {
            fault = exception.Fault;
            return false;
        }
    }

    private static Geometry ReadObject(JsonElement element, string pointer, GeoJsonPositions positions, int depth)
    {
        var members = GeoJsonMembers.Of(element, pointer);
        CheckBoundingBox(members.BoundingBox, JsonText.Child(pointer, "bbox"));
        var type = members.Type(pointer);
        if (!Types.Contains(type))
        {
            throw new GeometryFaultException(
                pointer + "/type", GeometryFaultKind.UnknownType, $"one of {string.Join(", ", Types)}", JsonText.Shorten(type));
        }

        if (type == "GeometryCollection")
        {
            var geometries = GeoJsonMembers.Require(members.Geometries, "geometries", pointer);
            return ReadCollection(geometries, pointer + "/geometries", positions, depth);
        }

        var coordinates = GeoJsonMembers.Require(members.Coordinates, "coordinates", pointer);
        var at = pointer + "/coordinates";
        return type switch
        {
            "Point" => ReadPoint(coordinates, at, positions),
            "MultiPoint" => Wgs84.CreateMultiPointFromCoords(positions.Read(coordinates, at)),
            "LineString" => ReadLine(coordinates, at, positions),
            "MultiLineString" => Wgs84.CreateMultiLineString(Each(coordinates, at, positions, ReadLine)),
            "Polygon" => ReadPolygon(coordinates, at, positions),
            "MultiPolygon" => Wgs84.CreateMultiPolygon(Each(coordinates, at, positions, ReadPolygon)),
            _ => throw new UnreachableException(type),
        };
    }

    private static GeometryCollection ReadCollection(JsonElement geometries, string pointer, GeoJsonPositions positions, int depth)
    {
        const int MaxDepth = 8;
        if (depth == MaxDepth)
        {
            throw new GeometryFaultException(pointer, GeometryFaultKind.NestedTooDeep, $"at most {MaxDepth} nested collections", "more");
        }

        return Wgs84.CreateGeometryCollection(Each(geometries, pointer, positions, (item, at, all) => ReadObject(item, at, all, depth + 1)));
    }

    private static Point ReadPoint(JsonElement coordinates, string pointer, GeoJsonPositions positions)
        => GeoJsonPositions.RequireArray(coordinates, pointer, "a position").GetArrayLength() == 0
            ? Wgs84.CreatePoint()
            : Wgs84.CreatePoint(positions.ReadOne(coordinates, pointer));

    private static LineString ReadLine(JsonElement coordinates, string pointer, GeoJsonPositions positions)
    {
        var line = positions.Read(coordinates, pointer);
        return line.Length == 1
            ? throw new GeometryFaultException(pointer, GeometryFaultKind.TooFewPositions, "two or more positions", "1")
            : Wgs84.CreateLineString(line);
    }

    private static Polygon ReadPolygon(JsonElement coordinates, string pointer, GeoJsonPositions positions)
    {
        var rings = Each(coordinates, pointer, positions, ReadRing);
        return rings.Length == 0 ? Wgs84.CreatePolygon() : Wgs84.CreatePolygon(rings[0], rings[1..]);
    }

    private static LinearRing ReadRing(JsonElement coordinates, string pointer, GeoJsonPositions positions)
    {
        var ring = positions.Read(coordinates, pointer);
        if (ring.Length < 4)
        {
            throw new GeometryFaultException(pointer, GeometryFaultKind.TooFewPositions, "four or more positions in a ring", $"{ring.Length}");
        }

        if (!ring[0].Equals2D(ring[^1]))
        {
            throw new GeometryFaultException(
                JsonText.Child(pointer, ring.Length - 1), GeometryFaultKind.RingNotClosed, "the first position of the ring again", "another");
        }

        return Wgs84.CreateLinearRing(ring);
    }

    private static T[] Each<T>(
        JsonElement items, string pointer, GeoJsonPositions positions, Func<JsonElement, string, GeoJsonPositions, T> read)
    {
        var result = new T[GeoJsonPositions.RequireArray(items, pointer, "an array").GetArrayLength()];
        var index = 0;
        foreach (var item in items.EnumerateArray())
        {
            result[index] = read(item, JsonText.Child(pointer, index), positions);
            index++;
        }

        return result;
    }

    private static void CheckBoundingBox(JsonElement? bbox, string pointer)
    {
        if (bbox is not { } box)
        {
            return;
        }

        var numbers = box.ValueKind == JsonValueKind.Array && box.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number)
            ? box.GetArrayLength()
            : 0;
        if (numbers < 4 || numbers % 2 != 0)
        {
            throw new GeometryFaultException(
                pointer, GeometryFaultKind.BadBoundingBox, "two corners: 4 numbers, or 6 with heights", JsonText.Describe(box));
        }
    }
}
