using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>The first and last instant of dates, which are whole days in UTC. Instants are told apart to the microsecond, as PostgreSQL does.</summary>
internal static class TimeBounds
{
    /// <summary>The first instant of a date, or the instant itself; null for other values.</summary>
    public static DateTimeOffset? Start(Value value) => value switch
    {
        Value.Date date => new DateTimeOffset(date.Content, TimeOnly.MinValue, TimeSpan.Zero),
        Value.Timestamp instant => instant.Content,
        _ => null,
    };

    /// <summary>The last instant of a date, or the instant itself; null for other values.</summary>
    public static DateTimeOffset? End(Value value) => value switch
    {
        Value.Date date => new DateTimeOffset(date.Content, LastOfDay, TimeSpan.Zero),
        Value.Timestamp instant => instant.Content,
        _ => null,
    };

    private static readonly TimeOnly LastOfDay = new(23, 59, 59, 999, 999);
}
