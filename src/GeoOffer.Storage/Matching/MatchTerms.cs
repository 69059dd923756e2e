using System.Diagnostics;
using GeoOffer.Domain.Offer;
using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Sql;
using GeoOffer.Storage.Catalogues;

namespace GeoOffer.Storage.Matching;

/// <summary>A constraint as SQL. An expression may stand in several places: its values are parameters already.</summary>
/// <param name="Grade">0 holds, 1 unknown, 100 fails within its slack, 10000 fails beyond it: grades add up without getting mixed.</param>
/// <param name="WithinSlack">True where it holds or fails within its slack, in a form that an index can serve; false or null elsewhere.</param>
/// <param name="Unknown">True where it is unknown, and never where it fails beyond its slack.</param>
/// <param name="Cost">What it takes to evaluate: 1 for a number, more for codes. The cheap ones come first.</param>
internal sealed record MatchTerm(string Grade, string WithinSlack, string Unknown, int Cost = 1);

/// <summary>Writes the criteria of a brief as SQL expressions over the facts of a site.</summary>
internal sealed class MatchTerms(SqlBuilder sql, string alias, string isInside, IReadOnlyList<FactLayer> layers)
{
    private const string Never = "FALSE";

    /// <summary>The column that holds an area of a basis, in hectares.</summary>
    public static string AreaColumn(AreaBasis basis) => basis switch
    {
        AreaBasis.Gross => "measured_area_ha",
        AreaBasis.Net => "net_area_ha",
        AreaBasis.Declared => "gross_area_declared_ha",
        AreaBasis.Useful => "useful_area_ha",
        AreaBasis.ForSale => "for_sale_area_ha",
        _ => throw new UnreachableException(basis.ToString()),
    };

    /// <summary>The placeholder of a number.</summary>
    public string Number(double value) => sql.AddParameter(value, SqlParameterType.Number);

    public MatchTerm Area(AreaRequirement area)
    {
        var band = AreaBand.Of(area);
        var value = $"{alias}.{AreaColumn(area.Basis)}";
        var (low, high) = (Optional(band.LowHa), Optional(band.HighHa));
        var (nearLow, nearHigh) = (Optional(band.NearLowHa), Optional(band.NearHighHa));
        var holds = Between(value, low, high);

        // Beyond a bound that the other side's slack would allow is still beyond: each side has its own.
        var near = Either(
            low is null ? Never : $"({value} < {low}{(nearLow is null ? "" : $" AND {value} >= {nearLow}")})",
            high is null ? Never : $"({value} > {high}{(low is null ? "" : $" AND {value} >= {low}")}{(nearHigh is null ? "" : $" AND {value} <= {nearHigh}")})");
        var outer = band.IsEmpty ? $"({holds} OR {near})" : Between(value, low is null ? null : nearLow, high is null ? null : nearHigh);
        return new MatchTerm($"CASE WHEN {value} IS NULL THEN 1 WHEN {holds} THEN 0 WHEN {near} THEN 100 ELSE 10000 END", outer, $"{value} IS NULL");
    }

    public MatchTerm Within(AreaOfInterest within)
    {
        var codes = "TRUE";
        if (within.AnyOf.Count > 0)
        {
            var provinces = sql.AddParameter(within.ProvinceCodes.ToArray(), SqlParameterType.TextArray);
            var municipalities = sql.AddParameter(within.MunicipalityCodes.ToArray(), SqlParameterType.TextArray);
            codes = $"({alias}.province_code = ANY ({provinces}) OR {alias}.municipality_code = ANY ({municipalities}))";
        }

        var geometry = within.Geometry is null ? "TRUE" : isInside;
        var holds = $"({codes} AND {geometry})";
        return new MatchTerm($"CASE WHEN {holds} THEN 0 WHEN {holds} IS NULL THEN 1 ELSE 10000 END", holds, $"{holds} IS NULL", Cost: 4);
    }

    public MatchTerm Constraint(BriefConstraint constraint) => constraint switch
    {
        FunctionConstraint function => Function(function.AnyOf),
        KindConstraint kind => Kind(kind.AnyOf),
        DistanceConstraint distance => Distance(distance),
        OverlapConstraint overlap => Overlap(overlap),
        _ => throw new UnreachableException(constraint.GetType().Name),
    };

    /// <summary>1 at the target, falling to 0 at the edges of the tolerance; null when unknown.</summary>
    public string Worth(AreaRequirement area)
    {
        var value = $"{alias}.{AreaColumn(area.Basis)}";
        var target = Number(area.TargetHa!.Value);
        var reach = Number(area.TargetHa.Value * area.Tolerance);
        var difference = $"abs({value} - {target})";
        return $"CASE WHEN {difference} = 0 THEN 1 WHEN {difference} < {reach} THEN 1 - {difference} / {reach} ELSE 0 END";
    }

    /// <summary>1 at nought metres, falling to 0 at the threshold; 0 when the fact that decides is unknown.</summary>
    public string Worth(DistanceConstraint constraint)
    {
        var (least, _) = Proximity(constraint.Target);
        var threshold = Number(constraint.MaxMetres);
        return $"CASE WHEN {least} < {threshold} THEN 1 - {least} / {threshold} ELSE 0 END";
    }

    /// <summary>The worth of a preference; null or 0 when unknown.</summary>
    public string Worth(BriefPreference preference) => preference switch
    {
        DistancePreference distance => Worth(distance.ValueFunction, Proximity(distance.Target).Least),
        OverlapPreference overlap => Worth(overlap.ValueFunction, Column(overlap.Target.Name)),
        AreaPreference area => Worth(area.ValueFunction, $"{alias}.{AreaColumn(area.Basis)}"),
        FunctionPreference function => $"({Function(function.AnyOf).WithinSlack})::integer",
        KindPreference kind => $"({Kind(kind.AnyOf).WithinSlack})::integer",
        _ => throw new UnreachableException(preference.GetType().Name),
    };

    private string Worth(ValueFunction function, string value)
    {
        switch (function)
        {
            case LinearValue linear:
                // Beyond its ends the line is not divided: PostgreSQL refuses a quotient that overflows or vanishes.
                var (best, worst, span) = (Number(linear.Best), Number(linear.Worst), Number(linear.Best - linear.Worst));
                var (isBest, isWorst) = linear.Best > linear.Worst ? (">=", "<=") : ("<=", ">=");
                return $"CASE WHEN {value} {isBest} {best} THEN 1 WHEN {value} {isWorst} {worst} THEN 0 ELSE ({value} - {worst}) / {span} END";
            case TriangularValue triangle:
                var (low, peak, high) = (Number(triangle.Low), Number(triangle.Peak), Number(triangle.High));
                var (rise, fall) = (Number(triangle.Peak - triangle.Low), Number(triangle.High - triangle.Peak));
                return $"CASE WHEN {value} = {peak} THEN 1 WHEN {value} <= {low} OR {value} >= {high} THEN 0 "
                    + $"WHEN {value} < {peak} THEN ({value} - {low}) / {rise} ELSE ({high} - {value}) / {fall} END";
            default:
                throw new UnreachableException(function.GetType().Name);
        }
    }

    private MatchTerm Function(IEnumerable<string> anyOf)
    {
        var codes = sql.AddParameter(anyOf.ToArray(), SqlParameterType.TextArray);
        var holds = $"{alias}.functions && {codes}";
        var unknown = $"({alias}.functions = '{{}}' OR '{CodeList.Unknown}' = ANY ({alias}.functions))";
        return new MatchTerm($"CASE WHEN {holds} THEN 0 WHEN {unknown} THEN 1 ELSE 10000 END", holds, unknown, Cost: 3);
    }

    private MatchTerm Kind(IEnumerable<string> anyOf)
    {
        var holds = $"{alias}.kind = ANY ({sql.AddParameter(anyOf.ToArray(), SqlParameterType.TextArray)})";
        return new MatchTerm($"CASE WHEN {holds} THEN 0 ELSE 10000 END", holds, Never, Cost: 2);
    }

    private MatchTerm Distance(DistanceConstraint constraint)
    {
        var (least, isOpen) = Proximity(constraint.Target);
        var (threshold, near) = (Number(constraint.MaxMetres), Number(constraint.NearMaxMetres));
        // An unknown member of a group could still be near enough, unless a known one is.
        var unknown = $"({isOpen} AND ({least} <= {threshold}) IS NOT TRUE)";
        return new MatchTerm(
            $"CASE WHEN {least} <= {threshold} THEN 0 WHEN {isOpen} THEN 1 WHEN {least} <= {near} THEN 100 ELSE 10000 END",
            constraint.Target.Members.Count == 1 ? $"{least} <= {near}" : $"({least} <= {threshold} OR (NOT {isOpen} AND {least} <= {near}))",
            unknown);
    }

    private MatchTerm Overlap(OverlapConstraint constraint)
    {
        var value = Column(constraint.Target.Name);
        var (threshold, near) = (Number(constraint.MaxShare), Number(constraint.NearMaxShare));
        return new MatchTerm(
            $"CASE WHEN {value} IS NULL THEN 1 WHEN {value} <= {threshold} THEN 0 WHEN {value} <= {near} THEN 100 ELSE 10000 END",
            $"{value} <= {near}",
            $"{value} IS NULL");
    }

    /// <summary>The least known distance of a target's members, and whether one of them is unknown.</summary>
    private (string Least, string IsOpen) Proximity(ProximityTarget target)
    {
        var columns = target.Members.Select(Column).ToList();
        return (
            columns.Count == 1 ? columns[0] : $"least({string.Join(", ", columns)})",
            $"({string.Join(" OR ", columns.Select(column => $"{column} IS NULL"))})");
    }

    // A name that no layer has was given by whoever made the vocabulary, never by a client: it is unknown everywhere.
    private string Column(string layerName) =>
        layers.FirstOrDefault(layer => layer.Name == layerName) is { } layer ? $"{alias}.\"{layer.ValueColumn}\"" : "NULL::double precision";

    private string? Optional(double? value) => value is { } number ? Number(number) : null;

    private static string Between(string value, string? low, string? high) => (low, high) switch
    {
        ({ } least, { } greatest) => $"({value} >= {least} AND {value} <= {greatest})",
        ({ } least, null) => $"{value} >= {least}",
        (null, { } greatest) => $"{value} <= {greatest}",
        _ => $"{value} IS NOT NULL",
    };

    private static string Either(string left, string right) => left == Never ? right : right == Never ? left : $"({left} OR {right})";
}
