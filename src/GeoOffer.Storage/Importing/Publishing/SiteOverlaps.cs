using System.Globalization;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Publishing;

/// <summary>Sites that lie on each other by more than a hundredth of the smaller: rows on rows, and rows on sites that stay.</summary>
internal sealed class SiteOverlaps(StagingArea staging)
{
    private const double LeastShare = 0.01;
    private const int MostNeighbours = 100;

    /// <summary>Finds them; the rows of the staging table are valid.</summary>
    public async Task<IReadOnlyList<RowProblem>> FindAsync(CancellationToken cancellationToken)
    {
        var problems = new List<RowProblem>();
        var pairs = BoxPairs.Find(await ReadBoxesAsync(cancellationToken), LeastShare, cancellationToken);
        if (pairs.Count > 0)
        {
            await AddAsync(
                problems,
                Told(
                    $"""
                    FROM unnest($1::bigint[], $2::bigint[]) AS pair (later, earlier)
                    JOIN {staging.Rows} AS s ON s.row_number = pair.later
                    JOIN {staging.Rows} AS o ON o.row_number = pair.earlier
                    """,
                    "o.row_number"),
                cancellationToken,
                pairs.Select(pair => pair.Later).ToArray(),
                pairs.Select(pair => pair.Earlier).ToArray());
        }

        if (await AreOthersAsync(cancellationToken))
        {
            await staging.Connection.ExecuteAsync(
                $"CREATE INDEX IF NOT EXISTS {staging.Name}_code ON {staging.Plan} (code)", cancellationToken);
            await AddAsync(
                problems,
                Told(
                    $"""
                    FROM {staging.Rows} AS s
                    CROSS JOIN LATERAL (
                      SELECT t.code, t.geom FROM geooffer.site AS t
                      WHERE t.geom && s.geom AND ST_Dimension(t.geom) = 2 AND t.lifecycle_state <> 'withdrawn'
                        AND NOT EXISTS (SELECT FROM {staging.Plan} AS p WHERE p.code = t.code)
                      LIMIT {MostNeighbours}) AS o
                    """,
                    "NULL::bigint"),
                cancellationToken);
        }

        return [.. problems.OrderBy(problem => problem.Row).ThenBy(problem => problem.Value, StringComparer.Ordinal)];
    }

    private static string Told(string pairs, string otherRow) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        SELECT row_number, place, code, other_code, other_row, ST_Area(common::geography) / 10000, share
        FROM (
          SELECT s.row_number, s.place, s.code, o.code AS other_code, {otherRow} AS other_row, c.common,
            ST_Area(c.common) / least(ST_Area(s.geom), ST_Area(o.geom)) AS share
          {pairs}
          CROSS JOIN LATERAL (SELECT ST_Intersection(s.geom, o.geom) AS common WHERE ST_Intersects(s.geom, o.geom)) AS c
          WHERE ST_Dimension(s.geom) = 2 AND ST_Area(c.common) > {LeastShare} * least(ST_Area(s.geom), ST_Area(o.geom))
          LIMIT {ImportReport.MostWarnings}) AS pair
        """);

    private async Task<List<AreaBox>> ReadBoxesAsync(CancellationToken cancellationToken)
    {
        var boxes = new List<AreaBox>();
        await using var command = staging.Connection.Command(
            $"""
            SELECT row_number, ST_XMin(geom), ST_YMin(geom), ST_XMax(geom), ST_YMax(geom), ST_Area(geom)
            FROM {staging.Rows} WHERE ST_Dimension(geom) = 2
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var box = new Envelope(reader.GetDouble(1), reader.GetDouble(3), reader.GetDouble(2), reader.GetDouble(4));
            boxes.Add(new AreaBox(reader.GetInt64(0), box, reader.GetDouble(5)));
        }

        return boxes;
    }

    /// <summary>Whether there is any site besides those of the file.</summary>
    private Task<bool> AreOthersAsync(CancellationToken cancellationToken) => staging.Connection.ScalarAsync<bool>(
        $"SELECT EXISTS (SELECT FROM geooffer.site AS t WHERE NOT EXISTS (SELECT FROM {staging.Plan} AS p WHERE p.code = t.code))",
        cancellationToken);

    private async Task AddAsync(List<RowProblem> problems, string sql, CancellationToken cancellationToken, params object?[] parameters)
    {
        await using var command = staging.Connection.Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (other, hectares, share) = (reader.GetString(3), reader.GetDouble(5), reader.GetDouble(6));
            var otherSite = reader.IsDBNull(4) ? $"the site {other}" : string.Create(CultureInfo.InvariantCulture, $"{other} of row {reader.GetInt64(4)}");
            problems.Add(new RowProblem(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), "geometry", other, RejectionCode.Overlap,
                string.Create(CultureInfo.InvariantCulture, $"overlaps {otherSite} by {hectares:0.00} ha, {share * 100:0.0} % of the smaller"),
                null));
        }
    }
}
