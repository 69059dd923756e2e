using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>
/// Reads <c>datetime</c> (OGC API - Features Part 1, 7.15.4): an instant, or an interval <c>start/end</c> where an end that is open is
/// <c>..</c> or empty. Instants are RFC 3339, with their offset, or dates, which stand for the whole day in UTC.
/// </summary>
public static class DatetimeReader
{
    private const string Parameter = "datetime";
    private const string Expected = "an instant such as 2024-05-01 or 2024-05-01T12:00:00Z, or an interval of two with / between them, .. for an open end";

    /// <summary>Reads an instant as a literal, or an interval.</summary>
    public static Outcome<Expression, FilterError> Read(string raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        var parts = raw.Split('/');
        if (parts.Length == 1)
        {
            return ReadInstant(raw) is { } instant ? new(instant) : Fail(raw);
        }

        if (parts.Length > 2 || !TryReadEnd(parts[0], out var start) || !TryReadEnd(parts[1], out var end))
        {
            return Fail(raw);
        }

        var isReversed = start is not null && end is not null && FirstMoment(start) > FirstMoment(end);
        return isReversed ? new(new FilterError(Parameter, null, "an interval whose start is not after its end", raw)) : new(new Interval(start, end));
    }

    /// <summary>
    /// The features whose time has a moment in common with it; those of which no time is known are among them, as those without geometry are
    /// in every box. Everything where the collection has no time.
    /// </summary>
    public static Filter For(Collection collection, Expression time)
    {
        ArgumentNullException.ThrowIfNull(collection);
        if (collection.Time is not { } temporal || collection.Find(temporal.Start) is null)
        {
            return new Constant(true);
        }

        var start = new PropertyReference(temporal.Start);
        if (temporal.End is null)
        {
            return Filter.Any(new IsNull(start), new TemporalRelation(TemporalOperator.Intersects, start, time));
        }

        // An end that is missing is open.
        var end = new PropertyReference(temporal.End);
        var (from, to) = time is Interval interval ? (interval.Start, interval.End) : (time, time);
        var begins = to is null ? null : Filter.Any(new IsNull(start), new Not(new TemporalRelation(TemporalOperator.After, start, to)));
        var lasts = from is null ? null : Filter.Any(new IsNull(end), new Not(new TemporalRelation(TemporalOperator.Before, end, from)));
        return Filter.All([.. new[] { begins, lasts }.OfType<Filter>()]);
    }

    private static bool TryReadEnd(string text, out Literal? end)
    {
        end = text is "" or ".." ? null : ReadInstant(text);
        return text is "" or ".." || end is not null;
    }

    // GDAL writes dates with a T behind them, and takes a refusal for a collection without features.
    private static Literal? ReadInstant(string text) =>
        Value.Read(PropertyType.Date, text is [.. var day, 'T'] ? day : text) is { } date ? new Literal(date)
        : Value.Read(PropertyType.Timestamp, text) is { } instant ? new Literal(instant)
        : null;

    private static DateTimeOffset FirstMoment(Literal instant) => instant.Value switch
    {
        Value.Date date => new DateTimeOffset(date.Content.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
        Value.Timestamp timestamp => timestamp.Content,
        _ => throw new ArgumentOutOfRangeException(nameof(instant)),
    };

    private static Outcome<Expression, FilterError> Fail(string got) => new(new FilterError(Parameter, null, Expected, got));
}
