using System.Net;
using GeoOffer.Testing;

namespace GeoOffer.Server.Tests;

/// <summary>Who waits for a tile while the database makes it wait, and for how long.</summary>
public sealed class TilePatienceTests(PostGisCluster cluster)
{
    private static readonly string Address = TileTests.Address(TileTests.Milan);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_who_ask_for_one_tile_wait_for_one_query_and_later_ones_for_none()
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql);
        await service.Client.GetJsonAsync("/ogc/collections");
        List<Task<byte[]>> askers;
        await using (var held = await SiteLock.TakeAsync(service.ConnectionString))
        {
            askers = [.. Enumerable.Range(0, 50).Select(_ => service.Client.GetByteArrayAsync(Address, Token))];
            await held.WaitUntilAsync(waiting: 1, Token);
            await Task.Delay(TimeSpan.FromMilliseconds(500), Token);
            await held.WaitUntilAsync(waiting: 1, Token);
        }

        var tiles = await Task.WhenAll(askers);
        Assert.All(tiles, tile => Assert.Equal(tiles[0], tile));
        await using (await SiteLock.TakeAsync(service.ConnectionString))
        {
            Assert.Equal(tiles[0], await service.Client.GetByteArrayAsync(Address, Token));
        }
    }

    [Fact]
    public async Task A_query_stops_when_the_last_who_waits_hangs_up()
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql);
        await service.Client.GetJsonAsync("/ogc/collections");
        Task<byte[]> patient;
        await using (var held = await SiteLock.TakeAsync(service.ConnectionString))
        {
            using var first = CancellationTokenSource.CreateLinkedTokenSource(Token);
            using var second = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var hasty = service.Client.GetByteArrayAsync(Address, first.Token);
            var hastyToo = service.Client.GetByteArrayAsync(Address, second.Token);
            await held.WaitUntilAsync(waiting: 1, Token);
            await first.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hasty);
            await Task.Delay(TimeSpan.FromMilliseconds(300), Token);
            await held.WaitUntilAsync(waiting: 1, Token);
            await second.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hastyToo);
            await held.WaitUntilAsync(waiting: 0, Token);
            patient = service.Client.GetByteArrayAsync(Address, Token);
            await held.WaitUntilAsync(waiting: 1, Token);
        }

        Assert.NotEmpty(await patient);
    }

    [Fact]
    public async Task A_tile_that_takes_too_long_is_a_503()
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql, new Dictionary<string, string> { ["Limits:StatementSeconds"] = "1" });
        await service.Client.GetJsonAsync("/ogc/collections");
        await using (await SiteLock.TakeAsync(service.ConnectionString))
        {
            using var response = await service.Client.GetAsync(Address, Token);
            await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        }

        Assert.NotEmpty((await TileTests.TileAsync(service.Client, TileTests.Milan)).Features);
    }
}
