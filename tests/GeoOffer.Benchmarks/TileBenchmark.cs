using System.Globalization;
using GeoOffer.PostGis.Tiles;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Paging;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Tiles;

namespace GeoOffer.Benchmarks;

/// <summary>
/// Tiles of sites over HTTP, made and kept, beside <c>ST_AsMVT</c> of the same rows and columns of the same relation, prepared.
/// </summary>
internal sealed class TileBenchmark(BenchDatabase bench, string connectionString)
{
    private const int TimesKept = 200;

    /// <summary>Measures on the sites that are there.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        using var catalogue = new CatalogueSource(bench.Database);
        var sites = (await catalogue.GetAsync(cancellationToken)).Find("sites")!;
        var features = FeatureQuery.Create(new FeatureRequest(sites, Role.Public, FeatureRequest.Unlimited)).Value;
        await using var cold = await ServedDatabase.StartAsync(connectionString, 0, cancellationToken);
        await using var keeping = await ServedDatabase.StartAsync(connectionString, 64, cancellationToken);
        Console.WriteLine("Tiles of sites, median ms, in turns with prepared SQL");
        Console.WriteLine("  zoom      rows      bytes |     made  ST_AsMVT  ratio (≤ 0.5) |   kept  times faster (≥ 10)");
        foreach (var (zoom, times) in ((int, int)[])[(6, 3), (8, 7), (10, 15), (11, 25), (12, 25), (14, 50)])
        {
            var query = new TileQuery(TileAt(zoom, 9.7, 45.6), features, selectsProperties: false);
            var box = new TileFrame(query.Address).Box;
            var inside = string.Create(
                CultureInfo.InvariantCulture,
                $"FROM geooffer.sites AS t WHERE t.is_public AND t.geom && ST_MakeEnvelope({box.MinX:R}, {box.MinY:R}, {box.MaxX:R}, {box.MaxY:R}, 4326)");
            var members = string.Join(", ", query.Properties.Select(property => $"t.\"{property.Column}\"").Prepend("t.code"));
            var square = string.Create(CultureInfo.InvariantCulture, $"ST_TileEnvelope({zoom}, {query.Address.Column}, {query.Address.Row})");
            await using var bare = await BareSql.PrepareAsync(
                bench.Database,
                $"SELECT ST_AsMVT(m, 'sites') FROM (SELECT ST_AsMVTGeom(ST_Transform(t.geom, 3857), {square}, 4096, 64) AS geom, {members} {inside}) AS m",
                [],
                cancellationToken);
            var address = string.Create(
                CultureInfo.InvariantCulture, $"ogc/collections/sites/tiles/WebMercatorQuad/{zoom}/{query.Address.Row}/{query.Address.Column}");
            var bytes = (await keeping.GetAsync(address, cancellationToken)).Bytes;
            var (made, sql) = await Alternation.MediansAsync(
                times, _ => cold.GetAsync(address, cancellationToken), _ => bare.RunAsync([], cancellationToken));
            var (kept, _) = await Alternation.MediansAsync(TimesKept, _ => keeping.GetAsync(address, cancellationToken), _ => Task.CompletedTask);
            var count = await bench.ScalarAsync($"SELECT count(*) {inside}", cancellationToken);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  z{zoom,-3} {count,9:N0} {bytes,10:N0} | {made,8:F1} {sql,9:F1} {made / sql,6:F2}         | {kept,6:F2} {made / kept,13:F0}"));
        }
    }

    private static TileAddress TileAt(int zoom, double longitude, double latitude)
    {
        var world = new TileFrame(new TileAddress(0, 0, 0));
        return new TileAddress(zoom, Index(world.X(longitude)), Index(world.Y(latitude)));

        int Index(double units) => (int)Math.Floor(Math.ScaleB(units / TileFrame.Extent, zoom));
    }
}
