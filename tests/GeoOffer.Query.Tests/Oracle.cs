using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using NetTopologySuite.Geometries;

namespace GeoOffer.Query.Tests;

/// <summary>
/// The meaning of the algebra, evaluated on a row in memory by the definitions of Kleene's logic: null stands for unknown. It knows nothing
/// of SQL.
/// </summary>
internal static class Oracle
{
    public static bool? Evaluate(Filter filter, IReadOnlyDictionary<string, Value?> row, Geometry? geometry = null)
    {
        bool? Inner(Filter operand) => Evaluate(operand, row, geometry);
        Value? Of(Expression operand) => operand is Literal literal ? literal.Value : row[((PropertyReference)operand).Name];

        return filter switch
        {
            Constant constant => constant.Value,
            And and => and.Operands.Select(Inner).Aggregate((bool?)true, Conjoin),
            Or or => Negate(or.Operands.Select(Inner).Select(Negate).Aggregate((bool?)true, Conjoin)),
            Not not => Negate(Inner(not.Operand)),
            IsTrue isTrue => Inner(isTrue.Operand) == true,
            Comparison comparison => Compare(comparison.Operator, Of(comparison.Left), Of(comparison.Right)),
            TupleComparison tuples => CompareTuples(tuples.Operator, [.. tuples.Left.Select(Of)], [.. tuples.Right.Select(Of)]),
            Between between => Conjoin(
                Compare(ComparisonOperator.GreaterOrEqual, Of(between.Operand), Of(between.Low)),
                Compare(ComparisonOperator.LessOrEqual, Of(between.Operand), Of(between.High))),
            In membership => Negate(membership.Options
                .Select(option => Compare(ComparisonOperator.NotEqual, Of(membership.Operand), Of(option)))
                .Aggregate((bool?)true, Conjoin)),
            Like like => Of(like.Operand) is Value.Text text ? Fits(text.Content, ((Value.Text)Of(like.Pattern)!).Content) : null,
            IsNull { Operand: PropertyReference { Name: "geometry" } } => geometry is null,
            IsNull isNull => Of(isNull.Operand) is null,
            SpatialRelation { Operator: SpatialOperator.Intersects, Right: GeometryLiteral literal } =>
                geometry?.Intersects(literal.Geometry),
            SpatialRelation { Operator: SpatialOperator.Disjoint, Right: GeometryLiteral literal } => geometry?.Disjoint(literal.Geometry),
            _ => throw new ArgumentOutOfRangeException(nameof(filter), filter.ToString(), null),
        };
    }

    public static int Order(Value left, Value right) => (left, right) switch
    {
        (Value.Text one, Value.Text other) => string.CompareOrdinal(one.Content, other.Content),
        (Value.Boolean one, Value.Boolean other) => one.Content.CompareTo(other.Content),
        (Value.Date one, Value.Date other) => one.Content.CompareTo(other.Content),
        _ => NumberOf(left).CompareTo(NumberOf(right)),
    };

    private static bool Fits(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern) => pattern switch
    {
        [] => text.IsEmpty,
        ['%', .. var rest] => Fits(text, rest) || (!text.IsEmpty && Fits(text[1..], pattern)),
        ['_', .. var rest] => !text.IsEmpty && Fits(text[1..], rest),
        ['\\', var letter, .. var rest] => !text.IsEmpty && text[0] == letter && Fits(text[1..], rest),
        [var letter, .. var rest] => !text.IsEmpty && text[0] == letter && Fits(text[1..], rest),
    };

    private static double NumberOf(Value value) => value is Value.Integer integer ? integer.Content : ((Value.Number)value).Content;

    private static bool? Compare(ComparisonOperator @operator, Value? left, Value? right) =>
        left is null || right is null ? null : Holds(@operator, Order(left, right));

    private static bool? CompareTuples(ComparisonOperator @operator, Value?[] left, Value?[] right) =>
        Holds(@operator, left.Zip(right).Select(pair => Order(pair.First!, pair.Second!)).FirstOrDefault(sign => sign != 0));

    private static bool Holds(ComparisonOperator @operator, int sign) => @operator switch
    {
        ComparisonOperator.Equal => sign == 0,
        ComparisonOperator.NotEqual => sign != 0,
        ComparisonOperator.Less => sign < 0,
        ComparisonOperator.LessOrEqual => sign <= 0,
        ComparisonOperator.Greater => sign > 0,
        _ => sign >= 0,
    };

    private static bool? Conjoin(bool? left, bool? right) =>
        left == false || right == false ? false : left is null || right is null ? null : true;

    private static bool? Negate(bool? value) => !value;
}
