using NetTopologySuite.Geometries;

namespace GeoOffer.Query.Crs;

/// <summary>
/// Cuts what is to be searched off where a projected system ends: beyond it the projection has no image, or a wrong one, and nothing is
/// stored there.
/// </summary>
internal static class CommonDomain
{
    private const int WebMercator = 3857;

    /// <summary>The part of a valid geometry that lies in the domain of another system, as it is when it lies there whole; it may be empty.</summary>
    public static Geometry Clip(Geometry geometry, ReferenceSystem from, ReferenceSystem to)
    {
        // The other systems are of one zone, and their domains are the same.
        if (to.IsGeographic || !(from.IsGeographic || from.Srid == WebMercator))
        {
            return geometry;
        }

        var domain = Domain(from, to);
        if (domain.Contains(geometry.EnvelopeInternal))
        {
            return geometry;
        }

        var parts = Members(geometry).SelectMany(member => Clip(member, domain));
        var clipped = geometry.Factory.BuildGeometry([.. parts]);
        clipped.SRID = geometry.SRID;
        return clipped;
    }

    /// <summary>The domain along its middle lines: about eleven degrees either side of the meridian of a transverse one.</summary>
    private static Envelope Domain(ReferenceSystem from, ReferenceSystem to)
    {
        var back = CoordinateSystems.Between(to.Srid, from.Srid);
        var (x, y) = ((to.MinX + to.MaxX) / 2, (to.MinY + to.MaxY) / 2);
        var (west, east) = (back.Transform(to.MinX, y).X, back.Transform(to.MaxX, y).X);
        var (south, north) = (back.Transform(x, to.MinY).Y, back.Transform(x, to.MaxY).Y);
        return new Envelope(Math.Max(west, from.MinX), Math.Min(east, from.MaxX), Math.Max(south, from.MinY), Math.Min(north, from.MaxY));
    }

    private static IEnumerable<Geometry> Clip(Geometry single, Envelope domain) => single switch
    {
        Point point => domain.Contains(point.Coordinate) ? [point] : [],
        // Not by an overlay, which would seek every crossing of the line with itself.
        LineString line => Sections(line.Coordinates, domain).Where(section => section.Count > 1)
            .Select(section => line.Factory.CreateLineString([.. section])),
        _ => Members(single.Intersection(single.Factory.ToGeometry(domain))).OfType<Polygon>().Where(part => !part.IsEmpty),
    };

    /// <summary>The stretches of a line inside the domain.</summary>
    private static List<List<Coordinate>> Sections(Coordinate[] line, Envelope domain)
    {
        var sections = new List<List<Coordinate>> { new() };
        for (var index = 1; index < line.Length; index++)
        {
            if (Inside(line[index - 1], line[index], domain) is not var (enter, leave))
            {
                continue;
            }

            if (sections[^1].Count == 0 || !sections[^1][^1].Equals2D(enter))
            {
                sections.Add([enter]);
            }

            sections[^1].Add(leave);
        }

        return sections;
    }

    /// <summary>The stretch of an edge inside the domain, after Liang and Barsky; null where it has none of any length.</summary>
    private static (Coordinate Enter, Coordinate Leave)? Inside(Coordinate start, Coordinate end, Envelope domain)
    {
        var (dx, dy, enter, leave) = (end.X - start.X, end.Y - start.Y, 0.0, 1.0);
        (double Step, double Room)[] sides =
            [(-dx, start.X - domain.MinX), (dx, domain.MaxX - start.X), (-dy, start.Y - domain.MinY), (dy, domain.MaxY - start.Y)];
        foreach (var (step, room) in sides)
        {
            if (step == 0 && room < 0)
            {
                return null;
            }

            enter = step < 0 ? Math.Max(enter, room / step) : enter;
            leave = step > 0 ? Math.Min(leave, room / step) : leave;
        }

        return enter < leave ? (At(enter), At(leave)) : null;

        Coordinate At(double part) => part switch
        {
            0 => start,
            1 => end,
            _ => new Coordinate(start.X + (part * dx), start.Y + (part * dy)),
        };
    }

    private static IEnumerable<Geometry> Members(Geometry geometry) =>
        Enumerable.Range(0, geometry.NumGeometries).Select(geometry.GetGeometryN);
}
