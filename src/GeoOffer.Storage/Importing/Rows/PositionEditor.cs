using GeoOffer.Query.Crs;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;
using NetTopologySuite.Geometries.Utilities;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>Exchanges axes, transforms, drops heights, and states the reference system.</summary>
internal sealed class PositionEditor(Transformation? transformation, bool swapAxes)
{
    private static readonly GeometryFactory Wgs84 = new(new PrecisionModel(), 4326);

    private readonly GeometryEditor _editor = new(Wgs84);

    /// <summary>The geometry with other positions, of the same type and as many of them.</summary>
    /// <param name="geometry">The geometry.</param>
    /// <param name="positions">The positions of several geometries, one behind the other.</param>
    /// <param name="next">The place of its first among them; afterwards that behind its last.</param>
    public static Geometry Replace(Geometry geometry, CoordinateSequence positions, ref int next)
    {
        var place = next;
        var replaced = new GeometryEditor(Wgs84).Edit(geometry, new GeometryEditor.CoordinateSequenceOperation((sequence, _) =>
        {
            var others = new Coordinate[sequence.Count];
            for (var i = 0; i < others.Length; i++, place++)
            {
                others[i] = new Coordinate(positions.GetX(place), positions.GetY(place));
            }

            return new CoordinateArraySequence(others, 2, 0);
        }));
        next = place;
        return replaced;
    }

    /// <summary>The geometry in EPSG:4326, x east, of the same type.</summary>
    public Geometry Edit(Geometry geometry) =>
        transformation is null && !swapAxes && geometry.SRID == Wgs84.SRID && geometry.Coordinate?.GetType() == typeof(Coordinate)
            ? geometry
            : _editor.Edit(geometry, new GeometryEditor.CoordinateSequenceOperation((sequence, _) => Edit(sequence)));

    private CoordinateArraySequence Edit(CoordinateSequence sequence)
    {
        var edited = new Coordinate[sequence.Count];
        for (var i = 0; i < edited.Length; i++)
        {
            var (x, y) = swapAxes ? (sequence.GetY(i), sequence.GetX(i)) : (sequence.GetX(i), sequence.GetY(i));
            if (transformation is not null)
            {
                (x, y) = transformation.Transform(x, y);
            }

            edited[i] = new Coordinate(x, y);
        }

        return new CoordinateArraySequence(edited, 2, 0);
    }
}
