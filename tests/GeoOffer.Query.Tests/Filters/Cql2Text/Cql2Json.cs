using System.Text.Json.Nodes;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using NetTopologySuite.Geometries;

namespace GeoOffer.Query.Tests.Filters.Cql2Text;

/// <summary>Writes trees as CQL2 JSON (OGC 21-065r2, clause 12), to hold them against the examples of the standard.</summary>
internal static class Cql2Json
{
    public static JsonNode Of(Filter filter) => filter switch
    {
        And and => Call("and", [.. and.Operands.Select(Of)]),
        Or or => Call("or", [.. or.Operands.Select(Of)]),
        Not not => Call("not", Of(not.Operand)),
        Constant constant => constant.Value,
        Comparison comparison => Call(Symbol(comparison.Operator), Of(comparison.Left), Of(comparison.Right)),
        Between between => Call("between", Of(between.Operand), Of(between.Low), Of(between.High)),
        In membership => Call("in", Of(membership.Operand), new JsonArray([.. membership.Options.Select(Of)])),
        Like like => Call("like", Of(like.Operand), like.Pattern),
        IsNull isNull => Call("isNull", Of(isNull.Operand)),
        SpatialRelation relation => Call($"s_{relation.Operator}".ToLowerInvariant(), Of(relation.Left), Of(relation.Right)),
        ArrayRelation { Operator: ArrayOperator.ContainedBy } relation => Call("a_containedBy", Of(relation.Left), Of(relation.Right)),
        ArrayRelation relation => Call($"a_{relation.Operator}".ToLowerInvariant(), Of(relation.Left), Of(relation.Right)),
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter.ToString(), null),
    };

    private static JsonNode Of(Expression expression) => expression switch
    {
        PropertyReference property => new JsonObject { ["property"] = property.Name },
        Literal { Value: Value.Date date } => new JsonObject { ["date"] = date.ToString() },
        Literal { Value: Value.Timestamp instant } => new JsonObject { ["timestamp"] = instant.ToString() },
        Literal { Value: Value.Integer integer } => integer.Content,
        Literal { Value: Value.Number number } => number.Content,
        Literal { Value: Value.Boolean boolean } => boolean.Content,
        Literal { Value: Value.TextArray texts } => new JsonArray([.. texts.Content.Select(text => (JsonNode)text)]),
        Literal literal => literal.Value.ToString(),
        BoundingBoxLiteral { Box: var box } => new JsonObject { ["bbox"] = new JsonArray(box.West, box.South, box.East, box.North) },
        GeometryLiteral literal => Of(literal.Geometry),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression.ToString(), null),
    };

    private static JsonObject Of(Geometry geometry) => geometry switch
    {
        { OgcGeometryType: OgcGeometryType.GeometryCollection } => new JsonObject
        {
            ["type"] = geometry.GeometryType,
            ["geometries"] = Members(geometry, Of),
        },
        _ => new JsonObject { ["type"] = geometry.GeometryType, ["coordinates"] = Coordinates(geometry) },
    };

    private static JsonArray Coordinates(Geometry geometry) => geometry switch
    {
        Point point => Position(point.Coordinate),
        LineString line => new JsonArray([.. line.Coordinates.Select(Position)]),
        Polygon polygon => new JsonArray([Coordinates(polygon.Shell), .. polygon.Holes.Select(Coordinates)]),
        _ => Members(geometry, Coordinates),
    };

    private static JsonArray Members(Geometry geometry, Func<Geometry, JsonNode> write) =>
        new([.. Enumerable.Range(0, geometry.NumGeometries).Select(index => write(geometry.GetGeometryN(index)))]);

    private static JsonArray Position(Coordinate coordinate) => new(coordinate.X, coordinate.Y);

    private static JsonObject Call(string name, params JsonArray args) => new() { ["op"] = name, ["args"] = args };

    private static string Symbol(ComparisonOperator @operator) => @operator switch
    {
        ComparisonOperator.Equal => "=",
        ComparisonOperator.NotEqual => "<>",
        ComparisonOperator.Less => "<",
        ComparisonOperator.LessOrEqual => "<=",
        ComparisonOperator.Greater => ">",
        _ => ">=",
    };
}
