using System.Globalization;
using GeoOffer.Query.Crs;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace GeoOffer.Query.Filters;

/// <summary>
/// Holds spatial relations against the collection: geometries valid, inside their reference system, and brought into that of the column,
/// since a function on the column would defeat its index.
/// </summary>
internal sealed class SpatialChecker(CheckContext context)
{
    public Filter Check(SpatialRelation relation, string path)
    {
        var (leftPath, rightPath) = ($"{path}/args/0", $"{path}/args/1");
        var srid = context.Collection.Geometry is { } geometry && (IsGeometryProperty(relation.Left) || IsGeometryProperty(relation.Right))
            ? geometry.Srid
            : SridOf(relation.Left);
        var left = Geometries(relation.Left, leftPath, relation.Operator, srid);
        var right = Geometries(relation.Right, rightPath, relation.Operator, srid);
        var relations = from one in left from other in right select (Filter)new SpatialRelation(relation.Operator, one, other);
        return relation.Operator == SpatialOperator.Disjoint ? Filter.All([.. relations]) : Filter.Any([.. relations]);
    }

    private bool IsGeometryProperty(Expression operand) =>
        operand is PropertyReference reference && reference.Name == context.Collection.Geometry?.Name;

    private static int? SridOf(Expression operand) => operand switch
    {
        GeometryLiteral literal => literal.Geometry.SRID,
        BoundingBoxLiteral literal => literal.Box.Srid,
        _ => null,
    };

    /// <summary>
    /// The operand in the reference system wanted. A box across the antimeridian is two geometries where the relation is that of its parts
    /// (so that each uses the index with its own narrow box), else one in two parts.
    /// </summary>
    private List<Expression> Geometries(Expression operand, string path, SpatialOperator @operator, int? srid)
    {
        switch (operand)
        {
            case BoundingBoxLiteral { Box: var box } when CheckBox(box, path):
                var pieces = box.ToGeometries();
                if (pieces.Length > 1 && @operator is not (SpatialOperator.Intersects or SpatialOperator.Disjoint))
                {
                    pieces = [pieces[0].Factory.BuildGeometry(pieces)];
                }

                return [.. pieces.Select(piece => Literal(piece, srid))];
            case GeometryLiteral { Geometry: var geometry } when CheckGeometry(geometry, @operator, path):
                return [Literal(geometry, srid)];
            case BoundingBoxLiteral or GeometryLiteral:
                return [operand];
            default:
                var type = context.TypeOf(operand, path);
                if (!type.IsUnknown && !type.IsGeometry)
                {
                    context.Report(path, type.Property?.Name, "a geometry", type.Describe());
                }

                return [operand];
        }
    }

    private static GeometryLiteral Literal(Geometry geometry, int? srid) => srid is { } target && geometry.SRID != target
        ? new GeometryLiteral(CoordinateSystems.Between(geometry.SRID, target).TransformDensified(geometry))
        : new GeometryLiteral(geometry);

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

    private bool CheckGeometry(Geometry geometry, SpatialOperator @operator, string path)
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

        if (geometry.GetType() == typeof(GeometryCollection) && @operator is not (SpatialOperator.Intersects or SpatialOperator.Disjoint))
        {
            context.Report(path, null, "a geometry of a single type", "a geometry collection");
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
