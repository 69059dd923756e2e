using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Sql;
using NetTopologySuite.Geometries;
using static GeoOffer.Query.Tests.Sample;

namespace GeoOffer.Query.Tests.Filters;

public sealed partial class AlgebraProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1000);

    [Fact]
    public void Checking_keeps_the_meaning() => Prop.ForAll(
        Generators.Filter.Zip(Generators.Row).ToArbitrary(),
        pair =>
        {
            var (filter, row) = pair;
            return Oracle.Evaluate(FilterChecker.Check(filter, Open).Value.Root, row) == Oracle.Evaluate(filter, row);
        }).Check(Thorough);

    [Fact]
    public void All_and_any_are_conjunction_and_disjunction() => Prop.ForAll(
        Generators.Filter.ListOf().Zip(Generators.Row).ToArbitrary(),
        pair =>
        {
            var (filters, row) = pair;
            return Oracle.Evaluate(Filter.All([.. filters]), row) == Oracle.Evaluate(new And([.. filters]), row)
                && Oracle.Evaluate(Filter.Any([.. filters]), row) == Oracle.Evaluate(new Or([.. filters]), row);
        }).Check(Thorough);

    [Fact]
    public void Equal_trees_are_written_the_same_and_checking_twice_changes_nothing() => Prop.ForAll(
        Generators.Filter.ToArbitrary(),
        filter =>
        {
            var once = FilterChecker.Check(filter, Open).Value.Root;
            var twice = FilterChecker.Check(once, Open).Value.Root;
            return once.Equals(twice) && once.GetHashCode() == twice.GetHashCode() && once.ToString() == twice.ToString();
        }).Check(Thorough);

    [Fact]
    public void No_value_is_ever_part_of_the_text() => Prop.ForAll(
        Gen.Elements("'; DROP TABLE site; --", "\"", "$1", "\\", "%", "\r\n", "€")
            .Zip(ArbMap.Default.GeneratorFor<NonNull<string>>())
            .ToArbitrary(),
        pair =>
        {
            var text = new string([.. (pair.Item1 + pair.Item2.Get).Where(letter => letter != '\0' && !char.IsSurrogate(letter))]);
            var hostile = Literal.Of(text);
            var filter = new And([
                Equal("name", hostile),
                new In(Reference("name"), [hostile, hostile]),
                new Between(Reference("name"), hostile, hostile),
                new ArrayRelation(ArrayOperator.Overlaps, Reference("tags"), Literal.Of([text])),
            ]);
            var tagged = Open with { Properties = Open.Properties.Add(new("tags", "tags", PropertyType.TextArray, Title("tags"))) };
            var builder = new SqlBuilder();
            FilterSql.Append(builder, FilterChecker.Check(filter, tagged).Value, "t");

            return builder.Build().Text ==
                """(t."name_it" = $1 AND t."name_it" IN ($2, $3) AND t."name_it" BETWEEN $4 AND $5 AND t."tags" && $6)""";
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Placeholders_and_parameters_agree() => Prop.ForAll(
        Generators.Filter.ToArbitrary(),
        filter =>
        {
            var builder = new SqlBuilder();
            FilterSql.Append(builder, FilterChecker.Check(filter, Open).Value, "t");
            var sql = builder.Build();
            return Placeholder().Matches(sql.Text).Select(match => match.Value)
                .SequenceEqual(Enumerable.Range(1, sql.Parameters.Length).Select(number => $"${number}"));
        }).Check(Thorough);

    [Fact]
    public void A_box_takes_what_lies_in_it_and_what_lies_nowhere()
    {
        var longitudes = Gen.Choose(-180, 180).Select(degrees => (double)degrees);
        var latitudes = Gen.Choose(-90, 90).Select(degrees => (double)degrees);
        var cases =
            from west in longitudes
            from east in longitudes
            from one in latitudes
            from other in latitudes
            from x in longitudes
            from y in latitudes
            select (Box: new BoundingBox(west, Math.Min(one, other), east, Math.Max(one, other)), X: x, Y: y);

        Prop.ForAll(
            cases.ToArbitrary(),
            sample =>
            {
                var (box, x, y) = sample;
                var isBetweenMeridians = box.West <= box.East ? x >= box.West && x <= box.East : x >= box.West || x <= box.East;
                var inside = isBetweenMeridians && y >= box.South && y <= box.North;
                var filter = FilterChecker.Check(BboxFilter.For(Open, box), Open).Value.Root;
                return Oracle.Evaluate(filter, NoProperties, new Point(x, y)) == inside && Oracle.Evaluate(filter, NoProperties) == true;
            }).Check(Thorough);
    }

    private static readonly Dictionary<string, Value?> NoProperties = [];

    [GeneratedRegex(@"\$\d+")]
    private static partial Regex Placeholder();
}
