using System.Globalization;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Publishing;

namespace GeoOffer.Storage.Layers;

/// <summary>
/// Finds the area that each row of a table belongs to. Codes are of the year of the file: one that has been retired since leads to its
/// successor where there is one only.
/// </summary>
internal sealed class LayerJoin(StagingArea staging, LayerSchema schema, LayerSettings settings)
{
    private bool IsMunicipal => settings.JoinedTo == "municipalities";

    private string Register => IsMunicipal ? "geooffer.municipality" : "geooffer.province";

    private int Digits => IsMunicipal ? 6 : 3;

    private string CodeYear => settings.CodeYear is { } year ? string.Create(CultureInfo.InvariantCulture, $" of {year}") : "";

    /// <summary>The property that holds the code of the area as it is today.</summary>
    public static LayerColumn CurrentCode(string register) => register == "municipalities"
        ? new LayerColumn("current_municipality_code", Query.Catalogue.PropertyType.Text, "current_municipality_code")
        : new LayerColumn("current_province_code", Query.Catalogue.PropertyType.Text, "current_province_code");

    /// <summary>Writes the current codes into the staged rows, and says which rows have none.</summary>
    public async Task RunAsync(List<RowProblem> warnings, ReportBuilder report, CancellationToken cancellationToken)
    {
        var connection = staging.Connection;
        var stated = LayerTable.Quote(schema.Columns.FirstOrDefault(column => column.Title == schema.JoinColumn)?.Name ?? "code");
        var current = LayerTable.Quote(CurrentCode(settings.JoinedTo!).Name);

        // A number has lost the noughts that its code begins with; a longer code is another one, and is never cut.
        string Code(string alias) => $"(repeat('0', {Digits} - length({alias}.{stated}::text)) || {alias}.{stated}::text)";
        var successors = IsMunicipal
            ? """
              successor AS (
                WITH RECURSIVE chain (old_code, code) AS (
                  SELECT old_code, successor_code FROM geooffer.municipality_code_history
                  UNION
                  SELECT c.old_code, h.successor_code FROM chain AS c JOIN geooffer.municipality_code_history AS h ON h.old_code = c.code)
                SELECT c.old_code, min(c.code) AS code FROM chain AS c JOIN geooffer.municipality AS m ON m.code = c.code
                GROUP BY c.old_code HAVING count(DISTINCT c.code) = 1)
              """
            : "successor AS (SELECT NULL::text AS old_code, NULL::text AS code WHERE false)";
        await connection.ExecuteAsync(
            $"""
            WITH {successors}
            UPDATE {staging.Rows} AS s SET {current} = coalesce(a.code, h.code)
            FROM {staging.Rows} AS r
            LEFT JOIN {Register} AS a ON a.code = {Code("r")}
            LEFT JOIN successor AS h ON h.old_code = {Code("r")}
            WHERE r.row_number = s.row_number
            """,
            cancellationToken);
        await using (var command = connection.Command(
            $"""
            SELECT row_number, place, code, {stated}::text, {current}
            FROM {staging.Rows} AS s WHERE {current} IS DISTINCT FROM {Code("s")}
            ORDER BY row_number LIMIT {ImportReport.MostWarnings}
            """))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var successor = reader.IsDBNull(4) ? null : reader.GetString(4);
                warnings.Add(new RowProblem(
                    reader.GetInt64(0), reader.GetString(1), reader.GetString(2), schema.JoinColumn, reader.IsDBNull(3) ? null : reader.GetString(3),
                    RejectionCode.UnknownReference,
                    successor is null
                        ? $"no area of this code{CodeYear} is registered: the row is kept, and shown nowhere"
                        : $"the code{CodeYear} is retired: the row is shown by its successor",
                    successor));
            }
        }

        var missing = await connection.ScalarAsync<string[]>(
            $"SELECT array_agg(a.code ORDER BY a.code) FROM {Register} AS a WHERE NOT EXISTS (SELECT FROM {staging.Rows} AS s WHERE s.{current} = a.code)",
            cancellationToken);
        if (missing is { Length: > 0 })
        {
            report.Notice($"{missing.Length} of the {settings.JoinedTo} have no row: {MessageText.Shorten(string.Join(", ", missing))}");
        }
    }
}
