using System.Globalization;
using GeoOffer.Benchmarks;
using GeoOffer.Storage;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(
        """
        usage: scripts/bench [facts | match | export | features | tiles | layers | all] [--kept] [SITES ...]

          facts     facts in bulk: sites per second on one and on two connections, eleven kinds of infrastructure and ten of constraints
          match     the headline match through the service's code beside the bare SQL, at 10000, 100000 and 1000000 sites, with the plan
          export    sites as GeoJSON beside COPY of ST_AsGeoJSON by psql, then in every format: time, first byte, memory; 100000 sites
          features  pages by box, one feature, the last page and long answers over HTTP, in turns with bare SQL; 1000000 sites
          tiles     tiles of sites over HTTP, made and kept, in turns with ST_AsMVT of the same rows; 1000000 sites
          layers    a file of 1000000 polygons into a layer beside ogr2ogr, from GeoJSONSeq and GeoPackage; a layer over 100000 sites
          all       all of them (the default)

        SITES limits match, export, features, tiles and layers to the given numbers of sites or features. Everything in the database
        geooffer_bench is replaced, but with --kept match, export, features and tiles measure on the sites that are there.
        """);
    return 0;
}

var isKept = args.Contains("--kept");
var what = args.FirstOrDefault(argument => char.IsAsciiLetter(argument[0])) ?? "all";
int[] sizes = [.. args.Where(argument => char.IsAsciiDigit(argument[0])).Select(argument => int.Parse(argument, CultureInfo.InvariantCulture))];
var connectionString = Environment.GetEnvironmentVariable("ConnectionStrings__GeoOffer")
    ?? throw new InvalidOperationException("ConnectionStrings__GeoOffer is not set; run scripts/bench.");
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    interrupted.Cancel();
};

await using var database = GeoOfferDatabase.Open($"{connectionString};Command Timeout=0");
var bench = new BenchDatabase(database);
var drawn = 0;
if (what is "facts" or "all")
{
    await new FactsBenchmark(bench).RunAsync(interrupted.Token);
}

await OnSitesAsync("match", [10_000, 100_000, 1_000_000], () => new MatchBenchmark(bench).MeasureAsync(interrupted.Token));
await OnSitesAsync("export", [100_000], () => new ExportBenchmark(bench, connectionString).MeasureAsync(interrupted.Token));
await OnSitesAsync("features", [1_000_000], () => new FeatureBenchmark(bench, connectionString).MeasureAsync(interrupted.Token));
await OnSitesAsync("tiles", [1_000_000], () => new TileBenchmark(bench, connectionString).MeasureAsync(interrupted.Token));
if (what is "layers" or "all")
{
    foreach (var size in sizes is [] ? [1_000_000] : sizes)
    {
        await new LayerBenchmark(bench, connectionString).RunAsync(size, interrupted.Token);
    }
}

return 0;

async Task OnSitesAsync(string name, int[] usual, Func<Task> measure)
{
    if (what != name && what != "all")
    {
        return;
    }

    foreach (var size in isKept ? [drawn] : sizes is [] ? usual : sizes)
    {
        if (size != drawn)
        {
            await bench.FillAsync(size, interrupted.Token);
            drawn = size;
        }

        Console.WriteLine();
        await measure();
    }
}
