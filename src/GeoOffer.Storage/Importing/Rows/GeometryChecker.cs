using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Systems;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>Says what is wrong with geometries, and repairs those that are not valid where that is asked for.</summary>
/// <param name="collection">What they are for.</param>
/// <param name="context">What the database says.</param>
/// <param name="guess">Guesses at their system.</param>
/// <param name="mode">Whether to repair.</param>
/// <param name="register">The box in degrees that the register of the file lies in; null when that is not known.</param>
internal sealed class GeometryChecker(
    ImportCollection collection, ImportContext context, SystemGuess guess, RepairMode mode, Envelope? register = null)
{
    private const string Field = "geometry";

    // World-wide files have the antimeridian at 180.00000000000003.
    private const double RoundingDegrees = 1e-9;

    private readonly GeometryRule _rule = collection.Geometry;

    /// <summary>Whether <see cref="Check"/> will guess at the system of a geometry, so that the guess must be ready.</summary>
    public bool Guesses(SourceSystem system, Geometry? placed) =>
        placed is { IsEmpty: false, EnvelopeInternal: var box }
        && (!system.IsWgs84 || !AreDegrees(box))
        && !box.Intersects(context.Extent);

    /// <summary>Checks the geometry of a row, and keeps it in the row when nothing is wrong with it.</summary>
    /// <param name="row">The row with the geometry that the file states.</param>
    /// <param name="system">The system that it is stated in.</param>
    /// <param name="placed">The same in EPSG:4326, x east; null when its system cannot have it.</param>
    public void Check(RowDraft row, SourceSystem system, Geometry? placed)
    {
        if (row.Stated is not { IsEmpty: false } stated)
        {
            CheckMissing(row, row.Stated is null ? "the row has no geometry" : "the geometry is empty");
            return;
        }

        var isOfType = CheckType(row, stated);
        if (placed is null)
        {
            row.Reject(
                Field, PositionText.Of(stated.Coordinate), RejectionCode.OutsideDomain,
                $"{system.Describe()} cannot have such a position",
                guess.IsReady && guess.Of(stated.EnvelopeInternal.Centre) is [var likely, ..] ? likely.Fix : null);
        }
        else if (IsPlaced(row, stated, system, placed) && isOfType && Valid(row, WithinDegrees(placed)) is { } geometry)
        {
            var turned = RingOrientation.RightHanded(geometry);
            row.Geometry = _rule.IsMultiPolygon && turned is Polygon polygon ? Multi(polygon) : turned;
        }
    }

    private static bool AreDegrees(Envelope box) => box is
    {
        MinX: >= -180 - RoundingDegrees, MinY: >= -90 - RoundingDegrees, MaxX: <= 180 + RoundingDegrees, MaxY: <= 90 + RoundingDegrees,
    };

    /// <summary>The geometry with the rounding error taken off that its degrees may have.</summary>
    private static Geometry WithinDegrees(Geometry placed)
    {
        if (placed.EnvelopeInternal is { MinX: >= -180, MinY: >= -90, MaxX: <= 180, MaxY: <= 90 })
        {
            return placed;
        }

        var within = placed.Copy();
        within.Apply(new DegreeClamp());
        return within;
    }

    private static MultiPolygon Multi(Polygon polygon) => polygon.Factory.CreateMultiPolygon([polygon]);

    private void CheckMissing(RowDraft row, string reason)
    {
        if (_rule.Missing == MissingGeometry.Rejected)
        {
            row.Reject(Field, null, RejectionCode.GeometryMissing, reason);
        }
        else if (_rule.Missing == MissingGeometry.Doubtful)
        {
            row.Warn(
                Field, null, RejectionCode.GeometryMissing, $"{reason}: it will be on no map, and its distances and overlaps stay unknown");
        }
    }

    private bool CheckType(RowDraft row, Geometry stated)
    {
        if (_rule.Types.Contains(stated.OgcGeometryType))
        {
            return true;
        }

        row.Reject(
            Field, stated.GeometryType, RejectionCode.GeometryWrongType, $"expected {string.Join(" or ", _rule.Types)}",
            stated is GeometryCollection { Count: 1 } collection && _rule.Types.Contains(collection[0].OgcGeometryType)
                ? $"take the {collection[0].GeometryType} out of its collection"
                : null);
        return false;
    }

    private bool IsPlaced(RowDraft row, Geometry stated, SourceSystem system, Geometry placed)
    {
        var box = placed.EnvelopeInternal;
        var areDegrees = AreDegrees(box);
        if (areDegrees && register?.Intersects(box) == false)
        {
            RejectImplausible(row, stated, system, placed);
            return false;
        }

        if (areDegrees && box.Intersects(context.Extent))
        {
            return true;
        }

        var position = PositionText.Of(stated.Coordinate);
        if (LooksSwapped(box))
        {
            var swapped = new Coordinate(placed.Coordinate.Y, placed.Coordinate.X);
            row.Reject(
                Field, position, RejectionCode.AxesSwapped,
                "axes look swapped: with latitude and longitude exchanged it lies inside the region",
                $"{PositionText.Of(swapped)} (longitude latitude)");
            return false;
        }

        var likely = Guesses(system, placed) ? guess.Of(stated.EnvelopeInternal.Centre) : [];
        if (system.IsWgs84 && !areDegrees)
        {
            RejectMetres(row, position, likely);
            return false;
        }

        if (likely is [{ Kind: GuessKind.InRegion or GuessKind.InRegionSwapped } other, ..])
        {
            row.Reject(
                Field, position, RejectionCode.OtherSystem,
                $"as {system.Describe()} it lies outside the region, inside as {other}", other.Fix);
            return false;
        }

        row.Warn(Field, position, RejectionCode.OutsideRegion, "lies outside the region");
        return true;
    }

    /// <summary>Whether it would lie in the region with its axes exchanged. A country larger than the region was hardly meant to lie there.</summary>
    private bool LooksSwapped(Envelope box) =>
        context.Extent.Intersects(new Envelope(box.MinY, box.MaxY, box.MinX, box.MaxX))
        && box.Height <= 2 * context.Extent.Width
        && box.Width <= 2 * context.Extent.Height;

    private void RejectImplausible(RowDraft row, Geometry stated, SourceSystem system, Geometry placed)
    {
        var (position, place) = (PositionText.Of(stated.Coordinate), placed.EnvelopeInternal.Centre);
        var reason = $"as {system.Describe()} it lies at {PositionText.Of(place)}, where the register has nothing";
        if (register!.Contains(place.Y, place.X))
        {
            row.Reject(
                Field, position, RejectionCode.AxesSwapped, $"{reason}: with latitude and longitude exchanged it lies where it should",
                $"{PositionText.Of(new Coordinate(place.Y, place.X))} (longitude latitude)");
        }
        else if (!system.IsWgs84 && register.Contains(stated.EnvelopeInternal.Centre))
        {
            row.Reject(
                Field, position, RejectionCode.OtherSystem,
                $"{reason}: the coordinates are longitude and latitude already", "--crs EPSG:4326");
        }
        else
        {
            row.Reject(Field, position, RejectionCode.OutsideRegister, reason);
        }
    }

    private static void RejectMetres(RowDraft row, string position, IReadOnlyList<GuessedSystem> likely)
    {
        if (likely.Count == 0)
        {
            row.Reject(Field, position, RejectionCode.OutOfRange, "no longitude (-180 to 180) and latitude (-90 to 90)");
            return;
        }

        var reason = likely[0].Kind == GuessKind.Elsewhere
            ? $"could be {string.Join(" or ", likely.Take(2))}"
            : $"looks like {likely[0]}";
        row.Reject(
            Field, position,
            likely[0].Kind == GuessKind.Geocentric ? RejectionCode.Geocentric : RejectionCode.Projected,
            $"not degrees: it {reason}", likely[0].Fix);
    }

    /// <summary>The geometry as it is, or as it was repaired; null when it is rejected.</summary>
    private Geometry? Valid(RowDraft row, Geometry geometry)
    {
        var validity = new IsValidOp(geometry);
        if (validity.IsValid)
        {
            return geometry;
        }

        var error = validity.ValidationError;
        var place = error.Coordinate is null ? null : PositionText.Of(error.Coordinate);
        var fault = $"{error.Message}{(place is null ? "" : $" at {place} (longitude latitude)")}";
        var repair = mode == RepairMode.None ? null : GeometryRepair.TryRepair(geometry, error);
        if (repair is null || !_rule.Types.Contains(repair.Geometry.OgcGeometryType))
        {
            row.Reject(
                Field, place, RejectionCode.GeometryInvalid, $"not valid: {fault}",
                mode == RepairMode.None
                    ? "import it with --repair, or repair it where it is kept"
                    : "no repair leaves anything of its kind: repair it where it is kept");
            return null;
        }

        if (mode == RepairMode.SmallChanges && !repair.IsSmall)
        {
            row.Reject(
                Field, place, RejectionCode.GeometryInvalid, $"not valid: {fault}; when it is repaired {repair}",
                "accept the change with --repair=any, or repair it where it is kept");
            return null;
        }

        row.Warn(
            Field, place, RejectionCode.GeometryRepaired, $"was not valid: {fault}; repaired, {repair}", repair: repair.Change);
        return repair.Geometry;
    }
}

/// <summary>Moves positions onto the globe.</summary>
file sealed class DegreeClamp : IEntireCoordinateSequenceFilter
{
    /// <inheritdoc />
    public bool Done => false;

    /// <inheritdoc />
    public bool GeometryChanged => true;

    /// <inheritdoc />
    public void Filter(CoordinateSequence positions)
    {
        for (var index = 0; index < positions.Count; index++)
        {
            positions.SetX(index, Math.Clamp(positions.GetX(index), -180, 180));
            positions.SetY(index, Math.Clamp(positions.GetY(index), -90, 90));
        }
    }
}
