using System.Diagnostics;
using System.Globalization;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Layers;
using Npgsql;

namespace GeoOffer.Benchmarks;

/// <summary>
/// Polygons of ten vertices from a file into a layer, beside <c>ogr2ogr</c> loading the same file into the same database; and a layer that all
/// sites are measured against.
/// </summary>
internal sealed class LayerBenchmark(BenchDatabase bench, string connectionString)
{
    private const int Sites = 100_000;

    public async Task RunAsync(int features, CancellationToken cancellationToken)
    {
        await bench.ResetAsync(cancellationToken);
        var folder = Directory.CreateTempSubdirectory("geooffer-bench");
        try
        {
            var lines = Path.Combine(folder.FullName, "parcels.geojsonl");
            await WriteAsync(lines, features, cancellationToken);
            await CompareAsync("GeoJSONSeq", lines, features, cancellationToken);
            var package = Path.Combine(folder.FullName, "parcels.gpkg");
            if (await OgrAsync(["-f", "GPKG", package, lines, "-nln", "parcels"], cancellationToken) is not null)
            {
                await CompareAsync("GeoPackage", package, features, cancellationToken);
            }

            await MeasureAsync(folder.FullName, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task CompareAsync(string format, string path, int features, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var report = await ImportAsync("parcels", path, new LayerDefinition(), cancellationToken);
        var own = clock.Elapsed;
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var ogr = await OgrAsync(
            [
                "-f", "PostgreSQL", $"PG:host={settings.Host} port={settings.Port} user={settings.Username} dbname={settings.Database}", path,
                "-nln", "bench_ogr", "-overwrite", "-lco", "SPATIAL_INDEX=GIST", "--config", "PG_USE_COPY", "YES",
            ],
            cancellationToken);
        var beside = ogr is { } other
            ? string.Create(CultureInfo.InvariantCulture, $"ogr2ogr {other.TotalSeconds:F1} s, {other / own:F2} of its rate")
            : "ogr2ogr is not installed";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{format} of {features:N0} polygons into a layer: {own.TotalSeconds:F1} s, {report.RowsPerSecond:F0} rows/s; {beside}; peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB"));
        await new LayerStore(bench.Database).DropAsync("parcels", "bench", cancellationToken);
        await new LayerStore(bench.Database).SweepAsync(TimeSpan.Zero, cancellationToken);
    }

    private async Task MeasureAsync(string folder, CancellationToken cancellationToken)
    {
        await bench.DrawSitesAsync(Sites, 1, cancellationToken);
        var sites = BenchDatabase.Read("match_sites.sql").Replace("$1", Sites.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await bench.ExecuteAsync($"BEGIN; {sites}; COMMIT", cancellationToken);
        await bench.ExecuteAsync("VACUUM ANALYZE", cancellationToken);
        var path = Path.Combine(folder, "stations.geojsonl");
        await WriteAsync(path, 10_000, cancellationToken);
        foreach (var role in (LayerRole[])[LayerRole.Proximity, LayerRole.Constraint])
        {
            var clock = Stopwatch.StartNew();
            var started = new Dictionary<ImportStage, TimeSpan>();
            await ImportAsync(
                "stations", path, new LayerDefinition { Role = role }, cancellationToken,
                new Told(progress => started.TryAdd(progress.Stage, clock.Elapsed)));
            var total = clock.Elapsed;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"10,000 polygons as a {role.ToString().ToLowerInvariant()} layer over {Sites:N0} sites: {total.TotalSeconds:F1} s, of which measuring and publishing {(total - started[ImportStage.Facts]).TotalSeconds:F1} s"));
        }
    }

    private Task<ImportReport> ImportAsync(
        string name, string path, LayerDefinition definition, CancellationToken cancellationToken, IProgress<ImportProgress>? progress = null) =>
        new Importer(bench.Database).RunAsync(
            new ImportRequest
            {
                Collection = name,
                File = ImportFile.FromPath(path),
                Layer = definition,
                Source = "bench",
                Author = "bench",
                Coverage = definition.Role is null ? null : ImportCoverage.Region,
            },
            progress,
            cancellationToken);

    private async Task<TimeSpan?> OgrAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var start = new ProcessStartInfo("ogr2ogr", arguments) { RedirectStandardError = true };
            start.Environment["PGPASSWORD"] = new NpgsqlConnectionStringBuilder(connectionString).Password;
            using var process = Process.Start(start)!;
            var error = await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? clock.Elapsed : throw new InvalidOperationException($"ogr2ogr: {error}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static async Task WriteAsync(string path, int features, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        await using var file = new StreamWriter(path);
        for (var i = 1; i <= features; i++)
        {
            var (x, y, radius) = (8.5 + (2.9 * random.NextDouble()), 44.9 + (1.6 * random.NextDouble()), 0.0003 + (0.001 * random.NextDouble()));
            var ring = Enumerable.Range(0, 10).Select(k => string.Create(
                CultureInfo.InvariantCulture, $"[{x + (radius * Math.Cos(k * Math.Tau / 10)):F7},{y + (0.7 * radius * Math.Sin(k * Math.Tau / 10)):F7}]")).ToList();
            await file.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$$"""{"type":"Feature","id":{{{i}}},"properties":{"name":"Parcel {{{i}}}","class":"c{{{i % 7}}}","area_ha":{{{random.NextDouble() * 50:F3}}},"levels":{{{i % 9}}},"seen":"20{{{10 + (i % 15)}}}-01-02"},"geometry":{"type":"Polygon","coordinates":[[{{{string.Join(',', ring)}}},{{{ring[0]}}}]]}}""").AsMemory(),
                cancellationToken);
        }
    }

    private sealed class Told(Action<ImportProgress> tell) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            lock (tell)
            {
                tell(value);
            }
        }
    }
}
