using System.Collections.Immutable;
using NetTopologySuite.Geometries;

namespace GeoOffer.Query.Filters;

/// <summary>
/// Holds spatial relations against the collection: literal geometries come into the reference system of what they are held against, since
/// a function on the column would defeat its index.
/// </summary>
internal sealed class SpatialChecker(CheckContext context, ExpressionChecker expressions)
{
    private readonly GeometryChecker _geometries = new(context);

    public Filter Check(SpatialRelation relation, string path, int depth)
    {
        var (leftPath, rightPath) = ($"{path}/args/0", $"{path}/args/1");
        var (one, other) = (Geometry(relation.Left, leftPath, depth), Geometry(relation.Right, rightPath, depth));
        var srid = GeometrySrid.Common(one, other, context.Collection);
        var relations =
            from left in Parts(one, leftPath, relation.Operator, srid)
            from right in Parts(other, rightPath, relation.Operator, srid)
            select (Filter)new SpatialRelation(relation.Operator, left, right);
        return relation.Operator == SpatialOperator.Disjoint ? Filter.All([.. relations]) : Filter.Any([.. relations]);
    }

    private Expression Geometry(Expression expression, string path, int depth)
    {
        var operand = expressions.Check(expression, path, depth + 1);
        if (operand.Type.Kind is not (OperandKind.Geometry or OperandKind.Unknown))
        {
            context.Report(path, operand.Type.Property?.Name, "a geometry", operand.Type.Describe());
        }

        return operand.Expression;
    }

    /// <summary>
    /// The operand in the reference system wanted. A box across the antimeridian is two geometries where the relation is that of its parts
    /// (so that each uses the index with its own narrow box), else one in two parts.
    /// </summary>
    private ImmutableArray<Expression> Parts(Expression operand, string path, SpatialOperator @operator, int? srid)
    {
        if (operand is not (BoundingBoxLiteral or GeometryLiteral))
        {
            return [operand];
        }

        if (@operator is SpatialOperator.Intersects or SpatialOperator.Disjoint)
        {
            return _geometries.Parts(operand, path, srid);
        }

        var whole = _geometries.Whole(operand, path, srid);
        if (whole is GeometryLiteral { Geometry: { IsEmpty: false } geometry } && geometry.GetType() == typeof(GeometryCollection))
        {
            context.Report(path, null, "a geometry of a single type", "a geometry collection");
        }

        return [whole];
    }
}
