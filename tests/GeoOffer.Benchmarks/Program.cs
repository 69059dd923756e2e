using System.Globalization;
using GeoOffer.Benchmarks;
using GeoOffer.Storage;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(
        """
        usage: scripts/bench [facts | match | export | layers | tiles | all] [SITES ...]

          facts   facts in bulk: sites per second on one and on two connections, eleven kinds of infrastructure and ten of constraints
          match   the headline match through the service's code beside the bare SQL, at 10000, 100000 and 1000000 sites, with the plan
          export  sites as GeoJSON beside COPY of ST_AsGeoJSON by psql, then in every format: time, first byte, memory; 100000 sites
          layers  a file of 1000000 polygons into a layer beside ogr2ogr, from GeoJSONSeq and GeoPackage; a layer over 100000 sites
          tiles   tiles of sites, made and kept, beside ST_AsMVT of the same rows; 1000000 sites
          all     all of them (the default)

        SITES limits match, export, layers and tiles to the given numbers of sites or features. Everything in the database geooffer_bench is replaced.
        """);
    return 0;
}

var what = args.FirstOrDefault(argument => !char.IsAsciiDigit(argument[0])) ?? "all";
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
if (what is "facts" or "all")
{
    await new FactsBenchmark(bench).RunAsync(interrupted.Token);
}

if (what is "match" or "all")
{
    await new MatchBenchmark(bench).RunAsync(sizes is [] ? [10_000, 100_000, 1_000_000] : sizes, interrupted.Token);
}

if (what is "export" or "all")
{
    foreach (var size in sizes is [] ? [100_000] : sizes)
    {
        await new ExportBenchmark(bench, connectionString).RunAsync(size, interrupted.Token);
    }
}

if (what is "layers" or "all")
{
    foreach (var size in sizes is [] ? [1_000_000] : sizes)
    {
        await new LayerBenchmark(bench, connectionString).RunAsync(size, interrupted.Token);
    }
}

if (what is "tiles" or "all")
{
    foreach (var size in sizes is [] ? [1_000_000] : sizes)
    {
        await new TileBenchmark(bench).RunAsync(size, interrupted.Token);
    }
}

return 0;
