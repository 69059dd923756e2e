using System.Globalization;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>Remembers where in the text each node of a tree stands.</summary>
internal sealed class SourceMap
{
    // By identity: two equal conditions stand in two places.
    private readonly Dictionary<object, int> _starts = new(ReferenceEqualityComparer.Instance);

    /// <summary>Notes where a node starts, in UTF-16 units.</summary>
    public T Note<T>(T node, int start)
        where T : class
    {
        _starts.TryAdd(node, start);
        return node;
    }

    /// <summary>Where the node at a path of <see cref="FilterError.Path"/> starts, or the nearest around it that is known.</summary>
    public int Find(Filter root, string path)
    {
        object? node = root;
        var start = _starts.GetValueOrDefault(root);
        var steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Where(step => step != "args")
            .Select(step => int.Parse(step, CultureInfo.InvariantCulture));
        foreach (var step in steps)
        {
            node = node is null ? null : Child(node, step);
            start = node is not null && _starts.TryGetValue(node, out var found) ? found : start;
        }

        return start;
    }

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
        (Literal { Value: Value.TextArray texts }, _) => texts.Content.ElementAtOrDefault(step),
        (IsNull isNull, 0) => isNull.Operand,
        (SpatialRelation relation, 0) => relation.Left,
        (SpatialRelation relation, 1) => relation.Right,
        (ArrayRelation relation, 0) => relation.Left,
        (ArrayRelation relation, 1) => relation.Right,
        _ => null,
    };

    private sealed record Options(In Of);
}
