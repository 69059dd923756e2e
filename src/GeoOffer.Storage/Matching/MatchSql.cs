using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Sql;
using GeoOffer.Storage.Catalogues;

namespace GeoOffer.Storage.Matching;

/// <summary>
/// Writes a brief as SQL over <c>site_fact</c>. It mirrors <see cref="Judge"/> operation by operation, on the same doubles, so that bucket
/// and score are equal; a differential test holds the two together.
/// </summary>
/// <remarks>
/// Each constraint becomes a grade (<see cref="MatchTerm"/>). A site that any constraint puts beyond its slack is excluded at once, by a
/// condition that an index can serve; what is left is graded, counted and ranked in one pass.
/// </remarks>
internal sealed class MatchSql
{
    private const string Fact = "f";

    // Inside the area of interest: true or false, null for a site that is not placed.
    private const string LookedInside = "w.is_inside";
    private const string ListedInside = "(f.site_id IN (SELECT id FROM inside) OR CASE WHEN NOT f.is_placed THEN NULL ELSE FALSE END)";

    private readonly SqlBuilder _sql = new();
    private readonly MatchTerms _terms;
    private readonly Brief _brief;
    private readonly ScoutingRules _rules;
    private readonly Collection _visibility;
    private readonly Role _role;
    private readonly bool _isInsideLooked;

    private MatchSql(Brief brief, ScoutingRules rules, IReadOnlyList<FactLayer> layers, Role role, bool isInsideLooked)
    {
        _brief = brief;
        _rules = rules;
        _role = role;
        _visibility = ScoutingCollection.Value;
        _isInsideLooked = isInsideLooked;
        _terms = new MatchTerms(_sql, Fact, isInsideLooked ? LookedInside : ListedInside, layers);
    }

    /// <summary>The buckets' exact counts, and the best sites of each wanted bucket: bucket, count, code, score (columns 0 to 3).</summary>
    public static SqlText Ranked(Brief brief, ScoutingRules rules, IReadOnlyList<FactLayer> layers, Role role) =>
        new MatchSql(brief, rules, layers, role, IsNarrow(brief)).Ranked();

    /// <summary>One row: the excluded sites in all, then for each constraint (area, within, constraints in order) those that failed it.</summary>
    public static SqlText ExcludedByReason(Brief brief, ScoutingRules rules, IReadOnlyList<FactLayer> layers, Role role) =>
        new MatchSql(brief, rules, layers, role, isInsideLooked: false).ExcludedByReason();

    /// <summary>One number: the sites that a role may see.</summary>
    public static SqlText Visible(Role role)
    {
        var sql = new SqlBuilder().Append("SELECT count(*) FROM geooffer.site_fact AS f WHERE ");
        FilterSql.AppendVisibility(sql, ScoutingCollection.Value, role, Fact);
        return sql.Build();
    }

    // With an area or another number few sites are left to be held against the polygon, however large it is. Without, its index finds them.
    private static bool IsNarrow(Brief brief) =>
        brief.Area is not null || brief.Constraints.Any(constraint => constraint is DistanceConstraint or OverlapConstraint);

    private SqlText Ranked()
    {
        var grades = Grades();
        AppendInside();
        _sql.Append("graded AS MATERIALIZED (\n  SELECT f.code, ").Append(ScoreTerm()).Append(" AS score, ")
            .Append(grades.Count == 0 ? "0" : string.Join(" + ", grades.Select(term => term.Grade))).Append(" AS tally\n  FROM ");
        AppendCandidates(grades);
        _sql.Append("),\njudged AS MATERIALIZED (\n  SELECT code, score, CASE WHEN tally >= 100 THEN 3 WHEN tally > 0 AND ")
            .Append(_brief.Unknowns == UnknownsPolicy.Verify ? "TRUE" : "FALSE")
            .Append(" THEN 2 ELSE 1 END AS bucket\n  FROM graded WHERE tally / 100 <= ").AppendParameter((long)_rules.NearMissLimit, SqlParameterType.Integer)
            .Append(
                """
                ),
                counted AS (
                  SELECT count(*) FILTER (WHERE bucket = 1) AS of_1, count(*) FILTER (WHERE bucket = 2) AS of_2, count(*) FILTER (WHERE bucket = 3) AS of_3
                  FROM judged)
                SELECT b.bucket, CASE b.bucket WHEN 1 THEN of_1 WHEN 2 THEN of_2 ELSE of_3 END, best.code, best.score
                FROM counted CROSS JOIN (VALUES (1), (2), (3)) AS b (bucket)
                LEFT JOIN LATERAL (
                  SELECT j.score, j.code FROM judged AS j
                  WHERE j.bucket = b.bucket AND b.bucket = ANY (
                """)
            .Append("ARRAY[" + string.Join(", ", _brief.Buckets.Select(bucket => (int)bucket + 1)) + "]::integer[]")
            .Append(")\n  ORDER BY j.score DESC, j.code COLLATE \"C\" LIMIT ").AppendParameter((long)_brief.Limit, SqlParameterType.Integer)
            .Append(") AS best ON true\nORDER BY b.bucket, best.score DESC, best.code COLLATE \"C\"");
        return _sql.Build();
    }

    private SqlText ExcludedByReason()
    {
        var grades = Grades();
        var failed = _brief.Unknowns == UnknownsPolicy.Fail ? ">= 1" : ">= 100";
        var names = grades.Select((_, index) => $"grade_{index}").ToList();
        AppendInside();
        _sql.Append("graded AS (\n  SELECT ")
            .AppendJoin(", ", grades.Index(), grade => _sql.Append(grade.Item.Grade).Append(" AS ").Append(names[grade.Index]))
            .Append(grades.Count == 0 ? "0 AS none" : "")
            .Append("\n  FROM geooffer.site_fact AS f WHERE ");
        FilterSql.AppendVisibility(_sql, _visibility, _role, Fact);
        _sql.Append("),\nexcluded AS (\n  SELECT * FROM graded WHERE ");
        if (names.Count == 0)
        {
            _sql.Append("FALSE");
        }
        else
        {
            var tally = string.Join(" + ", names);
            _sql.Append($"({tally}) / 100 > ").AppendParameter((long)_rules.NearMissLimit, SqlParameterType.Integer)
                .Append(_brief.Unknowns == UnknownsPolicy.Fail ? $" OR ({tally}) % 100 > 0" : "");
        }

        _sql.Append(")\nSELECT count(*)")
            .AppendJoin("", names, name => _sql.Append($", count(*) FILTER (WHERE {name} {failed})"))
            .Append(" FROM excluded");
        return _sql.Build();
    }

    private List<MatchTerm> Grades()
    {
        var grades = new List<MatchTerm>();
        if (_brief.Area is { } area)
        {
            grades.Add(_terms.Area(area));
        }

        if (_brief.Within is { } within)
        {
            grades.Add(_terms.Within(within));
        }

        grades.AddRange(_brief.Constraints.Select(_terms.Constraint));
        return grades;
    }

    private void AppendInside()
    {
        _sql.Append("WITH ");
        if (_brief.Within?.Geometry is { } geometry && !_isInsideLooked)
        {
            _sql.Append("inside AS MATERIALIZED (\n  SELECT s.id FROM geooffer.site AS s WHERE ST_CoveredBy(s.geom, ").AppendParameter(geometry).Append(")),\n");
        }
    }

    private void AppendCandidates(List<MatchTerm> grades)
    {
        var isUnknownExcluded = _brief.Unknowns == UnknownsPolicy.Fail;
        if (_brief.Area is { } area)
        {
            // Two branches: "in the band or unknown" in one condition could not be answered from the index alone.
            var column = $"{Fact}.{MatchTerms.AreaColumn(area.Basis)}";
            _sql.Append("(\n    SELECT f.* FROM geooffer.site_fact AS f WHERE ").Append(grades[0].WithinSlack);
            if (!isUnknownExcluded)
            {
                _sql.Append("\n    UNION ALL\n    SELECT f.* FROM geooffer.site_fact AS f WHERE ").Append(column).Append(" IS NULL");
            }

            _sql.Append(") AS f");
        }
        else
        {
            _sql.Append("geooffer.site_fact AS f");
        }

        if (_brief.Within?.Geometry is { } geometry && _isInsideLooked)
        {
            // OFFSET 0 keeps the polygon for the last: it is dearer than the planner believes.
            _sql.Append("\n  CROSS JOIN LATERAL (SELECT ST_CoveredBy(s.geom, ").AppendParameter(geometry)
                .Append(") AS is_inside FROM geooffer.site AS s WHERE s.id = f.site_id OFFSET 0) AS w");
        }

        _sql.Append("\n  WHERE ");
        FilterSql.AppendVisibility(_sql, _visibility, _role, Fact);
        foreach (var grade in grades.Skip(_brief.Area is null ? 0 : 1).OrderBy(grade => grade.Cost))
        {
            _sql.Append("\n    AND (").Append(grade.WithinSlack);
            if (!isUnknownExcluded)
            {
                _sql.Append(" OR ").Append(grade.Unknown);
            }

            _sql.Append(")");
        }
    }

    private string ScoreTerm()
    {
        var scored = new List<(string Worth, double Weight)>();
        if (_brief.Area is { TargetHa: not null } area)
        {
            scored.Add((_terms.Worth(area), _rules.AreaWeight));
        }

        scored.AddRange(_brief.Constraints.OfType<DistanceConstraint>().Select(distance => (_terms.Worth(distance), _rules.DistanceWeight)));
        scored.AddRange(_brief.Preferences.Select(preference => (_terms.Worth(preference), preference.Weight)));
        if (scored.Count == 0)
        {
            return "1::double precision";
        }

        // Added one by one in the judge's order: sums of doubles depend on it.
        var worths = scored.Select(item => $"{_terms.Number(item.Weight)} * coalesce({item.Worth}, 0)");
        var weights = _terms.Number(scored.Aggregate(0.0, (sum, item) => sum + item.Weight));
        var scale = _terms.Number(Math.Pow(10, _rules.ScoreDecimals));
        return $"round(({string.Join(" + ", worths)}) / {weights} * {scale}) / {scale}";
    }
}
