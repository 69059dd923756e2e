using Microsoft.Spatial;
using NetTopologySuite.Geometries;
using Geometry = NetTopologySuite.Geometries.Geometry;
using GeometryFactory = NetTopologySuite.Geometries.GeometryFactory;

namespace GeoOffer.OData.Reading;

/// <summary>Geographies of Microsoft's library as geometries in longitude and latitude.</summary>
internal static class GeographyReader
{
    private const int Srid = 4326;

    private static readonly GeometryFactory Factory = new(new PrecisionModel(), Srid);

    /// <summary>The geometry; whether it is valid is for the checker of filters to say.</summary>
    /// <exception cref="ODataFaultException">It is in another reference system, or of a type that no feature has.</exception>
    public static Geometry Read(Geography geography, string at, string text)
    {
        if (geography.CoordinateSystem.EpsgId != Srid)
        {
            throw new ODataFaultException(ODataFault.Malformed(at, $"a geography in SRID {Srid}", text));
        }

        try
        {
            return Read(geography);
        }
        catch (ArgumentException exception)
        {
            throw new ODataFaultException(ODataFault.Malformed(at, $"a geography that can be drawn ({exception.Message})", text));
        }
        catch (NotSupportedException)
        {
            throw new ODataFaultException(ODataFault.Malformed(at, "a point, a line, a polygon, or several", text));
        }
    }

    private static Geometry Read(Geography geography) => geography switch
    {
        GeographyPoint point => Read(point),
        GeographyLineString line => Factory.CreateLineString(Positions(line)),
        GeographyPolygon polygon => Read(polygon),
        GeographyMultiPoint points => Factory.CreateMultiPoint([.. points.Points.Select(Read)]),
        GeographyMultiLineString lines => Factory.CreateMultiLineString([.. lines.LineStrings.Select(line => Factory.CreateLineString(Positions(line)))]),
        GeographyMultiPolygon polygons => Factory.CreateMultiPolygon([.. polygons.Polygons.Select(Read)]),
        GeographyCollection all => Factory.CreateGeometryCollection([.. all.Geographies.Select(Read)]),
        _ => throw new NotSupportedException(geography.GetType().Name),
    };

    private static Point Read(GeographyPoint point) => point.IsEmpty ? Factory.CreatePoint() : Factory.CreatePoint(Position(point));

    private static Polygon Read(GeographyPolygon polygon) => polygon.Rings.Select(ring => Factory.CreateLinearRing(Positions(ring))).ToArray() is [var shell, .. var holes]
        ? Factory.CreatePolygon(shell, holes)
        : Factory.CreatePolygon();

    private static Coordinate[] Positions(GeographyLineString line) => [.. line.Points.Select(Position)];

    private static Coordinate Position(GeographyPoint point) => new(point.Longitude, point.Latitude);
}
