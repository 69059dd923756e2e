namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>
/// What a stretch of text came to: a condition, a value, or, for TRUE and FALSE, either. Which was meant shows only in what follows.
/// </summary>
internal readonly record struct Term(Filter? Condition, Expression? Value, int Start);
