using System.Globalization;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Valid;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>
/// A geometry that was not valid, made valid: areas stay areas and lines lines, and what is left of a part that has none is dropped. The
/// method is that of <c>ST_MakeValid</c> with <c>method=structure</c>, which is a translation of the one used here; in the process it costs no
/// way to the database and knows the row.
/// </summary>
/// <param name="Geometry">The geometry.</param>
/// <param name="Change">What that has changed.</param>
internal sealed record GeometryRepair(Geometry Geometry, RepairedGeometry Change)
{
    private const double SmallPercent = 1;

    /// <summary>Whether the area changes by one per cent at most.</summary>
    public bool IsSmall => Change.ChangePercent is { } percent && Math.Abs(percent) <= SmallPercent;

    /// <summary>Repairs a geometry; null when nothing valid of its dimension is left.</summary>
    /// <param name="geometry">In EPSG:4326, x east.</param>
    /// <param name="fault">What is wrong with it.</param>
    public static GeometryRepair? TryRepair(Geometry geometry, TopologyValidationError fault)
    {
        var fixedGeometry = GeometryFixer.Fix(geometry);
        if (fixedGeometry.IsEmpty || fixedGeometry.Dimension != geometry.Dimension || !fixedGeometry.IsValid)
        {
            return null;
        }

        var (before, after) = (EllipsoidalArea.SquareMetres(geometry), EllipsoidalArea.SquareMetres(fixedGeometry));
        double? percent = geometry.Dimension != Dimension.Surface ? 0 : before > 0 ? (after - before) / before * 100 : null;
        return new GeometryRepair(fixedGeometry, new RepairedGeometry(
            fault.Message, fault.Coordinate?.X, fault.Coordinate?.Y, Math.Round(before, 2), Math.Round(after, 2),
            percent is { } change ? Math.Round(change, 4) : null));
    }

    /// <summary>The change in words.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"its area {(Change.AreaBeforeM2 == Change.AreaAfterM2 ? "stays" : $"goes from {Change.AreaBeforeM2:N1} m² to")} {Change.AreaAfterM2:N1} m²")
        + (Change.ChangePercent is { } percent ? string.Create(CultureInfo.InvariantCulture, $" ({percent:+0.0###;-0.0###;0} %)") : "");
}
