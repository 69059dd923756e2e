using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>Makes terms, notes where they stand, and lets no tree grow higher than the checker takes it.</summary>
internal sealed class TermMaker(PlaceMap<int> map)
{
    /// <summary>A value made of parts.</summary>
    public Term Value(Expression value, int start, params ReadOnlySpan<Term> parts) =>
        new(null, map.Note(value, start), start, HeightOver(start, parts));

    /// <summary>A condition made of parts.</summary>
    public Term Condition(Filter condition, int start, params ReadOnlySpan<Term> parts) =>
        new(map.Note(condition, start), null, start, HeightOver(start, parts));

    /// <summary>TRUE or FALSE.</summary>
    public Term Truth(bool value, int start) =>
        new(map.Note(new Constant(value), start), map.Note(Literal.Of(value), start), start, 1);

    /// <summary>The term where a value stands; a condition becomes one.</summary>
    public Term AsValue(Term term) => term.Value is not null ? term : Value(Expression.Of(term.Condition!), term.Start, term);

    /// <summary>The term where a condition stands; null for a value that cannot be true or false.</summary>
    public Term? AsCondition(Term term) => term switch
    {
        { Condition: not null } => term,
        { Value: PropertyReference or FunctionCall } => Condition(Filter.Of(term.Value), term.Start, term),
        _ => null,
    };

    /// <summary>The term where a set stands: parentheses around a single element make one of it.</summary>
    public Term AsSet(Term term) => term switch
    {
        { Parentheses: > 0 } => List([AsElement(term with { Parentheses = term.Parentheses - 1 })], term.Start),
        { Value: null } => throw new SyntaxException(term.Start, "a list in parentheses, or the property that is one", "a condition"),
        _ => term,
    };

    /// <summary>
    /// The term as an element of a list or an argument. Parentheses around it make a list, except the first pair around arithmetic or a
    /// condition, which only groups.
    /// </summary>
    public Term AsElement(Term term)
    {
        var lists = term.Parentheses - (term.Value is Arithmetic || term.Value is null ? 1 : 0);
        var element = AsValue(term);
        for (var list = 0; list < lists; list++)
        {
            element = List([element], term.Start);
        }

        return element with { Parentheses = 0 };
    }

    /// <summary>A list of elements.</summary>
    public Term List(ReadOnlySpan<Term> elements, int start)
    {
        var values = ImmutableArray.CreateBuilder<Expression>(elements.Length);
        foreach (var element in elements)
        {
            values.Add(element.Value!);
        }

        var list = Expression.List(values.MoveToImmutable());
        if (list is Literal { Value: Value.TextArray { Content: var texts } })
        {
            for (var index = 0; index < texts.Length; index++)
            {
                map.Note(texts[index], elements[index].Start);
            }
        }

        return Value(list, start, elements);
    }

    private static int HeightOver(int start, ReadOnlySpan<Term> parts)
    {
        var height = 1;
        foreach (var part in parts)
        {
            height = Math.Max(height, part.Height + 1);
        }

        return height <= FilterChecker.MaximumDepth
            ? height
            : throw new SyntaxException(start, $"at most {FilterChecker.MaximumDepth} levels", "more");
    }
}
