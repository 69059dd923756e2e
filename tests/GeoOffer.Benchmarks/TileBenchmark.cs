using System.Diagnostics;
using System.Globalization;
using GeoOffer.PostGis.Tiles;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Paging;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Tiles;

namespace GeoOffer.Benchmarks;

/// <summary>
/// Tiles of sites for the public, cold and kept, beside <c>ST_AsMVT</c> of the same rows and columns of the same relation, prepared; and beside
/// other ways to have the geometry from the database, to see what drawing in the process costs.
/// </summary>
internal sealed class TileBenchmark(BenchDatabase bench)
{
    private const int Repetitions = 7;

    public async Task RunAsync(int size, CancellationToken cancellationToken)
    {
        await bench.ResetAsync(cancellationToken);
        await bench.DrawSitesAsync(size, 1, cancellationToken);
        var sites = BenchDatabase.Read("match_sites.sql").Replace("$1", size.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await bench.ExecuteAsync($"BEGIN; {sites}; COMMIT", cancellationToken);
        await bench.ExecuteAsync("VACUUM ANALYZE", cancellationToken);
        await MeasureAsync(size, cancellationToken);
    }

    /// <summary>Measures on the sites that are there.</summary>
    public async Task MeasureAsync(int size, CancellationToken cancellationToken)
    {
        using var catalogue = new CatalogueSource(bench.Database);
        var sites = (await catalogue.GetAsync(cancellationToken)).Find("sites")!;
        var features = FeatureQuery.Create(new FeatureRequest(sites, Role.Public, FeatureRequest.Unlimited)).Value;
        var reader = new TileReader(bench.Database);
        var kept = new TileSource(reader, 64 * 1024 * 1024);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Tiles of {size:N0} sites, median ms of {Repetitions}"));
        Console.WriteLine("  zoom     rows       bytes |     tile |  ST_AsMVT  ratio | kept (µs) |  rows as EWKB   as boxes");
        foreach (var zoom in (int[])[6, 8, 10, 11, 12, 14])
        {
            var query = new TileQuery(AddressOf(zoom, 9.7, 45.6), features, selectsProperties: false);
            var frame = new TileFrame(query.Address);
            var tile = await reader.ReadAsync(query, cancellationToken);
            var made = await MedianAsync(async () => await reader.ReadAsync(query, cancellationToken));
            await kept.GetAsync(query, 1, cancellationToken);
            var again = await MedianAsync(async () =>
            {
                for (var time = 0; time < 1000; time++)
                {
                    await kept.GetAsync(query, 1, cancellationToken);
                }
            });
            var columns = string.Join(", ", query.Properties.Select(property => $"t.\"{property.Column}\"").Prepend("t.code"));
            var box = string.Create(CultureInfo.InvariantCulture, $"ST_MakeEnvelope({frame.Box.MinX:R}, {frame.Box.MinY:R}, {frame.Box.MaxX:R}, {frame.Box.MaxY:R}, 4326)");
            var from = $"FROM geooffer.sites AS t WHERE t.is_public AND t.geom && {box}";
            var rows = (long)(await ScalarAsync($"SELECT count(*) {from}", cancellationToken))!;
            var envelope = string.Create(CultureInfo.InvariantCulture, $"ST_TileEnvelope({zoom}, {query.Address.Column}, {query.Address.Row})");
            var bare = await MedianAsync(() => ScalarAsync(
                $"SELECT ST_AsMVT(m, 'sites') FROM (SELECT ST_AsMVTGeom(ST_Transform(t.geom, 3857), {envelope}, 4096, 64) AS geom, {columns} {from}) AS m", cancellationToken));
            var ewkb = await MedianAsync(() => DrainAsync($"SELECT ROW(t.code, t.geom) {from}", cancellationToken));
            var boxes = await MedianAsync(() => DrainAsync(
                $"SELECT ROW(t.code, ST_XMin(t.geom), ST_YMin(t.geom), ST_XMax(t.geom), ST_YMax(t.geom)) {from}", cancellationToken));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  z{zoom,-3} {rows,9:N0} {tile.Length,11:N0} | {made,8:F1} | {bare,9:F1} {made / bare,6:F2} | {again,9:F2} | {ewkb,13:F1} {boxes,10:F1}"));
        }
    }

    private static TileAddress AddressOf(int zoom, double longitude, double latitude)
    {
        var world = new TileFrame(new TileAddress(0, 0, 0));
        return new TileAddress(zoom, Index(world.X(longitude)), Index(world.Y(latitude)));

        int Index(double units) => (int)Math.Floor(Math.ScaleB(units / TileFrame.Extent, zoom));
    }

    private async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = bench.Database.Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private async Task DrainAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = bench.Database.Source.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            rows.GetBytes(0, 0, null, 0, 0);
        }
    }

    private static async Task<double> MedianAsync(Func<Task> run)
    {
        var times = new List<double>();
        for (var repetition = -2; repetition < Repetitions; repetition++)
        {
            var clock = Stopwatch.StartNew();
            await run();
            if (repetition >= 0)
            {
                times.Add(clock.Elapsed.TotalMilliseconds);
            }
        }

        return times.Order().ElementAt(times.Count / 2);
    }
}
