namespace GeoOffer.PostGis.Tiles;

/// <summary>
/// The grid of one tile: whole units from its north-west corner, x east and y south, as MVT 2.1 has them. Longitude and latitude become
/// units by the formulas of EPSG:3857, in which x is linear in longitude.
/// </summary>
public sealed class TileFrame
{
    /// <summary>Units along a side.</summary>
    public const int Extent = 4096;

    /// <summary>Units by which content reaches beyond each side, so that lines do not end in sight.</summary>
    public const int Buffer = 64;

    /// <summary>Units of a pixel on a map whose tiles are 512 pixels wide.</summary>
    public const int Pixel = Extent / 512;

    /// <summary>Where the square of EPSG:3857 ends, degrees of latitude.</summary>
    public const double LastLatitude = 85.051128779806589;

    // No vertex is farther off, so that what is cut there is cut with the precision of the grid.
    private const double FarthestLatitude = 89.9;
    private const double FarthestLongitude = 540;

    private readonly double _units;
    private readonly double _left;
    private readonly double _top;

    /// <summary>The grid of a tile.</summary>
    public TileFrame(TileAddress address)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(address.Exists, false, nameof(address));
        Address = address;
        _units = Math.ScaleB(Extent, address.Zoom);
        _left = (double)address.Column * Extent;
        _top = (double)address.Row * Extent;
        Box = new EwkbExtent(Longitude(-Buffer), Latitude(Extent + Buffer), Longitude(Extent + Buffer), Latitude(-Buffer));
    }

    /// <summary>The tile.</summary>
    public TileAddress Address { get; }

    /// <summary>The tile with its buffer, degrees; beyond the edge of the world in the first and the last column.</summary>
    public EwkbExtent Box { get; }

    /// <summary>Units east of the corner.</summary>
    public double X(double longitude) => ((Math.Clamp(longitude, -FarthestLongitude, FarthestLongitude) + 180) / 360 * _units) - _left;

    /// <summary>Units south of the corner.</summary>
    public double Y(double latitude)
    {
        var sine = Math.Sin(Math.Clamp(latitude, -FarthestLatitude, FarthestLatitude) * (Math.PI / 180));
        return ((0.5 - (Math.Log((1 + sine) / (1 - sine)) / (4 * Math.PI))) * _units) - _top;
    }

    /// <summary>The longitude of a place in the grid, degrees.</summary>
    public double Longitude(double x) => ((x + _left) / _units * 360) - 180;

    /// <summary>The latitude of a place in the grid, degrees.</summary>
    public double Latitude(double y) => Math.Atan(Math.Sinh(Math.PI * (1 - (2 * (y + _top) / _units)))) * (180 / Math.PI);
}
