using System.Globalization;

namespace GeoOffer.Query.Crs;

/// <summary>
/// The order in which the authority of a reference system, and so a URL or file that names it, writes the two coordinates.
/// </summary>
public enum AxisOrder
{
    /// <summary>x before y: longitude, latitude; easting, northing.</summary>
    EastNorth,

    /// <summary>y before x: latitude, longitude; northing, easting.</summary>
    NorthEast,
}

/// <summary>
/// A coordinate reference system. Inside the process coordinates are always x east, y north; <see cref="AxisOrder"/> is for what comes in
/// and goes out.
/// </summary>
/// <param name="Srid">The EPSG code that geometries carry.</param>
/// <param name="Uri">The identifier in OGC APIs.</param>
/// <param name="Name">The name the authority gives it.</param>
/// <param name="IsGeographic">Degrees of longitude and latitude, against metres.</param>
/// <param name="AxisOrder">The order of the authority.</param>
/// <param name="MinX">Least x where the system is meaningful and transforms hold.</param>
/// <param name="MinY">Least y.</param>
/// <param name="MaxX">Greatest x.</param>
/// <param name="MaxY">Greatest y.</param>
public sealed record ReferenceSystem(
    int Srid, string Uri, string Name, bool IsGeographic, AxisOrder AxisOrder, double MinX, double MinY, double MaxX, double MaxY)
{
    /// <summary>Whether a position lies in the domain; false for coordinates that are no numbers.</summary>
    public bool Contains(double x, double y) => x >= MinX && x <= MaxX && y >= MinY && y <= MaxY;

    /// <summary>The domain in words, for an error.</summary>
    public string DescribeDomain() => string.Create(
        CultureInfo.InvariantCulture, $"coordinates inside {Name}: x {MinX:R} to {MaxX:R}, y {MinY:R} to {MaxY:R}");
}
