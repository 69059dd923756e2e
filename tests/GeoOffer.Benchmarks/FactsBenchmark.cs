using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace GeoOffer.Benchmarks;

/// <summary>How many sites a second get all their facts, through the statement that every path uses.</summary>
internal sealed class FactsBenchmark(BenchDatabase bench)
{
    private const int Sites = 20_000, Batch = 2_000;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await bench.ResetAsync(cancellationToken);
        await bench.DrawSitesAsync(Sites, 1, cancellationToken);
        Console.WriteLine($"facts of {Sites} sites against 11 kinds of infrastructure and 10 of constraints");
        foreach (var connections in (int[])[1, 2])
        {
            await ComputeAsync(connections, cancellationToken);
            var clock = Stopwatch.StartNew();
            await ComputeAsync(connections, cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {connections} connection(s): {Sites / clock.Elapsed.TotalSeconds,8:F0} sites/s"));
        }
    }

    private async Task ComputeAsync(int connections, CancellationToken cancellationToken)
    {
        var first = 1 - Batch;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            await using var connection = await bench.Database.Source.OpenConnectionAsync(cancellationToken);
            await using (var settings = new NpgsqlCommand("SET jit = off; SET join_collapse_limit = 1", connection))
            {
                await settings.ExecuteNonQueryAsync(cancellationToken);
            }

            for (var from = Interlocked.Add(ref first, Batch); from <= Sites; from = Interlocked.Add(ref first, Batch))
            {
                var source = string.Create(
                    CultureInfo.InvariantCulture,
                    $"(SELECT id AS site_id, geom, NULL::text AS stated_municipality_code FROM bench_site WHERE id >= {from} AND id < {from + Batch})");
                await using var write = new NpgsqlCommand("SELECT geooffer.facts_sql($1)", connection) { Parameters = { new() { Value = source } } };
                var statement = (string)(await write.ExecuteScalarAsync(cancellationToken))!;
                await using var compute = new NpgsqlCommand(statement, connection);
                await compute.ExecuteNonQueryAsync(cancellationToken);
            }
        }));
    }
}
