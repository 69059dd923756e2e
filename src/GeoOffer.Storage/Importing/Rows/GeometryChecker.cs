using GeoOffer.Query.Crs;
using GeoOffer.Storage.Importing.Fields;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>
/// Brings geometries to EPSG:4326, x east, in two dimensions, and says what is wrong with them. Coordinates are never repaired.
/// </summary>
internal sealed class GeometryChecker
{
    private const string Field = "geometry";

    private readonly GeometryRule _rule;
    private readonly ImportContext _context;
    private readonly PositionEditor _editor;
    private readonly ProjectionGuess? _guess;

    /// <exception cref="ImportRequestException">The reference system is not known.</exception>
    public GeometryChecker(ImportCollection collection, ImportRequest request, ImportContext context)
    {
        _rule = collection.Geometry;
        _context = context;
        if (request.Srid is { } srid && CoordinateSystems.Find(srid) is null)
        {
            throw new ImportRequestException("reference system", new UnknownReferenceSystemException(srid).Message);
        }

        var way = request.Srid is { } from and not 4326 ? CoordinateSystems.Between(from, 4326) : null;
        _editor = new PositionEditor(way, request.SwapAxes);
        _guess = request.Srid is null or 4326 ? new ProjectionGuess(context) : null;
    }

    /// <summary>Checks the geometry of a row, and keeps it in the row when nothing is wrong with it.</summary>
    public void Check(RowDraft row, Geometry? stated)
    {
        if (stated is null || stated.IsEmpty)
        {
            CheckMissing(row, stated is null ? "the row has no geometry" : "the geometry is empty");
            return;
        }

        var isOfType = CheckType(row, stated);
        var geometry = _editor.Edit(stated);
        if (IsPlaced(row, stated, geometry) && isOfType && IsValid(row, geometry))
        {
            row.Geometry = _rule.IsMultiPolygon && geometry is Polygon polygon ? Multi(polygon) : geometry;
        }
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

    private bool IsPlaced(RowDraft row, Geometry stated, Geometry geometry)
    {
        var box = geometry.EnvelopeInternal;
        var isDegrees = box is { MinX: >= -180, MinY: >= -90, MaxX: <= 180, MaxY: <= 90 };
        if (isDegrees && box.Intersects(_context.Extent))
        {
            return true;
        }

        var position = PositionText.Of(stated.Coordinate);
        if (_context.Extent.Intersects(new Envelope(box.MinY, box.MaxY, box.MinX, box.MaxX)))
        {
            var swapped = new Coordinate(geometry.Coordinate.Y, geometry.Coordinate.X);
            row.Reject(
                Field, position, RejectionCode.AxesSwapped,
                "axes look swapped: with latitude and longitude exchanged it lies inside the region",
                $"{PositionText.Of(swapped)} (longitude latitude)");
            return false;
        }

        if (!isDegrees)
        {
            var guess = _guess?.Of(stated.EnvelopeInternal.Centre);
            row.Reject(
                Field, position,
                guess is null ? RejectionCode.OutOfRange : RejectionCode.Projected,
                guess is null ? "no longitude (-180 to 180) and latitude (-90 to 90)" : $"not degrees: it looks like {guess.Value.Name}",
                guess?.Option);
            return false;
        }

        row.Warn(Field, position, RejectionCode.OutsideRegion, "lies outside the region");
        return true;
    }

    private static bool IsValid(RowDraft row, Geometry geometry)
    {
        var validity = new IsValidOp(geometry);
        if (validity.IsValid)
        {
            return true;
        }

        var error = validity.ValidationError;
        var place = error.Coordinate is null ? null : PositionText.Of(error.Coordinate);
        row.Reject(
            Field, place, RejectionCode.GeometryInvalid,
            $"not valid: {error.Message}{(place is null ? "" : $" at {place} (longitude latitude)")}",
            "repair it where it is kept: Fix geometries in QGIS, or ogr2ogr -makevalid");
        return false;
    }
}
