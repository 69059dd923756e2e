using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;

namespace GeoOffer.Query.Sql;

/// <summary>Writes spatial relations, in the plane, and measures, on the ellipsoid.</summary>
internal sealed class SpatialSql(SqlBuilder builder, ColumnSql columns)
{
    private const int Degrees = 4326;

    /// <summary>Writes the operands.</summary>
    public ExpressionSql Expressions { private get; set; } = null!;

    public string Of(SpatialRelation relation)
    {
        var srid = GeometrySrid.Common(relation.Left, relation.Right, columns.Collection);
        var (left, right) = (Geometry(relation.Left, srid), Geometry(relation.Right, srid));

        // ST_Disjoint refuses geometry collections.
        return relation.Operator == SpatialOperator.Disjoint
            ? $"NOT ST_Intersects({left}, {right})"
            : $"({left} && {right} AND {Function(relation.Operator)}({left}, {right}))";
    }

    /// <summary>A function over geometries.</summary>
    public string Of(FunctionCall call) => call.Name switch
    {
        "distance" => $"ST_Distance({Geography(call.Arguments[0])}, {Geography(call.Arguments[1])})",
        "area" => $"ST_Area({Geography(call.Arguments[0])})",
        "length" => $"ST_Length({Geography(call.Arguments[0])})",
        "centroid" => $"ST_Centroid({Expressions.Of(call.Arguments[0])})",
        "buffer" when call.Arguments[1] is Literal => $"ST_Buffer({Geography(call.Arguments[0])}, {Expressions.Of(call.Arguments[1])})::geometry",
        "buffer" => $"ST_Buffer({Geography(call.Arguments[0])}, {Reach(call.Arguments[1])})::geometry",
        _ => throw new ArgumentOutOfRangeException(nameof(call), call.Name, null),
    };

    /// <summary>
    /// What narrows a comparison <c>distance(column, literal) &lt;= metres</c> by the index of the column before it is computed; null for
    /// other comparisons, and where no box holds all that is near.
    /// </summary>
    public string? NearbyBox(Comparison comparison)
    {
        var (call, limit) = comparison.Operator switch
        {
            ComparisonOperator.Less or ComparisonOperator.LessOrEqual => (comparison.Left, comparison.Right),
            ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual => (comparison.Right, comparison.Left),
            _ => (null, null),
        };
        if (call is not FunctionCall { Name: "distance" } distance
            || limit is not Literal { Value: Value.Number { Content: var metres } }
            || distance.Arguments.OfType<PropertyReference>().SingleOrDefault() is not { } column
            || distance.Arguments.OfType<GeometryLiteral>().SingleOrDefault() is not { } literal
            || columns.Collection.Geometry is not { } geometry
            || Nearby.Box(literal.Geometry, metres, geometry, columns.Collection.Extent) is not { } box)
        {
            return null;
        }

        return $"{columns.Of(column)} && {builder.AddParameter(box, SqlParameterType.Geometry)}";
    }

    private string Geometry(Expression expression, int? srid)
    {
        var geometry = Expressions.Of(expression);
        return GeometrySrid.Of(expression, columns.Collection) == srid ? geometry : $"ST_Transform({geometry}, {srid})";
    }

    private string Geography(Expression expression) => $"{Geometry(expression, Degrees)}::geography";

    /// <summary>A distance within bounds, else missing: PostGIS fails on others.</summary>
    private string Reach(Expression metres) =>
        $"(SELECT v.x FROM (SELECT {Expressions.Number(metres)} AS x OFFSET 0) AS v WHERE v.x BETWEEN 0 AND 1000000)";

    private static string Function(SpatialOperator @operator) => @operator switch
    {
        SpatialOperator.Intersects => "ST_Intersects",
        SpatialOperator.Within => "ST_Within",
        SpatialOperator.Contains => "ST_Contains",
        SpatialOperator.Touches => "ST_Touches",
        SpatialOperator.Crosses => "ST_Crosses",
        SpatialOperator.Overlaps => "ST_Overlaps",
        SpatialOperator.Equals => "ST_Equals",
        _ => throw new ArgumentOutOfRangeException(nameof(@operator), @operator, null),
    };
}
