using System.Collections.Immutable;
using System.Globalization;
using GeoOffer.Query.Crs;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace GeoOffer.Query.Filters;

/// <summary>Holds literal geometries against their reference systems, and brings them into the one where they are needed.</summary>
internal sealed class GeometryChecker(CheckContext context)
{
    private const int MaximumPositions = 250_000;

    /// <summary>
    /// A literal in the reference system wanted, null for its own: a box across the antimeridian as its two parts. What is wrong is
    /// reported and comes back as it is.
    /// </summary>
    public ImmutableArray<Expression> Parts(Expression literal, string path, int? srid) => literal switch
    {
        BoundingBoxLiteral { Box: var box } when CheckBox(box, path) => [.. box.ToGeometries().Select(part => Literal(part, path, srid))],
        GeometryLiteral { Geometry: var geometry } when CheckGeometry(geometry, path) => [Literal(geometry, path, srid)],
        _ => [literal],
    };

    /// <summary>The same with a box across the antimeridian as one geometry in two parts.</summary>
    public Expression Whole(Expression literal, string path, int? srid)
    {
        var parts = Parts(literal, path, srid);
        if (parts is [var only])
        {
            return only;
        }

        var geometries = parts.Select(part => ((GeometryLiteral)part).Geometry).ToArray();
        return new GeometryLiteral(geometries[0].Factory.BuildGeometry(geometries));
    }

    private GeometryLiteral Literal(Geometry geometry, string path, int? srid)
    {
        if (srid is not { } target || geometry.SRID == target)
        {
            return new GeometryLiteral(geometry);
        }

        var clipped = CommonDomain.Clip(geometry, CoordinateSystems.Get(geometry.SRID), CoordinateSystems.Get(target));
        if (CoordinateSystems.Between(geometry.SRID, target).TransformDensified(clipped, MaximumPositions) is { } image)
        {
            return new GeometryLiteral(image);
        }

        context.Report(path, null, "a geometry of shorter or fewer edges", $"one of more than {MaximumPositions} positions in EPSG:{target}");
        return new GeometryLiteral(geometry);
    }

    private bool CheckBox(BoundingBox box, string path)
    {
        if (!TryGetSystem(box.Srid, path, out var system))
        {
            return false;
        }

        if (box.FaultIn(system) is not { } fault)
        {
            return true;
        }

        context.Report(path, null, fault.Expected, fault.Got);
        return false;
    }

    private bool CheckGeometry(Geometry geometry, string path)
    {
        if (!TryGetSystem(geometry.SRID, path, out var system))
        {
            return false;
        }

        if (geometry.IsEmpty)
        {
            context.Report(path, null, "a geometry with coordinates", "an empty geometry");
            return false;
        }

        var outside = geometry.Coordinates.FirstOrDefault(coordinate => !system.Contains(coordinate.X, coordinate.Y));
        if (outside is not null)
        {
            var got = string.Create(CultureInfo.InvariantCulture, $"{outside.X:R} {outside.Y:R}");
            context.Report(path, null, system.DescribeDomain(), got);
            return false;
        }

        var validity = new IsValidOp(geometry);
        if (validity.IsValid)
        {
            return true;
        }

        var (error, at) = (validity.ValidationError.Message, validity.ValidationError.Coordinate);
        context.Report(path, null, "a valid geometry", string.Create(CultureInfo.InvariantCulture, $"{error} at {at.X:R} {at.Y:R}"));
        return false;
    }

    private bool TryGetSystem(int srid, string path, out ReferenceSystem system)
    {
        if (CoordinateSystems.Find(srid) is { } known)
        {
            system = known;
            return true;
        }

        context.Report(path, null, CoordinateSystems.DescribeKnown(), $"SRID {srid}");
        system = CoordinateSystems.Get(4326);
        return false;
    }
}
