using GeoOffer.Query.Filters;
using GeoOffer.Query.Paging;

namespace GeoOffer.OData.Reading;

/// <summary>Tells from a condition which properties are never missing where it is true.</summary>
internal static class Presence
{
    /// <summary>
    /// The same order with missing values where indexes have them, if the condition leaves none: said of rows that are not there, the
    /// placement of OData would only keep an index from being used.
    /// </summary>
    public static SortTerm AsIndexed(this SortTerm term, Filter? condition) => condition is null || !Implies(condition, term.PropertyName)
        ? term
        : term with { Nulls = term.Direction == SortDirection.Ascending ? NullPlacement.Last : NullPlacement.First };

    private static bool Implies(Filter condition, string property) => condition switch
    {
        And and => and.Operands.Any(operand => Implies(operand, property)),
        Comparison comparison => Is(comparison.Left, property) || Is(comparison.Right, property),
        In membership => Is(membership.Operand, property),
        Not { Operand: IsNull missing } => Is(missing.Operand, property),
        _ => false,
    };

    private static bool Is(Expression expression, string property) => expression is PropertyReference reference && reference.Name == property;
}
