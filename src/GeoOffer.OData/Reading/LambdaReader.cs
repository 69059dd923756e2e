using System.Collections.Immutable;
using GeoOffer.Query.Filters;
using Microsoft.OData.UriParser;

namespace GeoOffer.OData.Reading;

/// <summary>Conditions on the members of sets of texts (OData 4.01 Part 2, 5.1.1.13). A set that is missing has no members.</summary>
internal sealed class LambdaReader(ReadingContext context, ValueReader values)
{
    /// <summary>A text among the members of a set.</summary>
    public Filter Member(InNode membership, Sense sense) => (context.Bare(membership.Left), membership.Right) switch
    {
        (ConstantNode { Value: string text }, CollectionPropertyAccessNode set) => Overlap(set, [text], sense),
        _ => throw context.NotSupported("'in' with something else than a list, or a text and a set of texts"),
    };

    /// <summary>A condition on any member, or on all.</summary>
    public Filter Read(LambdaNode lambda, Sense sense)
    {
        if (lambda.Source is not CollectionPropertyAccessNode set)
        {
            throw context.NotSupported("any and all of something else than a set of texts");
        }

        var isAny = lambda is AnyNode;
        return context.Bare(lambda.Body) switch
        {
            // any() is parsed as any of true.
            ConstantNode { Value: true } when isAny => new Not(Within(set, [], sense.Negated())),
            var body when Texts(body, BinaryOperatorKind.Or, BinaryOperatorKind.Equal) is { } texts => isAny ? Overlap(set, texts, sense) : Within(set, texts, sense),
            var body when Texts(body, BinaryOperatorKind.And, BinaryOperatorKind.NotEqual) is { } texts => new Not(isAny ? Within(set, texts, sense.Negated()) : Overlap(set, texts, sense.Negated())),
            _ => throw context.NotSupported("any and all with other conditions than 'eq' joined by 'or', or 'ne' joined by 'and', with texts"),
        };
    }

    private Filter Overlap(CollectionPropertyAccessNode set, ImmutableArray<string> texts, Sense sense) =>
        Relate(ArrayOperator.Overlaps, set, texts, sense);

    private Filter Within(CollectionPropertyAccessNode set, ImmutableArray<string> texts, Sense sense) =>
        Filter.Any(new IsNull(values.Set(set)), Relate(ArrayOperator.ContainedBy, set, texts, sense));

    private Filter Relate(ArrayOperator @operator, CollectionPropertyAccessNode set, ImmutableArray<string> texts, Sense sense) =>
        new ArrayRelation(@operator, values.Set(set), Literal.Of(texts)).Closed(sense);

    /// <summary>The texts that a member is compared with; null where something else is said of it.</summary>
    private ImmutableArray<string>? Texts(QueryNode body, BinaryOperatorKind join, BinaryOperatorKind comparison)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        var waiting = new Stack<QueryNode>([body]);
        while (waiting.TryPop(out var node))
        {
            switch (context.Bare(node))
            {
                case BinaryOperatorNode link when link.OperatorKind == join:
                    waiting.Push(link.Right);
                    waiting.Push(link.Left);
                    break;
                case BinaryOperatorNode test when test.OperatorKind == comparison && Text(test) is { } text:
                    texts.Add(text);
                    break;
                default:
                    return null;
            }
        }

        return texts.ToImmutable();
    }

    private string? Text(BinaryOperatorNode test) => (context.Bare(test.Left), context.Bare(test.Right)) switch
    {
        (NonResourceRangeVariableReferenceNode, ConstantNode { Value: string text }) => text,
        (ConstantNode { Value: string text }, NonResourceRangeVariableReferenceNode) => text,
        _ => null,
    };
}
