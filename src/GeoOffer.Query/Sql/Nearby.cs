using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using NetTopologySuite.Geometries;

namespace GeoOffer.Query.Sql;

/// <summary>The box that holds all geometries within a distance of another one.</summary>
internal static class Nearby
{
    // The shortest degree of latitude, and the radius on which a degree of longitude is the shortest.
    private const double MetresPerLatitude = 110_574;
    private const double MetresPerLongitude = 111_319;
    private const double Safety = 1.01;

    // Longer edges of stored geometries than these are assumed not to exist where the extent does not tell.
    private const double LongestEdgeDegrees = 10;
    private const double HighestLatitude = 89;

    /// <summary>The box in the reference system of the column; null where none serves: round a pole, or beyond the domain of the system.</summary>
    /// <param name="geometry">The geometry, in degrees.</param>
    /// <param name="metres">The distance, on the ellipsoid.</param>
    /// <param name="column">The column whose index the box is for.</param>
    /// <param name="extent">Where the geometries of the column lie, if known.</param>
    public static Geometry? Box(Geometry geometry, double metres, GeometryProperty column, BoundingBox? extent)
    {
        if (metres < 0 || CoordinateSystems.Find(column.Srid) is not { } system)
        {
            return null;
        }

        var envelope = geometry.EnvelopeInternal;
        var bulge = Bulge(LongestEdge(geometry)) + (column.Types is GeometryTypes.Point or GeometryTypes.MultiPoint or (GeometryTypes.Point | GeometryTypes.MultiPoint)
            ? 0 : Bulge(StoredEdge(extent)));
        var latitudes = (metres / MetresPerLatitude * Safety) + bulge;
        var highest = Math.Max(Math.Abs(envelope.MinY), Math.Abs(envelope.MaxY)) + latitudes;
        if (!(highest < HighestLatitude))
        {
            return null;
        }

        var longitudes = ((metres / MetresPerLongitude * Safety) + bulge) / Math.Cos(double.DegreesToRadians(highest));
        var (west, east) = (envelope.MinX - longitudes, envelope.MaxX + longitudes);
        var box = west < -180 || east > 180
            ? new BoundingBox(-180, envelope.MinY - latitudes, 180, envelope.MaxY + latitudes)
            : new BoundingBox(west, envelope.MinY - latitudes, east, envelope.MaxY + latitudes);
        var image = CoordinateSystems.Between(box.Srid, column.Srid).TransformDensified(box.ToGeometries()[0]);
        return image.Coordinates.All(position => system.Contains(position.X, position.Y)) ? image : null;
    }

    /// <summary>
    /// How far in degrees the shortest way on the globe may stray from a straight line in degrees: of an edge of 90 degrees or more,
    /// anywhere.
    /// </summary>
    private static double Bulge(double edgeDegrees)
    {
        var edge = double.DegreesToRadians(edgeDegrees);
        return edgeDegrees < 90 ? double.RadiansToDegrees(edge * edge / 16) * 1.5 : double.PositiveInfinity;
    }

    private static double StoredEdge(BoundingBox? extent) => extent is { Srid: 4326, CrossesAntimeridian: false }
        ? Math.Min(LongestEdgeDegrees, extent.East - extent.West)
        : LongestEdgeDegrees;

    private static double LongestEdge(Geometry geometry)
    {
        var filter = new EdgeFilter();
        geometry.Apply(filter);
        return filter.Longest;
    }

    private sealed class EdgeFilter : ICoordinateSequenceFilter
    {
        public double Longest { get; private set; }

        public bool Done => false;

        public bool GeometryChanged => false;

        public void Filter(CoordinateSequence seq, int i)
        {
            if (i > 0)
            {
                Longest = Math.Max(Longest, Math.Abs(seq.GetX(i) - seq.GetX(i - 1)));
            }
        }
    }
}
