using GeoOffer.Storage.Importing.Fields;

namespace GeoOffer.Storage.Importing.Publishing;

/// <summary>What can only be seen over all rows, or against the database: each a statement that yields the rows at fault.</summary>
internal sealed class SetChecks(StagingArea staging, ImportCollection collection)
{
    private const string SiteOverlap = "site_overlap";

    private sealed record Check(RejectionCode Code, bool IsWarning, string Sql);

    /// <summary>Runs the checks of a collection.</summary>
    public async Task RunAsync(string dataset, List<RowProblem> rejections, List<RowProblem> warnings, CancellationToken cancellationToken)
    {
        foreach (var check in Checks())
        {
            await using var command = staging.Connection.Command(check.Sql);
            if (check.Code == RejectionCode.OwnedByOther)
            {
                command.Parameters.Add(new() { Value = collection.Name });
                command.Parameters.Add(new() { Value = dataset });
            }

            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
                var list = check.IsWarning ? warnings : rejections;
                list.Add(new RowProblem(
                    reader.IsDBNull(0) ? null : reader.GetInt64(0), Text(1), Text(2), Text(3), Text(4), check.Code, Text(5)!, Text(6)));
            }
        }

        // What looks at pairs of geometries looks at valid ones only.
        if (collection.SetChecks.Contains(SiteOverlap) && !rejections.Exists(problem => problem.Code == RejectionCode.GeometryInvalid))
        {
            warnings.AddRange(await new SiteOverlaps(staging).FindAsync(cancellationToken));
        }
    }

    private IEnumerable<Check> Checks()
    {
        yield return new Check(
            RejectionCode.DuplicateCode, false,
            $"""
            SELECT row_number, place, code, 'code', code, format('row %s has the same code', first), 'keep one of the two'
            FROM (SELECT row_number, place, code, min(row_number) OVER (PARTITION BY code) AS first FROM {staging.Rows}) AS s
            WHERE row_number > first ORDER BY row_number LIMIT {ImportReport.MostRejections}
            """);
        if (collection.Role != CollectionRole.Layer)
        {
            yield return OwnedByOther();
        }

        // NetTopologySuite has looked at each geometry; where the two differ, the database has the last word.
        yield return new Check(
            RejectionCode.GeometryInvalid, false,
            $"""
            SELECT row_number, place, code, 'geometry', ST_AsText(ST_Centroid(ST_Envelope(geom)), 6),
              format('not valid: %s', ST_IsValidReason(geom)), 'repair it where it is kept'
            FROM {staging.Rows} WHERE NOT ST_IsValid(geom) ORDER BY row_number LIMIT {ImportReport.MostRejections}
            """);
        foreach (var check in collection.SetChecks.Where(check => check != SiteOverlap))
        {
            yield return Special(check);
        }
    }

    private Check OwnedByOther() => new(
        RejectionCode.OwnedByOther, false,
        $"""
        SELECT s.row_number, s.place, s.code, 'code', s.code,
          format('belongs to the dataset ''%s''', d.name), format('import it with --name "%s"', d.name)
        FROM {staging.Rows} AS s
        JOIN geooffer.{collection.Table} AS t ON t.code = s.code
        JOIN geooffer.dataset AS d ON d.id = t.dataset_id AND (d.collection, d.name) <> ($1, $2)
        {(collection.Fields.Any(field => field.Column == "is_approximate") ? "WHERE NOT t.is_approximate OR s.is_approximate" : "")}
        ORDER BY s.row_number LIMIT {ImportReport.MostRejections}
        """);

    /// <summary>Codes of municipalities that hold no longer, with those that came after them, over as many changes as there were.</summary>
    private Check Retired(string column) => new(
        RejectionCode.RetiredCode, true,
        $"""
        WITH RECURSIVE change AS (
          SELECT old_code, successor_code FROM geooffer.municipality_code_history WHERE successor_code <> old_code),
        chain (old_code, code) AS (
          SELECT old_code, successor_code FROM change
          UNION SELECT c.old_code, h.successor_code FROM chain AS c JOIN change AS h ON h.old_code = c.code),
        successor AS (
          SELECT c.old_code, string_agg(c.code, ' or ' ORDER BY c.code) AS codes
          FROM chain AS c WHERE NOT EXISTS (SELECT FROM change AS h WHERE h.old_code = c.code) GROUP BY c.old_code)
        SELECT s.row_number, s.place, s.code, '{column}', s.{column},
          format('the code is retired: %s had it until %s', h.old_name_it, h.valid_until), n.codes
        FROM {staging.Rows} AS s
        JOIN LATERAL (
          SELECT old_name_it, valid_until FROM geooffer.municipality_code_history AS h
          WHERE h.old_code = s.{column} AND h.successor_code <> h.old_code ORDER BY valid_until DESC LIMIT 1) AS h ON true
        LEFT JOIN successor AS n ON n.old_code = s.{column}
        ORDER BY s.row_number LIMIT {ImportReport.MostWarnings}
        """);

    private Check Special(string name) => name switch
    {
        "unknown_municipality" => new Check(
            RejectionCode.UnknownReference, true,
            $"""
            SELECT s.row_number, s.place, s.code, 'municipality_code', s.municipality_code, 'no municipality of this code is registered', NULL
            FROM {staging.Rows} AS s
            WHERE s.municipality_code IS NOT NULL AND EXISTS (SELECT FROM geooffer.municipality)
              AND NOT EXISTS (SELECT FROM geooffer.municipality AS m WHERE m.code = s.municipality_code)
              AND NOT EXISTS (
                SELECT FROM geooffer.municipality_code_history AS h
                WHERE h.old_code = s.municipality_code AND h.successor_code <> h.old_code)
            ORDER BY s.row_number LIMIT {ImportReport.MostWarnings}
            """),
        "retired_municipality" => Retired("municipality_code"),
        "retired_code" => Retired("code"),
        "unknown_province" => new Check(
            RejectionCode.UnknownReference, true,
            $"""
            SELECT s.row_number, s.place, s.code, 'province_code', s.province_code, 'no province of this code is registered', NULL
            FROM {staging.Rows} AS s
            WHERE EXISTS (SELECT FROM geooffer.province) AND NOT EXISTS (SELECT FROM geooffer.province AS p WHERE p.code = s.province_code)
            ORDER BY s.row_number LIMIT {ImportReport.MostWarnings}
            """),
        "province_sigla" => new Check(
            RejectionCode.Contradiction, false,
            $"""
            SELECT s.row_number, s.place, s.code, 'sigla', s.sigla, format('province %s has the same two letters', other.code), NULL
            FROM {staging.Rows} AS s
            JOIN (SELECT code, sigla FROM {staging.Rows}
              UNION ALL
              SELECT p.code, p.sigla FROM geooffer.province AS p WHERE NOT EXISTS (SELECT FROM {staging.Rows} AS r WHERE r.code = p.code)
            ) AS other ON other.sigla = s.sigla AND other.code <> s.code
            ORDER BY s.row_number LIMIT {ImportReport.MostRejections}
            """),
        "unknown_pole" => new Check(
            RejectionCode.UnknownReference, false,
            $"""
            SELECT s.row_number, s.place, s.code, 'pole_code', s.pole_code, 'no pole of this code is registered', 'import the poles first'
            FROM {staging.Rows} AS s
            WHERE s.pole_code IS NOT NULL AND NOT EXISTS (SELECT FROM geooffer.pole AS p WHERE p.code = s.pole_code)
            ORDER BY s.row_number LIMIT {ImportReport.MostRejections}
            """),
        "pole_in_use" => new Check(
            RejectionCode.StillReferenced, false,
            $"""
            SELECT NULL::bigint, NULL, p.code, NULL, NULL,
              format('would be removed, but the pilot area %s is inside it', min(a.code)),
              'keep it in the file, or import the pilot areas first'
            FROM {staging.Plan} AS p JOIN geooffer.pilot_area AS a ON a.pole_code = p.code
            WHERE p.action = 'removed' GROUP BY p.code ORDER BY p.code LIMIT {ImportReport.MostRejections}
            """),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
