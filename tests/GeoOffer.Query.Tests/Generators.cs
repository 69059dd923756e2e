using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;

namespace GeoOffer.Query.Tests;

/// <summary>Random rows and filters of <see cref="Sample.Open"/>, from few values, so that ties and missing values are common.</summary>
internal static class Generators
{
    private static readonly Gen<Value?> Names = Gen.Elements<Value?>(null, new Value.Text("a"), new Value.Text("b"), new Value.Text("B"));

    private static readonly Gen<Value?> Areas = Gen.Elements<Value?>(
        null, new Value.Number(-1), new Value.Number(0), new Value.Number(40), new Value.Number(40.5));

    private static readonly Gen<Value?> Owners = Gen.Elements<Value?>(null, new Value.Integer(0), new Value.Integer(40));

    private static readonly Gen<Value?> Kinds = Gen.Elements<Value?>(new Value.Text("greenfield"), new Value.Text("brownfield"));

    private static readonly Gen<ComparisonOperator> Operators = Gen.Elements(Enum.GetValues<ComparisonOperator>());

    public static Gen<ImmutableDictionary<string, Value?>> Row { get; } =
        from name in Names
        from area in Areas
        from owners in Owners
        from kind in Kinds
        select ImmutableDictionary<string, Value?>.Empty.Add("name", name).Add("area_ha", area).Add("owner_count", owners).Add("kind", kind);

    public static Gen<Filter> Filter { get; } = Gen.Sized(size => OfDepth(Math.Min(4, size / 10)));

    private static Gen<Filter> Leaf { get; } = Gen.OneOf(
        Numeric.Zip(Numeric).Zip(Operators).Select(triple => (Filter)new Comparison(triple.Item2, triple.Item1.Item1, triple.Item1.Item2)),
        Textual.Zip(Textual).Zip(Operators).Select(triple => (Filter)new Comparison(triple.Item2, triple.Item1.Item1, triple.Item1.Item2)),
        Numeric.Zip(Numeric).Zip(Numeric).Select(triple => (Filter)new Between(triple.Item1.Item1, triple.Item1.Item2, triple.Item2)),
        Textual.Zip(Textual.ListOf()).Select(pair => (Filter)new In(pair.Item1, [.. pair.Item2])),
        Textual.Zip(Gen.Elements("", "a", "%", "_", "%b", "a_", "\\a", "\\%")).Select(pair => (Filter)new Like(pair.Item1, Literal.Of(pair.Item2))),
        Gen.Elements("name", "area_ha", "kind").Select(name => (Filter)new IsNull(new PropertyReference(name))),
        Gen.Elements(true, false).Select(value => (Filter)new Constant(value)));

    private static Gen<Expression> Numeric => Gen.OneOf(
        Gen.Elements("area_ha", "owner_count").Select(name => (Expression)new PropertyReference(name)),
        Gen.Elements(-1L, 0L, 40L).Select(number => (Expression)Literal.Of(number)),
        Gen.Elements(0.0, 40.0, 40.5).Select(number => (Expression)Literal.Of(number)));

    private static Gen<Expression> Textual => Gen.OneOf(
        Gen.Constant((Expression)new PropertyReference("name")),
        Gen.Elements("a", "b", "c").Select(text => (Expression)Literal.Of(text)));

    private static Gen<Filter> OfDepth(int depth)
    {
        if (depth == 0)
        {
            return Leaf;
        }

        var inner = OfDepth(depth - 1);
        return Gen.OneOf(
            Leaf,
            inner.ListOf().Select(operands => (Filter)new And([.. operands.Take(4)])),
            inner.ListOf().Select(operands => (Filter)new Or([.. operands.Take(4)])),
            inner.Select(operand => (Filter)new Not(operand)),
            inner.Select(operand => (Filter)new IsTrue(operand)));
    }
}
