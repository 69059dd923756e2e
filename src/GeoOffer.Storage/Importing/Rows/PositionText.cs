using System.Globalization;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>Positions in messages.</summary>
internal static class PositionText
{
    /// <summary>x and y, to a decimetre or so.</summary>
    public static string Of(Coordinate position) => string.Create(
        CultureInfo.InvariantCulture, $"{Math.Round(position.X, 6)} {Math.Round(position.Y, 6)}");
}
