using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Filters;
using NetTopologySuite.Geometries;
using Interval = GeoOffer.Query.Filters.Interval;
using Property = GeoOffer.Query.Catalogue.Property;

namespace GeoOffer.Query.Tests.Filters.Whole;

/// <summary>
/// Random rows and filters of every kind over one collection, from few values, so that ties and missing values are common. The filters fit
/// the collection, and both encodings of CQL2 can say them.
/// </summary>
internal static class RandomFilters
{
    private static readonly ImmutableArray<string> Words =
        ["", "Milano", "MILANO", "Straße", "STRASSE", "strasse", "Éclair", "eclair", "e\u0301clair", "ΟΔΟΣ", "οδος", "50%_x", @"a\b", "a'b", "ì", "Ì"];

    private static readonly ImmutableArray<string> Tags = ["a", "b", "C"];

    public static readonly ImmutableDictionary<string, PropertyType> Types = ImmutableDictionary.CreateRange<string, PropertyType>(
    [
        new("name", PropertyType.Text), new("alias", PropertyType.Text), new("area", PropertyType.Number), new("depth", PropertyType.Number),
        new("owners", PropertyType.Integer), new("served", PropertyType.Boolean), new("opened", PropertyType.Date),
        new("verified", PropertyType.Date), new("updated", PropertyType.Timestamp), new("closed", PropertyType.Timestamp),
        new("tags", PropertyType.TextArray),
    ]);

    public static readonly Collection Collection = new()
    {
        Id = "things",
        Title = new Localized("Cose", "Things"),
        Description = new Localized("Cose", "Things"),
        Relation = new Relation("public", "thing"),
        Key = new("id", "id", PropertyType.Text, new Localized("id", "id")) { Nullable = false },
        Properties = [.. Types.OrderBy(type => type.Key).Select(type => new Property(type.Key, $"c_{type.Key}", type.Value, new Localized(type.Key, type.Key)))],
        Geometry = new GeometryProperty("place", "geom", 4326, GeometryTypes.Any),
    };

    private static readonly Gen<Value> DateValues =
        Gen.Choose(0, 4).Select(day => (Value)new Value.Date(new DateOnly(2023, 1, 30).AddDays(day)));

    private static readonly Gen<Value> InstantValues = Gen.Elements(0, 43_200_000_000, TimeSpan.MicrosecondsPerDay - 1, TimeSpan.MicrosecondsPerDay, 3 * TimeSpan.MicrosecondsPerDay)
        .Select(microseconds => (Value)new Value.Timestamp(new DateTimeOffset(2023, 1, 30, 0, 0, 0, TimeSpan.Zero).AddMicroseconds(microseconds)));

    private static readonly Gen<double> Numbers = Gen.Elements(-2, -0.5, 0.0, 1, 1.5, 2, 40, 1e6);

    private static readonly Gen<Geometry> Shapes = Gen.OneOf(
        from x in Grid from y in Grid select Wkt($"POINT({x} {y})"),
        from x in Grid from y in Grid from w in Gen.Choose(1, 3) from h in Gen.Choose(0, 3) select Wkt($"LINESTRING({x} {y},{x + w} {y + h})"),
        from x in Grid
        from y in Grid
        from w in Gen.Choose(1, 3)
        from h in Gen.Choose(1, 3)
        select Wkt($"POLYGON(({x} {y},{x + w} {y},{x + w} {y + h},{x} {y + h},{x} {y}))"));

    private static Gen<int> Grid => Gen.Choose(0, 5);

    /// <summary>A row: values by property, null where missing; and its geometry.</summary>
    public static Gen<(ImmutableDictionary<string, Value?> Values, Geometry? Place)> Row { get; } =
        from values in Types.Aggregate(
            Gen.Constant(ImmutableDictionary<string, Value?>.Empty),
            (row, type) => row.Zip(ValueOf(type.Value).OrNull()).Select(pair => pair.Item1.Add(type.Key, pair.Item2)))
        from place in Shapes.OrNull()
        select (values, (Geometry?)place);

    public static Gen<Filter> Filter { get; } = Gen.Choose(0, 3).SelectMany(Condition);

    private static Gen<Value> ValueOf(PropertyType type) => type switch
    {
        PropertyType.Text => Gen.Elements<string>(Words).Select(word => (Value)new Value.Text(word)),
        PropertyType.Number => Numbers.Select(number => (Value)new Value.Number(number)),
        PropertyType.Integer => Gen.Elements(-3L, 0L, 2L, 40L).Select(number => (Value)new Value.Integer(number)),
        PropertyType.Boolean => Gen.Elements(true, false).Select(value => (Value)new Value.Boolean(value)),
        PropertyType.Date => DateValues,
        PropertyType.Timestamp => InstantValues,
        _ => Gen.SubListOf<string>(Tags).Select(tags => (Value)new Value.TextArray([.. tags])),
    };

    private static Gen<Filter> Condition(int depth)
    {
        var leaf = Gen.OneOf(Comparisons(depth), Texts(depth), Times, Places, Sets, Missing(depth), Properties);
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Condition(depth - 1);
        return Gen.Frequency(
            (4, leaf),
            (2, inner.Two().Select(pair => Query.Filters.Filter.All(pair.Item1, pair.Item2))),
            (2, inner.Two().Select(pair => Query.Filters.Filter.Any(pair.Item1, pair.Item2))),
            (1, inner.Select(operand => (Filter)new Not(operand))));
    }

    private static Gen<Filter> Properties => Gen.Elements(new Holds(new PropertyReference("served")), (Filter)new Constant(true), new Constant(false));

    private static Gen<Filter> Comparisons(int depth)
    {
        var operators = Gen.Elements(Enum.GetValues<ComparisonOperator>());
        Gen<Filter> Of(Gen<Expression> operand) =>
            from @operator in operators from pair in operand.Two() select (Filter)new Comparison(@operator, pair.Item1, pair.Item2);

        var truths = depth == 0
            ? Operand(PropertyType.Boolean)
            : Gen.OneOf(Operand(PropertyType.Boolean), Condition(depth - 1).Select(condition => Expression.Of(condition)));
        return Gen.OneOf(
            Of(Numeric(2)),
            Of(Operand(PropertyType.Date)),
            from @operator in operators
            from instant in Gen.Elements("updated", "closed")
            from value in Gen.OneOf(InstantValues, DateValues)
            select (Filter)new Comparison(@operator, new PropertyReference(instant), new Literal(value)),
            Of(truths),
            Numeric(1).Three().Select(range => (Filter)new Between(range.Item1, range.Item2, range.Item3)),
            Numeric(1).Zip(Numeric(0).NonEmptyListOf()).Select(pair => (Filter)new In(pair.Item1, [.. pair.Item2.Take(3)])));
    }

    private static Gen<Expression> Operand(PropertyType type) => Gen.OneOf(
        Gen.Elements<Expression>([.. Types.Where(property => property.Value == type).Select(property => new PropertyReference(property.Key)).OrderBy(reference => reference.Name)]),
        ValueOf(type).Select(value => (Expression)new Literal(value)));

    private static Gen<Expression> Numeric(int depth)
    {
        var leaf = Gen.OneOf(Operand(PropertyType.Number), Operand(PropertyType.Integer));
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Numeric(depth - 1);
        return Gen.Frequency(
            (3, leaf),
            (3, from @operator in Gen.Elements(Enum.GetValues<ArithmeticOperator>())
                from pair in inner.Two()
                select (Expression)new Arithmetic(@operator, pair.Item1, pair.Item2)),
            (1, from name in Gen.Elements("abs", "CEIL", "floor", "round", "sqrt") from number in inner select (Expression)Call(name, number)),
            (1, from name in Gen.Elements("year", "Month", "day")
                from instant in Gen.Elements("opened", "updated")
                select (Expression)Call(name, new PropertyReference(instant))),
            (1, Textual(0).Select(text => (Expression)Call("char_length", text))));
    }

    private static Gen<Expression> Textual(int depth)
    {
        var leaf = Operand(PropertyType.Text);
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Textual(depth - 1);
        return Gen.OneOf(
            leaf,
            from fold in Gen.Elements(Enum.GetValues<Fold>()) from text in inner select (Expression)new Folded(fold, text),
            inner.Two().Select(pair => (Expression)Call("concat", pair.Item1, pair.Item2)));
    }

    private static Gen<Filter> Texts(int depth)
    {
        _ = depth;
        var patterns = Gen.Elements("", "%", "_ilano", "m%O", "50\\%\\_%", "%\\\\%", "STRA__E", "stra%", "%CL\\air", "Ο%Σ", "_", "__").Select(
            pattern => (Expression)Literal.Of(pattern));
        var folded = from first in Gen.Elements(Enum.GetValues<Fold>())
                     from second in Gen.Elements(Enum.GetValues<Fold>())
                     from text in Textual(0)
                     from pattern in patterns
                     select (Filter)new Like(new Folded(first, new Folded(second, text)), new Folded(second, new Folded(first, pattern)));
        return Gen.OneOf(
            from @operator in Gen.Elements(Enum.GetValues<ComparisonOperator>())
            from pair in Textual(2).Two()
            select (Filter)new Comparison(@operator, pair.Item1, pair.Item2),
            Textual(1).Zip(patterns).Select(pair => (Filter)new Like(pair.Item1, pair.Item2)),
            folded,
            Textual(1).Zip(Textual(1).NonEmptyListOf()).Select(pair => (Filter)new In(pair.Item1, [.. pair.Item2.Take(3)])));
    }

    private static Gen<Filter> Times
    {
        get
        {
            var instants = Gen.OneOf(Operand(PropertyType.Date), Operand(PropertyType.Timestamp));
            var intervals =
                from dates in DateValues.Two()
                from instant in InstantValues
                from form in Gen.Choose(0, 6)
                let pair = new[] { dates.Item1, dates.Item2 }.OrderBy(date => ((Value.Date)date).Content).Select(date => new Literal(date)).ToArray()
                let sorted = (First: pair[0], Last: pair[1])
                select (Expression)(form switch
                {
                    0 => new Interval(null, sorted.Last),
                    1 => new Interval(sorted.First, null),
                    2 => new Interval(sorted.First, sorted.Last),
                    3 => new Interval(new PropertyReference("opened"), new PropertyReference("verified")),
                    4 => new Interval(new PropertyReference("updated"), new PropertyReference("closed")),
                    5 => new Interval(new PropertyReference("opened"), new PropertyReference("closed")),
                    _ => new Interval(null, new Literal(instant)),
                });
            return Gen.OneOf(
                from @operator in Gen.Elements(Enum.GetValues<TemporalOperator>())
                from pair in intervals.Two()
                select (Filter)new TemporalRelation(@operator, pair.Item1, pair.Item2),
                from @operator in Gen.Elements(TemporalOperator.After, TemporalOperator.Before, TemporalOperator.Disjoint, TemporalOperator.Equals, TemporalOperator.Intersects)
                from left in instants
                from right in Gen.OneOf(instants, intervals)
                select (Filter)new TemporalRelation(@operator, left, right),
                from @operator in Gen.Elements(TemporalOperator.During, TemporalOperator.Starts, TemporalOperator.Finishes)
                from left in instants
                from right in intervals
                select (Filter)new TemporalRelation(@operator, left, right));
        }
    }

    private static Gen<Filter> Places
    {
        get
        {
            var boxes = from x in Grid
                        from y in Grid
                        from w in Gen.Choose(0, 3)
                        from h in Gen.Choose(0, 3)
                        select (Expression)new BoundingBoxLiteral(new BoundingBox(x, y, x + w, y + h));
            var place = Gen.Constant((Expression)new PropertyReference("place"));
            var literal = Gen.OneOf(boxes, Shapes.Select(shape => (Expression)new GeometryLiteral(shape)));
            return from @operator in Gen.Elements(Enum.GetValues<SpatialOperator>())
                   from sides in Gen.OneOf(place.Zip(literal), literal.Zip(place), place.Zip(place), literal.Zip(literal))
                   select (Filter)new SpatialRelation(@operator, sides.Item1, sides.Item2);
        }
    }

    private static Gen<Filter> Sets
    {
        get
        {
            var sets = Operand(PropertyType.TextArray);
            return from @operator in Gen.Elements(Enum.GetValues<ArrayOperator>())
                   from pair in sets.Two()
                   select (Filter)new ArrayRelation(@operator, pair.Item1, pair.Item2);
        }
    }

    private static Gen<Filter> Missing(int depth) => Gen.OneOf(
        Gen.Elements<string>([.. Types.Keys, "place"]).Select(name => (Filter)new IsNull(new PropertyReference(name))),
        Numeric(2).Select(number => (Filter)new IsNull(number)),
        depth == 0 ? Textual(1).Select(text => (Filter)new IsNull(text)) : Condition(depth - 1).Select(condition => (Filter)new IsNull(Expression.Of(condition))));

    private static FunctionCall Call(string name, params ImmutableArray<Expression> arguments) => new(name, arguments);

    private static Geometry Wkt(string text)
    {
        var geometry = new NetTopologySuite.IO.WKTReader().Read(text);
        geometry.SRID = 4326;
        return geometry;
    }
}
