using FsCheck;
using FsCheck.Fluent;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;

namespace GeoOffer.PostGis.Tests;

/// <summary>Geometries and numbers such as a database may hold, with the cases that break formatters.</summary>
internal static class Generated
{
    public static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(40);

    /// <summary>Any finite double: degrees, metres, short decimals, ties between decimals, noise around zero, extremes.</summary>
    public static Gen<double> Ordinate { get; } = Gen.OneOf(
        Uniform(-180, 180),
        Uniform(-2e7, 2e7),
        from n in Gen.Choose(-1_800_000_000, 1_800_000_000) from decimals in Gen.Choose(0, 9) select n / Math.Pow(10, decimals),
        from n in Gen.Choose(-1_800_000_000, 1_800_000_000) from binary in Gen.Choose(0, 30) select n / Math.Pow(2, binary),
        from n in Gen.Choose(-18_000_000, 18_000_000) from decimals in Gen.Choose(1, 8) select ((n * 10.0) + 5) / Math.Pow(10, decimals),
        from n in Gen.Choose(-999, 999) from exponent in Gen.Choose(-25, 14) select n * Math.Pow(10, exponent),
        Gen.Elements(0, -0.0, 1e-8, -1e-8, 1.00000001e-8, 9.9999999e-9, 5e-324),
        Gen.Elements(999_999_999_999_999.9, 0.99999999, 0.5, 1.5, 2.5, 179.99999995));

    /// <summary>Geometries of all seven types, some empty or with empty members, with and without Z, M and SRID.</summary>
    public static Gen<Geometry> Geometry { get; } =
        from ordinates in Gen.Elements(Ordinates.XY, Ordinates.XY, Ordinates.XYZ, Ordinates.XYM, Ordinates.XYZM)
        from srid in Gen.Elements(0, 4326, 32632, 3857)
        from geometry in Any(new GeometryFactory(new PrecisionModel(), srid), ordinates, depth: 2)
        select geometry;

    /// <summary>Plane geometries without collections in collections, which PostGIS does not write as GeoJSON.</summary>
    public static Gen<Geometry> GeoJsonGeometry { get; } =
        from ordinates in Gen.Elements(Ordinates.XY, Ordinates.XYZ, Ordinates.XYM, Ordinates.XYZM)
        from geometry in Any(new GeometryFactory(new PrecisionModel(), 4326), ordinates, depth: 1)
        select geometry;

    public static Gen<Point> Point { get; } = PointOf(new GeometryFactory(new PrecisionModel(), 4326), Ordinates.XY);

    private static Gen<double> Uniform(double least, double most) =>
        from high in Gen.Choose(0, int.MaxValue)
        from low in Gen.Choose(0, 1 << 22)
        select least + ((most - least) * (high + (low / (double)(1 << 22))) / int.MaxValue);

    private static Gen<Geometry> Any(GeometryFactory factory, Ordinates ordinates, int depth)
    {
        var simple = Gen.OneOf(
            PointOf(factory, ordinates).Select(Widen),
            LineOf(factory, ordinates).Select(Widen),
            PolygonOf(factory, ordinates).Select(Widen),
            PointOf(factory, ordinates).ArrayOf().Select(members => Widen(factory.CreateMultiPoint(members))),
            LineOf(factory, ordinates).ArrayOf().Select(members => Widen(factory.CreateMultiLineString(members))),
            PolygonOf(factory, ordinates).ArrayOf().Select(members => Widen(factory.CreateMultiPolygon(members))));
        return depth == 0
            ? simple
            : Gen.Frequency(
                (4, simple),
                (1, Few(Any(factory, ordinates, depth - 1)).Select(members => Widen(factory.CreateGeometryCollection(members)))));
    }

    private static Gen<Point> PointOf(GeometryFactory factory, Ordinates ordinates) =>
        from sequence in Gen.Frequency((9, Sequence(ordinates, 1, 1)), (1, Sequence(ordinates, 0, 0)))
        select factory.CreatePoint(sequence);

    private static Gen<LineString> LineOf(GeometryFactory factory, Ordinates ordinates) =>
        from sequence in Gen.Frequency((9, Sequence(ordinates, 2, 8)), (1, Sequence(ordinates, 0, 0)))
        select factory.CreateLineString(sequence);

    private static Gen<Polygon> PolygonOf(GeometryFactory factory, Ordinates ordinates) => Gen.Frequency(
        (9, from shell in RingOf(factory, ordinates)
            from holes in Few(RingOf(factory, ordinates))
            select factory.CreatePolygon(shell, holes)),
        (1, Gen.Constant(0).Select(_ => factory.CreatePolygon())));

    private static Gen<LinearRing> RingOf(GeometryFactory factory, Ordinates ordinates) =>
        from open in Sequence(ordinates, 3, 8)
        select factory.CreateLinearRing(Closed(open));

    private static Gen<T[]> Few<T>(Gen<T> items) =>
        from count in Gen.Choose(0, 3)
        from array in items.ArrayOf(count)
        select array;

    private static Gen<CoordinateSequence> Sequence(Ordinates ordinates, int fewest, int most)
    {
        var (dimension, measures) = (OrdinatesUtility.OrdinatesToDimension(ordinates), OrdinatesUtility.OrdinatesToMeasures(ordinates));
        return from count in Gen.Choose(fewest, most)
               from values in Ordinate.ArrayOf(count * dimension)
               select PackedCoordinateSequenceFactory.DoubleFactory.Create(values, dimension, measures);
    }

    private static CoordinateSequence Closed(CoordinateSequence open)
    {
        var ring = PackedCoordinateSequenceFactory.DoubleFactory.Create(open.Count + 1, open.Dimension, open.Measures);
        CoordinateSequences.Copy(open, 0, ring, 0, open.Count);
        CoordinateSequences.Copy(open, 0, ring, open.Count, 1);
        return ring;
    }

    private static Geometry Widen(Geometry geometry) => geometry;
}
