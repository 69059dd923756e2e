using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using NetTopologySuite.Geometries;

namespace GeoOffer.Query.Tests.Filters.Whole;

/// <summary>
/// The meaning of the algebra on a row in memory, by definition: null stands for unknown and for missing. It knows neither SQL nor the checker.
/// </summary>
internal sealed class FilterOracle(IReadOnlyDictionary<string, Value?> row, Geometry? place)
{
    // Near the values, so that microseconds are whole numbers in double precision.
    private static readonly DateOnly Origin = new(2023, 1, 1);

    public bool? Evaluate(Filter filter) => filter switch
    {
        Constant constant => constant.Value,
        And and => and.Operands.Select(Evaluate).Aggregate((bool?)true, Conjoin),
        Or or => !or.Operands.Select(operand => !Evaluate(operand)).Aggregate((bool?)true, Conjoin),
        Not not => !Evaluate(not.Operand),
        Holds holds => (bool?)Of(holds.Expression),
        IsNull { Operand: Truth truth } => Evaluate(truth.Condition) is null,
        IsNull isNull => Of(isNull.Operand) is null,
        Comparison comparison => Compare(comparison.Operator, Of(comparison.Left), Of(comparison.Right)),
        Between between => Conjoin(
            Compare(ComparisonOperator.GreaterOrEqual, Of(between.Operand), Of(between.Low)),
            Compare(ComparisonOperator.LessOrEqual, Of(between.Operand), Of(between.High))),
        In membership => !membership.Options.Select(option => Compare(ComparisonOperator.NotEqual, Of(membership.Operand), Of(option)))
            .Aggregate((bool?)true, Conjoin),
        Like like => Of(like.Operand) is string text ? Fits(text, (string)Of(like.Pattern)!) : null,
        SpatialRelation relation => Of(relation.Left) is Geometry left && Of(relation.Right) is Geometry right
            ? Relate(relation.Operator, left, right) : null,
        ArrayRelation relation => Of(relation.Left) is ImmutableHashSet<string> left && Of(relation.Right) is ImmutableHashSet<string> right
            ? Relate(relation.Operator, left, right) : null,
        TemporalRelation relation => Relate(relation),
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter.ToString(), null),
    };

    private object? Of(Expression expression) => expression switch
    {
        PropertyReference { Name: "place" } => place,
        PropertyReference reference => Of(row[reference.Name]),
        Literal literal => Of(literal.Value),
        GeometryLiteral literal => literal.Geometry,
        BoundingBoxLiteral literal => literal.Box.ToGeometries()[0],
        Truth truth => Evaluate(truth.Condition),
        Folded { Fold: Fold.Case } folded => (Of(folded.Operand) as string)
            ?.Replace("ß", "ss", StringComparison.Ordinal).ToLowerInvariant().Replace('ς', 'σ'),
        Folded folded => Of(folded.Operand) is string text ? WithoutAccents(text) : null,
        Arithmetic arithmetic => Of(arithmetic.Left) is double left && Of(arithmetic.Right) is double right
            ? Compute(arithmetic.Operator, left, right) : null,
        FunctionCall call => call.Arguments.Select(Of).ToArray() is var arguments && arguments.Contains(null)
            ? null : Call(call.Name.ToLowerInvariant(), arguments),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression.ToString(), null),
    };

    private static object? Of(Value? value) => value switch
    {
        null => null,
        Value.Text text => text.Content,
        Value.Integer integer => (double)integer.Content,
        Value.Number number => number.Content,
        Value.Boolean boolean => boolean.Content,
        Value.Date date => date.Content,
        Value.Timestamp instant => instant.Content,
        Value.TextArray array => array.Content.ToImmutableHashSet(),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    private static object? Compute(ArithmeticOperator @operator, double x, double y) => @operator switch
    {
        ArithmeticOperator.Add => x + y,
        ArithmeticOperator.Subtract => x - y,
        ArithmeticOperator.Multiply => x * y,
        _ when y == 0 && @operator != ArithmeticOperator.Power => null,
        ArithmeticOperator.Divide => x / y,
        ArithmeticOperator.IntegerDivide => Math.Truncate(x / y),
        ArithmeticOperator.Remainder => x - (y * Math.Truncate(x / y)),
        _ => double.IsFinite(Math.Pow(x, y)) && (Math.Pow(x, y) != 0 || x == 0) ? Math.Pow(x, y) : null,
    };

    private static object? Call(string name, object?[] arguments) => (name, arguments) switch
    {
        ("abs", [double x]) => Math.Abs(x),
        ("ceil", [double x]) => Math.Ceiling(x),
        ("floor", [double x]) => Math.Floor(x),
        ("round", [double x]) => Math.Round(x, MidpointRounding.ToEven),
        ("sqrt", [double x]) => x < 0 ? null : Math.Sqrt(x),
        ("char_length", [string text]) => (double)text.EnumerateRunes().Count(),
        ("concat", _) => string.Concat(arguments),
        ("year", [DateOnly date]) => (double)date.Year,
        ("month", [DateOnly date]) => (double)date.Month,
        ("day", [DateOnly date]) => (double)date.Day,
        (_, [DateTimeOffset instant]) => Call(name, [DateOnly.FromDateTime(instant.UtcDateTime)]),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static bool? Compare(ComparisonOperator @operator, object? left, object? right)
    {
        if (left is null || right is null)
        {
            return null;
        }

        var sign = (left, right) switch
        {
            (string one, string other) => string.CompareOrdinal(one, other),
            (DateTimeOffset instant, DateOnly day) => DateOnly.FromDateTime(instant.UtcDateTime).CompareTo(day),
            _ => Comparer<object>.Default.Compare(left, right),
        };
        return @operator switch
        {
            ComparisonOperator.Equal => sign == 0,
            ComparisonOperator.NotEqual => sign != 0,
            ComparisonOperator.Less => sign < 0,
            ComparisonOperator.LessOrEqual => sign <= 0,
            ComparisonOperator.Greater => sign > 0,
            _ => sign >= 0,
        };
    }

    private static bool Fits(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern) => pattern switch
    {
        [] => text.IsEmpty,
        ['%', .. var rest] => Fits(text, rest) || (!text.IsEmpty && Fits(text[1..], pattern)),
        ['_', .. var rest] => !text.IsEmpty && Fits(text[1..], rest),
        ['\\', var letter, .. var rest] => !text.IsEmpty && text[0] == letter && Fits(text[1..], rest),
        [var letter, .. var rest] => !text.IsEmpty && text[0] == letter && Fits(text[1..], rest),
    };

    private static string WithoutAccents(string text) => string.Concat(text.Normalize(NormalizationForm.FormD)
        .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)).Normalize(NormalizationForm.FormC);

    private static bool Relate(SpatialOperator @operator, Geometry left, Geometry right) => @operator switch
    {
        SpatialOperator.Intersects => left.Intersects(right),
        SpatialOperator.Disjoint => left.Disjoint(right),
        SpatialOperator.Within => left.Within(right),
        SpatialOperator.Contains => left.Contains(right),
        SpatialOperator.Touches => left.Touches(right),
        SpatialOperator.Crosses => left.Crosses(right),
        SpatialOperator.Overlaps => left.Overlaps(right),
        _ => left.EqualsTopologically(right),
    };

    private static bool Relate(ArrayOperator @operator, ImmutableHashSet<string> left, ImmutableHashSet<string> right) => @operator switch
    {
        ArrayOperator.Overlaps => left.Overlaps(right),
        ArrayOperator.Contains => left.IsSupersetOf(right),
        ArrayOperator.ContainedBy => left.IsSubsetOf(right),
        _ => left.SetEquals(right),
    };

    private bool? Relate(TemporalRelation relation)
    {
        var byDate = Bounds(relation.Left).Concat(Bounds(relation.Right)).OfType<Expression>().All(bound => TypeOf(bound) == PropertyType.Date);
        var (a, b) = (Span(relation.Left, byDate), Span(relation.Right, byDate));
        bool? Sign(double? one, double? other, Func<int, bool> holds) => one is null || other is null ? null : holds(one.Value.CompareTo(other.Value));
        bool? Less(double? one, double? other) => Sign(one, other, sign => sign < 0);
        bool? Same(double? one, double? other) => Sign(one, other, sign => sign == 0);

        var isMixed = relation.Left is not Interval && relation.Right is not Interval && TypeOf(relation.Left) != TypeOf(relation.Right);
        var meet = Conjoin(!Less(b.End, a.Start), !Less(a.End, b.Start));
        return relation.Operator switch
        {
            TemporalOperator.After => Less(b.End, a.Start),
            TemporalOperator.Before => Less(a.End, b.Start),
            TemporalOperator.Contains => Conjoin(Less(a.Start, b.Start), Less(b.End, a.End)),
            TemporalOperator.Disjoint => !meet,
            TemporalOperator.During => Conjoin(Less(b.Start, a.Start), Less(a.End, b.End)),
            TemporalOperator.Intersects => meet,
            TemporalOperator.Equals => isMixed ? meet : Conjoin(Same(a.Start, b.Start), Same(a.End, b.End)),
            TemporalOperator.FinishedBy => Conjoin(Less(a.Start, b.Start), Same(a.End, b.End)),
            TemporalOperator.Finishes => Conjoin(Less(b.Start, a.Start), Same(a.End, b.End)),
            TemporalOperator.Meets => Same(a.End, b.Start),
            TemporalOperator.MetBy => Same(a.Start, b.End),
            TemporalOperator.OverlappedBy => Conjoin(Conjoin(Less(b.Start, a.Start), Less(a.Start, b.End)), Less(b.End, a.End)),
            TemporalOperator.Overlaps => Conjoin(Conjoin(Less(a.Start, b.Start), Less(b.Start, a.End)), Less(a.End, b.End)),
            TemporalOperator.StartedBy => Conjoin(Same(a.Start, b.Start), Less(b.End, a.End)),
            _ => Conjoin(Same(a.Start, b.Start), Less(a.End, b.End)),
        };
    }

    private static Expression?[] Bounds(Expression expression) => expression is Interval interval ? [interval.Start, interval.End] : [expression];

    /// <summary>Start and end on one scale: days, or microseconds in which a date is a whole day.</summary>
    private (double? Start, double? End) Span(Expression expression, bool byDate)
    {
        var bounds = Bounds(expression);
        return (
            bounds[0] is { } start ? Scale(Of(start), byDate, 0) : double.NegativeInfinity,
            bounds[^1] is { } end ? Scale(Of(end), byDate, TimeSpan.MicrosecondsPerDay - 1) : double.PositiveInfinity);
    }

    private static double? Scale(object? value, bool byDate, long ofDay) => value switch
    {
        DateOnly date when byDate => date.DayNumber,
        DateOnly date => ((date.DayNumber - Origin.DayNumber) * TimeSpan.MicrosecondsPerDay) + ofDay,
        DateTimeOffset instant => (instant - new DateTimeOffset(Origin, TimeOnly.MinValue, TimeSpan.Zero)).TotalMicroseconds,
        _ => null,
    };

    private static PropertyType TypeOf(Expression bound) =>
        bound is Literal literal ? literal.Value.Type : RandomFilters.Types[((PropertyReference)bound).Name];

    private static bool? Conjoin(bool? left, bool? right) =>
        left == false || right == false ? false : left is null || right is null ? null : true;
}
