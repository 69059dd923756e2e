using System.Globalization;
using System.Text;
using GeoOffer.Query.Crs;
using NetTopologySuite.Geometries;

namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>Writes geometries as well-known text, and boxes, in the axis order of their reference system.</summary>
internal sealed class WellKnownGeometryWriter(StringBuilder text, ReferenceSystem system)
{
    public void Write(Geometry geometry)
    {
        system.Require(geometry);
        text.Append(geometry.GeometryType.ToUpperInvariant());
        WriteBody(geometry);
    }

    public void Write(BoundingBox box)
    {
        system.Require(box);
        text.Append("BBOX(").AppendJoin(", ", system.Corners(box).Select(Number)).Append(')');
    }

    private void WriteBody(Geometry geometry)
    {
        switch (geometry)
        {
            case Point point:
                Join([point.Coordinate], WritePosition);
                break;
            case LineString line:
                Join(line.Coordinates, WritePosition);
                break;
            case Polygon polygon:
                Join<Geometry>([polygon.Shell, .. polygon.Holes], WriteBody);
                break;
            default:
                var members = Enumerable.Range(0, geometry.NumGeometries).Select(geometry.GetGeometryN).ToList();
                Join(members, geometry.OgcGeometryType == OgcGeometryType.GeometryCollection ? Write : WriteBody);
                break;
        }
    }

    private void WritePosition(Coordinate position)
    {
        var (first, second) = system.InOrder(position.X, position.Y);
        text.Append(Number(first)).Append(' ').Append(Number(second));
    }

    private void Join<T>(IReadOnlyList<T> items, Action<T> write)
    {
        text.Append('(');
        for (var index = 0; index < items.Count; index++)
        {
            text.Append(index == 0 ? "" : ", ");
            write(items[index]);
        }

        text.Append(')');
    }

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
