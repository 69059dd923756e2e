using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NetTopologySuite.Geometries;

namespace GeoOffer.OData.Tests;

/// <summary>A product in memory; null where a value is missing.</summary>
internal sealed record Product(
    string Code, string? Name, string Brand, double? Price, double WeightKg, long? Stock, bool? IsNew, DateOnly? MadeOn, DateTimeOffset? ChangedAt, string[]? Tags, Point? Place);

/// <summary>An expression of OData and what it means: its value for a product, null for null.</summary>
internal sealed record Meaning(string Text, Func<Product, object?> Of);

/// <summary>
/// Random products and conditions with their meaning by the words of OData 4.01 Part 2, 5.1.1, from few values, so that ties and missing values
/// are common. It knows neither the library nor the house.
/// </summary>
internal static class RandomConditions
{
    private static readonly string[] Words = ["", "a", "A", "ab", "b%_", @"c\d", "o'b", "è"];
    private static readonly string[] Labels = ["x", "y", "z"];
    private static readonly double[] Numbers = [-2, -0.5, 0, 0.1, 1, 2.5, 40];
    private static readonly long[] Counts = [-3, 0, 1, 2, 40];

    public static Gen<Product> Product(string code) =>
        from name in Missing(Gen.Elements(Words))
        from brand in Gen.Elements(Words)
        from price in Gen.OneOf(Gen.Constant<double?>(null), Gen.Elements(Numbers).Select(number => (double?)number))
        from weight in Gen.Elements(Numbers)
        from stock in Gen.OneOf(Gen.Constant<long?>(null), Gen.Elements(Counts).Select(number => (long?)number))
        from isNew in Gen.Elements<bool?>(null, true, false)
        from made in Gen.OneOf(Gen.Constant<DateOnly?>(null), Days.Select(day => (DateOnly?)day))
        from changed in Gen.OneOf(Gen.Constant<DateTimeOffset?>(null), Instants.Select(instant => (DateTimeOffset?)instant))
        from tags in Gen.OneOf(Gen.Constant<string[]?>(null), Gen.SubListOf<string>(Labels).Select(labels => (string[]?)[.. labels]))
        from x in Gen.Choose(0, 4)
        from place in Gen.Elements<Point?>(null, new Point(9 + (x / 10.0), 45) { SRID = 4326 })
        select new Product(code, name, brand, price, weight, stock, isNew, made, changed, tags, place);

    public static Gen<Meaning> Condition(int depth) => depth == 0
        ? Gen.OneOf(Comparison, Comparison, NullTest, Membership, TextTest, SetTest, Spatial, Truth)
        : Gen.OneOf(
            Condition(0),
            Condition(depth - 1).Select(inner => new Meaning($"not ({inner.Text})", product => !(bool?)inner.Of(product))),
            from one in Condition(depth - 1)
            from other in Condition(depth - 1)
            from isAnd in Gen.Elements(true, false)
            select isAnd
                ? new Meaning($"({one.Text}) and ({other.Text})", product => And((bool?)one.Of(product), (bool?)other.Of(product)))
                : new Meaning($"({one.Text}) or ({other.Text})", product => !And(!(bool?)one.Of(product), !(bool?)other.Of(product))),
            from one in Condition(depth - 1)
            from other in Gen.OneOf(Truth, Gen.Constant(new Meaning("true", _ => true)), Gen.Constant(new Meaning("false", _ => false)))
            from isEqual in Gen.Elements(true, false)
            select new Meaning($"({one.Text}) {(isEqual ? "eq" : "ne")} {other.Text}", product => Equals(one.Of(product), other.Of(product)) == isEqual));

    private static Gen<DateOnly> Days => Gen.Choose(0, 3).Select(day => new DateOnly(2024, 2, 27).AddDays(day));

    private static Gen<DateTimeOffset> Instants => Gen.Choose(0, 7).Select(half => new DateTimeOffset(2024, 2, 27, 0, 0, 0, TimeSpan.Zero).AddHours(12 * half));

    private static Gen<Meaning> Truth => Gen.Constant(new Meaning("is_new", product => product.IsNew));

    private static Gen<Meaning> Number { get; } = Gen.OneOf(
        Gen.Elements(
            new Meaning("price", product => product.Price), new Meaning("weight_kg", product => product.WeightKg), new Meaning("stock", product => (double?)product.Stock),
            new Meaning("length(name)", product => (double?)product.Name?.Length), new Meaning("year(made_on)", product => (double?)product.MadeOn?.Year)),
        Gen.Elements(Numbers).Select(number => new Meaning(number.ToString("R", CultureInfo.InvariantCulture), _ => number)));

    private static Gen<Meaning> Sum { get; } = Gen.OneOf(
        Number,
        from left in Number
        from right in Number
        from sign in Gen.Elements("add", "sub", "mul")
        select new Meaning($"({left.Text} {sign} {right.Text})", product => (left.Of(product), right.Of(product)) is (double one, double other)
            ? sign switch { "add" => one + other, "sub" => one - other, _ => one * other }
            : null));

    private static Gen<Meaning> Text { get; } = Gen.OneOf(
        Gen.Elements(
            new Meaning("name", product => product.Name), new Meaning("brand", product => product.Brand), new Meaning("toupper(name)", product => product.Name?.ToUpperInvariant()),
            new Meaning("concat(name,brand)", product => product.Name is null ? null : product.Name + product.Brand)),
        Word);

    private static Gen<Meaning> Word => Gen.Elements(Words).Select(word => new Meaning($"'{word.Replace("'", "''", StringComparison.Ordinal)}'", _ => word));

    private static Gen<Meaning> Day { get; } = Gen.OneOf(
        Gen.Constant(new Meaning("made_on", product => product.MadeOn)),
        Days.Select(day => new Meaning(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), _ => day)));

    private static Gen<Meaning> Instant { get; } = Gen.OneOf(
        Gen.Constant(new Meaning("changed_at", product => product.ChangedAt)),
        Instants.Select(instant => new Meaning(instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), _ => instant)));

    private static Gen<Meaning> Comparison { get; } =
        from pair in Gen.OneOf(Pair(Sum), Pair(Sum), Pair(Text), Pair(Day), Pair(Instant), DayOfInstant)
        from sign in Gen.Elements("eq", "ne", "lt", "le", "gt", "ge")
        select new Meaning($"{pair.Item1.Text} {sign} {pair.Item2.Text}", product => Compare(pair.Item1.Of(product), sign, pair.Item2.Of(product)));

    private static Gen<(Meaning, Meaning)> DayOfInstant =>
        Days.Select(day => (
            new Meaning("date(changed_at)", product => product.ChangedAt is { } instant ? DateOnly.FromDateTime(instant.UtcDateTime) : null),
            new Meaning(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), _ => day)));

    private static Gen<Meaning> NullTest { get; } =
        from operand in Gen.OneOf(Sum, Text, Day, Truth, Gen.Constant(new Meaning("place", product => product.Place)))
        from isEqual in Gen.Elements(true, false)
        select new Meaning($"{operand.Text} {(isEqual ? "eq" : "ne")} null", product => operand.Of(product) is null == isEqual);

    private static Gen<Meaning> Membership { get; } =
        from texts in Gen.OneOf(Listed(Text, Word), Listed(Number, Gen.Elements(Numbers).Select(number => new Meaning(number.ToString("R", CultureInfo.InvariantCulture), _ => number))))
        select texts;

    private static Gen<Meaning> TextTest { get; } =
        from operand in Text
        from word in Word
        from function in Gen.Elements("contains", "startswith", "endswith")
        select new Meaning($"{function}({operand.Text},{word.Text})", product => (operand.Of(product) as string) is not { } text ? null : function switch
        {
            "contains" => text.Contains((string)word.Of(product)!, StringComparison.Ordinal),
            "startswith" => text.StartsWith((string)word.Of(product)!, StringComparison.Ordinal),
            _ => text.EndsWith((string)word.Of(product)!, StringComparison.Ordinal),
        });

    private static Gen<Meaning> SetTest { get; } =
        from one in Gen.Elements(Labels)
        from other in Gen.Elements(Labels)
        from test in Gen.Elements(
            new Meaning("tags/any()", product => product.Tags is [_, ..]),
            new Meaning($"'{one}' in tags", product => product.Tags?.Contains(one) == true),
            new Meaning($"tags/any(t: t eq '{one}' or '{other}' eq t)", product => product.Tags?.Any(tag => tag == one || tag == other) == true),
            new Meaning($"tags/any(t: t ne '{one}')", product => product.Tags?.Any(tag => tag != one) == true),
            new Meaning($"tags/all(t: t in ('{one}','{other}'))", product => product.Tags?.All(tag => tag == one || tag == other) != false),
            new Meaning($"tags/all(t: t ne '{one}' and t ne '{other}')", product => product.Tags?.All(tag => tag != one && tag != other) != false))
        select test;

    private static Gen<Meaning> Spatial { get; } =
        from x in Gen.Choose(0, 4)
        from isNear in Gen.Elements(true, false)
        select isNear
            // A tenth of a degree is near 7.9 km there.
            ? new Meaning(
                string.Create(CultureInfo.InvariantCulture, $"geo.distance(place,geography'SRID=4326;POINT({9 + (x / 10.0)} 45)') lt 10000"),
                product => product.Place is { } place && Math.Abs(place.X - 9 - (x / 10.0)) < 0.11)
            : new Meaning(
                string.Create(CultureInfo.InvariantCulture, $"geo.intersects(place,geography'SRID=4326;POLYGON((9 44,{9 + (x / 10.0) + 0.05} 44,{9 + (x / 10.0) + 0.05} 46,9 46,9 44))')"),
                product => product.Place is { } place ? place.X < 9 + (x / 10.0) + 0.05 : null);

    private static Gen<string?> Missing(Gen<string> texts) => Gen.OneOf(Gen.Constant<string?>(null), texts.Select(text => (string?)text));

    private static Gen<(Meaning, Meaning)> Pair(Gen<Meaning> side) => from left in side from right in side select (left, right);

    private static Gen<Meaning> Listed(Gen<Meaning> operand, Gen<Meaning> member) =>
        from value in operand
        from members in member.NonEmptyListOf()
        let some = members.Take(4).ToList()
        select new Meaning(
            $"{value.Text} in ({string.Join(',', some.Select(one => one.Text))})", product => some.Any(one => Equals(one.Of(product), value.Of(product))));

    private static bool? And(bool? one, bool? other) => one == false || other == false ? false : one is null || other is null ? null : true;

    private static bool Compare(object? left, string sign, object? right)
    {
        if (sign is "eq" or "ne")
        {
            return Equals(left, right) == (sign == "eq");
        }

        if (left is null || right is null)
        {
            return false;
        }

        var order = left is string text ? string.CompareOrdinal(text, (string)right) : ((IComparable)left).CompareTo(right);
        return sign switch { "lt" => order < 0, "le" => order <= 0, "gt" => order > 0, _ => order >= 0 };
    }
}
