using System.Globalization;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>Remembers where each node of a tree stands in what it was read from.</summary>
/// <typeparam name="TPlace">What says where: an offset in a text, a JSON pointer.</typeparam>
internal sealed class PlaceMap<TPlace>
    where TPlace : notnull
{
    // By identity: two equal conditions stand in two places.
    private readonly Dictionary<object, TPlace> _places = new(ReferenceEqualityComparer.Instance);

    /// <summary>Notes where a node stands; the first place counts.</summary>
    public TNode Note<TNode>(TNode node, TPlace place)
        where TNode : class
    {
        _places.TryAdd(node, place);
        return node;
    }

    /// <summary>Where the node at a path of <see cref="FilterError.Path"/> stands, or the nearest around it that is known.</summary>
    public TPlace Find(Filter root, string path)
    {
        object? node = Unwrap(root);
        var place = _places[root];
        var steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Where(step => step is not ("args" or "interval"))
            .Select(step => int.Parse(step, CultureInfo.InvariantCulture));
        foreach (var step in steps)
        {
            var child = node is null ? null : Child(node, step);
            place = child is not null && _places.TryGetValue(child, out var found) ? found : place;
            node = Unwrap(child);
        }

        return place;
    }

    /// <summary>A condition that stands as a value, and a value that stands as a condition, are no step of a path.</summary>
    private static object? Unwrap(object? node) => node switch
    {
        Truth truth => Unwrap(truth.Condition),
        Holds holds => Unwrap(holds.Expression),
        _ => node,
    };

    private static object? Child(object node, int step) => (node, step) switch
    {
        (And and, _) => and.Operands.ElementAtOrDefault(step),
        (Or or, _) => or.Operands.ElementAtOrDefault(step),
        (Not not, 0) => not.Operand,
        (Comparison comparison, 0) => comparison.Left,
        (Comparison comparison, 1) => comparison.Right,
        (Between between, 0) => between.Operand,
        (Between between, 1) => between.Low,
        (Between between, 2) => between.High,
        (In membership, 0) => membership.Operand,
        // The list itself is no node: the step into it stays, the one to its member follows.
        (In membership, 1) => new Options(membership),
        (Options options, _) => options.Of.Options.ElementAtOrDefault(step),
        (Like like, 0) => like.Operand,
        (Like like, 1) => like.Pattern,
        (IsNull isNull, 0) => isNull.Operand,
        (SpatialRelation relation, 0) => relation.Left,
        (SpatialRelation relation, 1) => relation.Right,
        (TemporalRelation relation, 0) => relation.Left,
        (TemporalRelation relation, 1) => relation.Right,
        (ArrayRelation relation, 0) => relation.Left,
        (ArrayRelation relation, 1) => relation.Right,
        (Arithmetic arithmetic, 0) => arithmetic.Left,
        (Arithmetic arithmetic, 1) => arithmetic.Right,
        (Folded folded, 0) => folded.Operand,
        (FunctionCall call, _) => call.Arguments.ElementAtOrDefault(step),
        (Interval interval, 0) => interval.Start,
        (Interval interval, 1) => interval.End,
        (ArrayExpression array, _) => array.Elements.ElementAtOrDefault(step),
        (Literal { Value: Value.TextArray texts }, _) => texts.Content.ElementAtOrDefault(step),
        _ => null,
    };

    private sealed record Options(In Of);
}
