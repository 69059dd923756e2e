using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>Holds temporal relations against the collection; texts that say dates and instants become such.</summary>
internal sealed class TemporalChecker(CheckContext context, ExpressionChecker expressions)
{
    private const string Instants = "a date or an instant";

    public TemporalRelation Check(TemporalRelation relation, string path, int depth)
    {
        var (leftNeedsLength, rightNeedsLength) = relation.Operator switch
        {
            TemporalOperator.Contains or TemporalOperator.StartedBy or TemporalOperator.FinishedBy => (true, false),
            TemporalOperator.During or TemporalOperator.Starts or TemporalOperator.Finishes => (false, true),
            TemporalOperator.Meets or TemporalOperator.MetBy or TemporalOperator.Overlaps or TemporalOperator.OverlappedBy => (true, true),
            _ => (false, false),
        };
        return relation with
        {
            Left = Span(relation.Left, $"{path}/args/0", depth, leftNeedsLength),
            Right = Span(relation.Right, $"{path}/args/1", depth, rightNeedsLength),
        };
    }

    private Expression Span(Expression expression, string path, int depth, bool needsLength)
    {
        if (expression is not Interval interval)
        {
            return Instant(expression, path, depth, needsLength ? "an interval" : "a date, an instant or an interval", isRefused: needsLength);
        }

        if (!context.Enter(path, depth + 1))
        {
            return interval;
        }

        var start = interval.Start is null ? null : Instant(interval.Start, $"{path}/interval/0", depth + 1, Instants);
        var end = interval.End is null ? null : Instant(interval.End, $"{path}/interval/1", depth + 1, Instants);
        if (start is Literal { Value: var first } && end is Literal { Value: var last }
            && TimeBounds.Start(first) is { } from && TimeBounds.End(last) is { } until && from > until)
        {
            context.Report(path, null, "an interval that does not end before it starts", $"{first} to {last}");
        }

        return new Interval(start, end);
    }

    private Expression Instant(Expression expression, string path, int depth, string expected, bool isRefused = false)
    {
        var operand = expressions.Check(expression, path, depth + 1);
        if (operand.Type.IsUnknown)
        {
            return operand.Expression;
        }

        if (!isRefused && operand.Expression is Literal { Value: Value.Text text }
            && (Value.Read(PropertyType.Date, text.Content) ?? Value.Read(PropertyType.Timestamp, text.Content)) is { } instant)
        {
            return new Literal(instant);
        }

        if (isRefused || !operand.Type.IsInstant)
        {
            context.Report(path, operand.Type.Property?.Name, expected, operand.Describe());
        }

        return operand.Expression;
    }
}
