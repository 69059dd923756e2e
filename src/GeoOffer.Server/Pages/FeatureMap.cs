using System.Globalization;
using System.Text;
using NetTopologySuite.Geometries;

namespace GeoOffer.Server.Pages;

/// <summary>Draws features as SVG, north up, with a link on each: a map that needs neither scripts nor tiles.</summary>
internal static class FeatureMap
{
    private const double Width = 960;
    private const double Margin = 12;
    private const double MostHeight = 520;

    /// <summary>The drawing; nothing where no feature has a place.</summary>
    /// <param name="features">Geometries in longitude and latitude, with the address of each feature.</param>
    /// <param name="label">What is drawn, for those who cannot see it.</param>
    public static string Draw(IReadOnlyList<(Geometry? Geometry, string Title, string Address)> features, string label)
    {
        var extent = new Envelope();
        foreach (var (geometry, _, _) in features)
        {
            extent.ExpandToInclude(geometry?.EnvelopeInternal ?? new Envelope());
        }

        if (extent.IsNull)
        {
            return "";
        }

        // Degrees of longitude shrink with the latitude.
        var shrinking = Math.Max(0.01, Math.Cos(double.DegreesToRadians((extent.MinY + extent.MaxY) / 2)));
        var (width, height) = (Math.Max(extent.Width * shrinking, 1e-4), Math.Max(extent.Height, 1e-4));
        var scale = Math.Min((Width - (2 * Margin)) / width, (MostHeight - (2 * Margin)) / height);
        var (left, top) = ((Width - (width * scale)) / 2, Margin);
        var svg = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width:0} {(height * scale) + (2 * Margin):0}\" role=\"img\" aria-label=\"{Page.Text(label)}\">"));
        foreach (var (geometry, title, address) in features)
        {
            if (geometry is { IsEmpty: false })
            {
                svg.Append("<a href=\"").Append(Page.Text(address)).Append("\"><title>").Append(Page.Text(title)).Append("</title>");
                Append(svg, geometry, position => (left + ((position.X - extent.MinX) * shrinking * scale), top + ((extent.MaxY - position.Y) * scale)));
                svg.Append("</a>");
            }
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Append(StringBuilder svg, Geometry geometry, Func<Coordinate, (double X, double Y)> place)
    {
        switch (geometry)
        {
            case Point point:
                var (x, y) = place(point.Coordinate);
                svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"4\"/>");
                break;
            case LineString line:
                svg.Append("<path class=\"line\" d=\"");
                AppendRun(svg, line.Coordinates, place);
                svg.Append("\"/>");
                break;
            case Polygon polygon:
                svg.Append("<path fill-rule=\"evenodd\" d=\"");
                foreach (var ring in polygon.Holes.Prepend(polygon.Shell))
                {
                    AppendRun(svg, ring.Coordinates, place);
                    svg.Append('Z');
                }

                svg.Append("\"/>");
                break;
            default:
                for (var index = 0; index < geometry.NumGeometries; index++)
                {
                    Append(svg, geometry.GetGeometryN(index), place);
                }

                break;
        }
    }

    /// <summary>A run of positions; those that fall on the one before are left out.</summary>
    private static void AppendRun(StringBuilder svg, Coordinate[] positions, Func<Coordinate, (double X, double Y)> place)
    {
        (double X, double Y)? before = null;
        foreach (var position in positions)
        {
            var at = place(position);
            at = (Math.Round(at.X, 1), Math.Round(at.Y, 1));
            if (at != before)
            {
                svg.Append(before is null ? 'M' : 'L').Append(CultureInfo.InvariantCulture, $"{at.X:0.#} {at.Y:0.#}");
                before = at;
            }
        }
    }
}
