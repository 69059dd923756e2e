using System.Globalization;
using System.Text.Json;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Paging;
using GeoOffer.Storage.Catalogues;

namespace GeoOffer.Benchmarks;

/// <summary>
/// Pages, single features and long answers of sites over HTTP, beside SQL that has PostGIS make the same of the same rows and columns
/// of the same relation, prepared; in turns, on one machine.
/// </summary>
internal sealed class FeatureBenchmark(BenchDatabase bench, string connectionString)
{
    private const int Times = 200;
    private const int Clients = 16;
    private const int LongAnswer = 100_000;
    private const string Items = "ogc/collections/sites/items";

    /// <summary>Measures on the sites that are there.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        using var catalogue = new CatalogueSource(bench.Database);
        var sites = (await catalogue.GetAsync(cancellationToken)).Find("sites")!;
        var query = FeatureQuery.Create(new FeatureRequest(sites, Role.Public, FeatureRequest.Unlimited)).Value;
        var columns = string.Join(", ", query.Properties.Select(property => $"\"{property.Column}\"").Append("geom"));
        var count = Convert.ToInt64(await bench.ScalarAsync("SELECT count(*) FROM geooffer.sites WHERE is_public", cancellationToken), CultureInfo.InvariantCulture);
        Print($"{count:N0} public sites, {query.Properties.Length} properties; median ms, in turns with prepared SQL");
        await using var served = await ServedDatabase.StartAsync(connectionString, 64, cancellationToken);
        foreach (var side in (double[])[0.02, 0.1, 0.2])
        {
            await MeasureBoxesAsync(served, columns, side, cancellationToken);
        }

        await MeasureOneAsync(served, columns, cancellationToken);
        await MeasureLastPageAsync(served, count, cancellationToken);
        await MeasureLongAnswerAsync(served, columns, cancellationToken);
    }

    private async Task MeasureBoxesAsync(ServedDatabase served, string columns, double side, CancellationToken cancellationToken)
    {
        const string Box = "ST_MakeEnvelope($1, $2, $3, $4, 4326)";
        var inside = $"FROM geooffer.sites WHERE is_public AND ST_Intersects(geom, {Box})";
        var page = $"SELECT ST_AsGeoJSON(t) FROM (SELECT {columns} {inside} ORDER BY code LIMIT 100) AS t";
        object[] shape = [0.0, 0.0, 0.0, 0.0];
        await using var bare = await BareSql.PrepareAsync(bench.Database, page, shape, cancellationToken);
        await using var loose = await BareSql.PrepareAsync(
            bench.Database, $"SELECT ST_AsGeoJSON(t) FROM (SELECT {columns} {inside} LIMIT 100) AS t", shape, cancellationToken);
        var (http, sql) = await Alternation.MediansAsync(
            Times,
            turn => served.GetAsync(PageAddress(turn, side), cancellationToken),
            turn => bare.RunAsync(BoxOf(turn, side), cancellationToken));
        var (_, unordered) = await Alternation.MediansAsync(
            Times, _ => Task.CompletedTask, turn => loose.RunAsync(BoxOf(turn, side), cancellationToken));
        Print($"  page of 100, box of {side}°: {http,7:F2}   SQL {sql,7:F2}   ratio {http / sql:F2} (≤ 1.3)   SQL in any order {unordered:F2}");

        var connections = await Task.WhenAll(Enumerable.Range(0, Clients)
            .Select(_ => BareSql.PrepareAsync(bench.Database, page, shape, cancellationToken)));
        var buffers = Enumerable.Range(0, Clients).Select(_ => new byte[64 * 1024]).ToList();
        var (pages, bares) = await Alternation.RatesAsync(
            3,
            Clients,
            (client, turn) => served.GetAsync(PageAddress(turn, side), buffers[client], cancellationToken),
            (client, turn) => connections[client].RunAsync(BoxOf(turn, side), cancellationToken));
        Print($"    {Clients} clients, pages/s: {pages,7:F0}   SQL {bares,7:F0}   share {pages / bares:P0} (≥ 60 %)");
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task MeasureOneAsync(ServedDatabase served, string columns, CancellationToken cancellationToken)
    {
        await using var bare = await BareSql.PrepareAsync(
            bench.Database, $"SELECT ST_AsGeoJSON(t) FROM (SELECT {columns} FROM geooffer.sites WHERE is_public AND code = $1) AS t", [""], cancellationToken);
        var codes = await CodesAsync(10 * Times, cancellationToken);
        var (http, sql) = await Alternation.MediansAsync(
            Times,
            turn => served.GetAsync($"{Items}/{codes[turn % codes.Count]}", cancellationToken),
            turn => bare.RunAsync([codes[turn % codes.Count]], cancellationToken));
        var (empty, _) = await Alternation.MediansAsync(Times, _ => served.GetAsync("health/live", cancellationToken), _ => Task.CompletedTask);
        Print($"  one feature: {http,7:F2}   SQL {sql:F2} + empty route {empty:F2}   ratio {http / (sql + empty):F2} (≤ 2)");
    }

    private static async Task MeasureLastPageAsync(ServedDatabase served, long count, CancellationToken cancellationToken)
    {
        // The page after all but the last hundred.
        using var before = JsonDocument.Parse(await served.TextAsync($"{Items}?limit=1&offset={count - 101}", cancellationToken));
        var last = before.RootElement.GetProperty("links").EnumerateArray()
            .Single(link => link.GetProperty("rel").GetString() == "next").GetProperty("href").GetString()!
            .Replace("limit=1&", "limit=100&", StringComparison.Ordinal);
        var (first, deep) = await Alternation.MediansAsync(
            Times, _ => served.GetAsync($"{Items}?limit=100", cancellationToken), _ => served.GetAsync(last, cancellationToken));
        Print($"  last page: {deep,7:F2}   first {first:F2}   ratio {deep / first:F2} (≤ 2)");
    }

    private async Task MeasureLongAnswerAsync(ServedDatabase served, string columns, CancellationToken cancellationToken)
    {
        var psql = new Psql(connectionString);
        var copy = $"COPY (SELECT ST_AsGeoJSON(t) FROM (SELECT {columns} FROM geooffer.sites WHERE is_public LIMIT {LongAnswer}) AS t) TO STDOUT";
        foreach (var address in (string[])[$"{Items}?limit={LongAnswer}", $"{Items}?limit={LongAnswer}&f=geojsonseq", $"api/export/sites?limit={LongAnswer}"])
        {
            var (copies, answers) = (new List<double>(), new List<Answer>());
            var (before, peak) = (served.WorkingSet, 0L);
            for (var turn = 0; turn < 7; turn++)
            {
                copies.Add(await psql.TimeAsync(copy, cancellationToken));
                var answer = served.GetAsync(address, cancellationToken);
                while (!answer.IsCompleted)
                {
                    peak = Math.Max(peak, served.WorkingSet);
                    await Task.WhenAny(answer, Task.Delay(5, cancellationToken));
                }

                answers.Add(await answer);
            }

            var (http, sql) = (Alternation.Median([.. answers.Select(answer => answer.Last)]), Alternation.Median(copies));
            var first = Alternation.Median([.. answers.Select(answer => answer.First)]);
            Print($"  {address}: {http,6:F0}   psql COPY {sql,6:F0}   ratio {http / sql:F2} (≤ 0.7)   first byte {first:F0} (< 50)   {answers[0].Bytes / 1e6:F0} MB   memory +{(peak - before) / 1e6:F0} MB (< 64)");
        }
    }

    private static string PageAddress(int turn, double side) => string.Create(
        CultureInfo.InvariantCulture, $"{Items}?bbox={string.Join(',', BoxOf(turn, side).Select(edge => ((double)edge).ToString("R", CultureInfo.InvariantCulture)))}");

    /// <summary>A box somewhere among the sites; the same for the same number.</summary>
    private static object[] BoxOf(int turn, double side)
    {
        var random = new Random(turn);
        var (west, south) = (Math.Round(8.7 + (2.2 * random.NextDouble()), 4), Math.Round(45 + (1.1 * random.NextDouble()), 4));
        return [west, south, west + side, south + side];
    }

    private async Task<List<string>> CodesAsync(int count, CancellationToken cancellationToken)
    {
        var codes = new List<string>();
        await using var command = bench.Database.Source.CreateCommand(
            $"SELECT code FROM geooffer.sites WHERE is_public ORDER BY md5(code) LIMIT {count}");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            codes.Add(rows.GetString(0));
        }

        return codes;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
