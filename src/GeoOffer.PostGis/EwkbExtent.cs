using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis;

/// <summary>The least rectangle around geometries, found without building them.</summary>
/// <param name="MinX">Least x; positive infinity where there is no position.</param>
/// <param name="MinY">Least y.</param>
/// <param name="MaxX">Greatest x.</param>
/// <param name="MaxY">Greatest y.</param>
public readonly record struct EwkbExtent(double MinX, double MinY, double MaxX, double MaxY)
{
    /// <summary>The extent of nothing.</summary>
    public static EwkbExtent Empty { get; } =
        new(double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity);

    /// <summary>Whether there is no position in it.</summary>
    public bool IsEmpty => !(MinX <= MaxX);

    /// <summary>The extent of a geometry.</summary>
    /// <exception cref="EwkbException">The bytes are no simple feature.</exception>
    public static EwkbExtent Of(ReadOnlySpan<byte> ewkb)
    {
        EwkbStructure.Check(ewkb);
        var cursor = new EwkbCursor(ewkb);
        var extent = Empty;
        Add(ref cursor, ref extent);
        return extent;
    }

    /// <summary>The extent of both.</summary>
    public EwkbExtent With(in EwkbExtent other) => new(
        Math.Min(MinX, other.MinX), Math.Min(MinY, other.MinY), Math.Max(MaxX, other.MaxX), Math.Max(MaxY, other.MaxY));

    private static void Add(ref EwkbCursor cursor, ref EwkbExtent extent)
    {
        var header = cursor.ReadHeader();
        switch (header.Type)
        {
            case OgcGeometryType.Point:
                Add(cursor.ReadPoint(header), ref extent);
                break;
            case OgcGeometryType.LineString:
                Add(cursor.ReadPositions(header), ref extent);
                break;
            case OgcGeometryType.Polygon:
                for (var rings = cursor.ReadRingCount(); rings > 0; rings--)
                {
                    Add(cursor.ReadPositions(header), ref extent);
                }

                break;
            default:
                for (var members = cursor.ReadMemberCount(); members > 0; members--)
                {
                    Add(ref cursor, ref extent);
                }

                break;
        }
    }

    private static void Add(EwkbPositions positions, ref EwkbExtent extent)
    {
        var (minX, minY, maxX, maxY) = extent;
        for (var index = 0; index < positions.Count; index++)
        {
            var (x, y) = (positions.X(index), positions.Y(index));
            minX = x < minX ? x : minX;
            minY = y < minY ? y : minY;
            maxX = x > maxX ? x : maxX;
            maxY = y > maxY ? y : maxY;
        }

        extent = new EwkbExtent(minX, minY, maxX, maxY);
    }
}
