using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis;

/// <summary>Checks a whole geometry before anything is built or written from it.</summary>
internal static class EwkbStructure
{
    /// <summary>Checks counts, types, members, depth and the end; positions too where <paramref name="requireFinite"/>.</summary>
    /// <exception cref="EwkbException">The bytes are no simple feature.</exception>
    public static void Check(ReadOnlySpan<byte> ewkb, bool requireFinite = false)
    {
        var cursor = new EwkbCursor(ewkb);
        CheckGeometry(ref cursor, OgcGeometryType.GeometryCollection, 0, requireFinite);
        cursor.ExpectEnd();
    }

    /// <summary>The type that the members of a multi-geometry must have; null where it is no multi-geometry.</summary>
    public static OgcGeometryType? MemberType(OgcGeometryType type) => type switch
    {
        OgcGeometryType.MultiPoint => OgcGeometryType.Point,
        OgcGeometryType.MultiLineString => OgcGeometryType.LineString,
        OgcGeometryType.MultiPolygon => OgcGeometryType.Polygon,
        _ => null,
    };

    private static void CheckGeometry(ref EwkbCursor cursor, OgcGeometryType parent, int depth, bool requireFinite)
    {
        var start = cursor.ByteOffset;
        var header = cursor.ReadHeader();
        if (MemberType(parent) is { } expected && header.Type != expected)
        {
            throw new EwkbException(EwkbFault.UnexpectedMember, start);
        }

        if (depth > EwkbCursor.MaxDepth)
        {
            throw new EwkbException(EwkbFault.TooDeep, start);
        }

        switch (header.Type)
        {
            case OgcGeometryType.Point:
                CheckPositions(cursor.ReadPoint(header), start, requireFinite);
                break;
            case OgcGeometryType.LineString:
                CheckPositions(cursor.ReadPositions(header), start, requireFinite);
                break;
            case OgcGeometryType.Polygon:
                for (var rings = cursor.ReadRingCount(); rings > 0; rings--)
                {
                    CheckPositions(cursor.ReadPositions(header), start, requireFinite);
                }

                break;
            default:
                for (var members = cursor.ReadMemberCount(); members > 0; members--)
                {
                    CheckGeometry(ref cursor, header.Type, depth + 1, requireFinite);
                }

                break;
        }
    }

    private static void CheckPositions(EwkbPositions positions, int byteOffset, bool requireFinite)
    {
        for (var i = 0; requireFinite && i < positions.Count; i++)
        {
            if (!double.IsFinite(positions.X(i)) || !double.IsFinite(positions.Y(i)))
            {
                throw new EwkbException(EwkbFault.NotFinite, byteOffset);
            }
        }
    }
}
