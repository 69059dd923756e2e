namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>
/// What a stretch of text came to: a condition, a value, or, for TRUE and FALSE, either. Which was meant shows only in what follows.
/// </summary>
/// <param name="Condition">The condition.</param>
/// <param name="Value">The value.</param>
/// <param name="Start">Where it starts, in UTF-16 units.</param>
/// <param name="Height">How many levels its tree has.</param>
/// <param name="Parentheses">How many pairs it stands in: in some places they make a list of it.</param>
internal readonly record struct Term(Filter? Condition, Expression? Value, int Start, int Height, int Parentheses = 0);
