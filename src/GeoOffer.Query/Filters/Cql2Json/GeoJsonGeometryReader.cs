using System.Globalization;
using System.Text.Json;
using GeoOffer.Query.Crs;
using NetTopologySuite;
using NetTopologySuite.Geometries;

namespace GeoOffer.Query.Filters.Cql2Json;

/// <summary>
/// Reads geometries in the form of GeoJSON, and boxes, in the axis order of their reference system. Heights are left out: stored
/// geometries have none, so they bound nothing.
/// </summary>
internal sealed class GeoJsonGeometryReader(ReferenceSystem system)
{
    private const string Types = "Point, LineString, Polygon, MultiPoint, MultiLineString or MultiPolygon";

    private readonly GeometryFactory _factory = NtsGeometryServices.Instance.CreateGeometryFactory(system.Srid);

    /// <summary>The geometry or box that an object is; null when it is none.</summary>
    public Expression? Read(JsonElement element, string pointer)
    {
        if (element.TryGetProperty("type", out var type))
        {
            return new GeometryLiteral(type.ValueKind == JsonValueKind.String && type.ValueEquals("GeometryCollection") ? Collection(element, pointer) : Single(element, pointer));
        }

        if (!element.TryGetProperty("bbox", out var box))
        {
            return null;
        }

        var corners = Numbers(box, $"{pointer}/bbox", "4 or 6 numbers");
        return corners.Count is 4 or 6
            ? new BoundingBoxLiteral(system.Box(corners))
            : throw new JsonFaultException($"{pointer}/bbox", "4 or 6 numbers", string.Create(CultureInfo.InvariantCulture, $"{corners.Count}"));
    }

    private GeometryCollection Collection(JsonElement element, string pointer)
    {
        if (!element.TryGetProperty("geometries", out var geometries))
        {
            throw new JsonFaultException(pointer, "geometries", "none");
        }

        return _factory.CreateGeometryCollection(
            [.. Items(geometries, $"{pointer}/geometries", 1, "an array of geometries", Single)]);
    }

    private Geometry Single(JsonElement element, string pointer)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
        {
            throw new JsonFaultException(pointer, "a geometry, whose type is a text", element);
        }

        if (!element.TryGetProperty("coordinates", out var coordinates))
        {
            throw new JsonFaultException(pointer, $"coordinates, and the type {Types}", "none");
        }

        var at = $"{pointer}/coordinates";
        return type.ValueEquals("Point") ? Spot(coordinates, at)
            : type.ValueEquals("LineString") ? Line(coordinates, at)
            : type.ValueEquals("Polygon") ? Area(coordinates, at)
            : type.ValueEquals("MultiPoint") ? _factory.CreateMultiPoint([.. Items(coordinates, at, 1, "an array of positions", Spot)])
            : type.ValueEquals("MultiLineString") ? _factory.CreateMultiLineString([.. Items(coordinates, at, 1, "an array of lines", Line)])
            : type.ValueEquals("MultiPolygon") ? _factory.CreateMultiPolygon([.. Items(coordinates, at, 1, "an array of polygons", Area)])
            : throw new JsonFaultException($"{pointer}/type", Types, type);
    }

    private Point Spot(JsonElement element, string pointer) => _factory.CreatePoint(Position(element, pointer));

    private LineString Line(JsonElement element, string pointer) =>
        _factory.CreateLineString([.. Items(element, pointer, 2, "a line of at least two positions", Position)]);

    private Polygon Area(JsonElement element, string pointer)
    {
        var rings = Items(element, pointer, 1, "an array of rings", Ring);
        return _factory.CreatePolygon(rings[0], [.. rings.Skip(1)]);
    }

    private LinearRing Ring(JsonElement element, string pointer)
    {
        var positions = Items(element, pointer, 4, "a ring of at least four positions", Position);
        return positions[0].Equals2D(positions[^1])
            ? _factory.CreateLinearRing([.. positions])
            : throw new JsonFaultException(pointer, "a ring that ends where it starts", "an open ring");
    }

    private Coordinate Position(JsonElement element, string pointer)
    {
        var numbers = Numbers(element, pointer, "a position of two or three numbers");
        if (numbers.Count < 2)
        {
            throw new JsonFaultException(pointer, "a position of two or three numbers", element);
        }

        var (x, y) = system.InOrder(numbers[0], numbers[1]);
        return new Coordinate(x, y);
    }

    private static List<double> Numbers(JsonElement element, string pointer, string expected)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw new JsonFaultException(pointer, expected, element);
        }

        var numbers = new List<double>();
        foreach (var item in element.EnumerateArray())
        {
            numbers.Add(item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var number) && double.IsFinite(number)
                ? number
                : throw new JsonFaultException(At(pointer, numbers.Count), "a finite number", item));
        }

        return numbers;
    }

    private static List<T> Items<T>(JsonElement element, string pointer, int least, string expected, Func<JsonElement, string, T> read)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() < least)
        {
            throw new JsonFaultException(pointer, expected, element);
        }

        var items = new List<T>(element.GetArrayLength());
        foreach (var item in element.EnumerateArray())
        {
            items.Add(read(item, At(pointer, items.Count)));
        }

        return items;
    }

    private static string At(string pointer, int index) => string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");
}
