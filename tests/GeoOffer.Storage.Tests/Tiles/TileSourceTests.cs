using GeoOffer.PostGis.Tiles;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Paging;
using GeoOffer.Storage.Tiles;

namespace GeoOffer.Storage.Tests.Tiles;

/// <summary>How often tiles are made, told by a maker that counts.</summary>
public sealed class TileSourceTests
{
    private const long Plenty = 1 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_who_ask_at_once_get_one_making_and_the_next_none()
    {
        var maker = new Maker();
        var tiles = new TileSource(maker.MakeAsync, Plenty);
        var query = Queries()[0];
        var askers = Enumerable.Range(0, 50).Select(_ => tiles.GetAsync(query, 1, Token)).ToList();
        maker.Go.SetResult();
        var got = await Task.WhenAll(askers);
        Assert.All(got, tile => Assert.Same(got[0], tile));
        Assert.Same(got[0], await tiles.GetAsync(query, 1, Token));
        Assert.Equal(1, maker.Count);
    }

    [Fact]
    public async Task Another_version_role_condition_selection_or_place_is_another_tile()
    {
        var maker = new Maker();
        maker.Go.SetResult();
        var tiles = new TileSource(maker.MakeAsync, Plenty);
        var queries = Queries();
        foreach (var query in queries)
        {
            await tiles.GetAsync(query, 1, Token);
        }

        Assert.Equal(queries.Count, maker.Count);
        await tiles.GetAsync(queries[0], 2, Token);
        Assert.Equal(queries.Count + 1, maker.Count);
    }

    [Fact]
    public async Task The_making_goes_on_while_somebody_waits_and_stops_with_the_last()
    {
        var maker = new Maker();
        var tiles = new TileSource(maker.MakeAsync, Plenty);
        var query = Queries()[0];
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var (one, two) = (tiles.GetAsync(query, 1, first.Token), tiles.GetAsync(query, 1, second.Token));
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.False(maker.IsStopped);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        await maker.Stopped.Task.WaitAsync(Token);

        // Whoever comes after gets a tile of a new making, not the end of the old one.
        var late = tiles.GetAsync(query, 1, Token);
        maker.Go.SetResult();
        Assert.False((await late).Content.IsEmpty);
        Assert.Equal(2, maker.Count);
    }

    [Fact]
    public async Task A_failure_is_told_to_all_who_wait_and_not_kept()
    {
        var attempts = 0;
        var failing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tiles = new TileSource(
            async (_, _) =>
            {
                if (Interlocked.Increment(ref attempts) == 1)
                {
                    await failing.Task;
                }

                return [1];
            },
            Plenty);
        var query = Queries()[0];
        var askers = Enumerable.Range(0, 3).Select(_ => tiles.GetAsync(query, 1, Token)).ToList();
        failing.SetException(new TimeoutException());
        foreach (var asker in askers)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => asker);
        }

        Assert.Equal(1, (await tiles.GetAsync(query, 1, Token)).Content.Length);
    }

    [Fact]
    public async Task What_was_not_used_for_longest_is_let_go_of_first()
    {
        var maker = new Maker { Length = 1000 };
        maker.Go.SetResult();
        var tiles = new TileSource(maker.MakeAsync, 2 * new Tile(new byte[1000]).Weight);
        var queries = Queries();
        await tiles.GetAsync(queries[0], 1, Token);
        await tiles.GetAsync(queries[1], 1, Token);
        await tiles.GetAsync(queries[0], 1, Token);
        await tiles.GetAsync(queries[2], 1, Token);
        Assert.Equal(3, maker.Count);
        await tiles.GetAsync(queries[0], 1, Token);
        Assert.Equal(3, maker.Count);
        await tiles.GetAsync(queries[1], 1, Token);
        Assert.Equal(4, maker.Count);
    }

    [Fact]
    public async Task Without_room_nothing_is_kept()
    {
        var maker = new Maker();
        maker.Go.SetResult();
        var tiles = new TileSource(maker.MakeAsync, 0);
        var query = Queries()[0];
        await tiles.GetAsync(query, 1, Token);
        await tiles.GetAsync(query, 1, Token);
        Assert.Equal(2, maker.Count);
    }

    private static List<TileQuery> Queries()
    {
        var code = new Property("code", "code", PropertyType.Text, new Localized("codice", "code")) { Nullable = false };
        var sites = new Collection
        {
            Id = "sites",
            Title = new Localized("siti", "sites"),
            Description = new Localized("siti", "sites"),
            Relation = new Relation("geooffer", "sites"),
            Key = code,
            Properties = [code, new Property("kind", "kind", PropertyType.Text, new Localized("tipo", "kind")), new Property("area_ha", "area_ha", PropertyType.Number, new Localized("area", "area"))],
            Geometry = new GeometryProperty("geometry", "geom", 4326, GeometryTypes.Any),
        };
        var address = new TileAddress(12, 2151, 1465);
        return
        [
            Make(address, new FeatureRequest(sites, Role.Public, 1)),
            Make(address with { Column = 2152 }, new FeatureRequest(sites, Role.Public, 1)),
            Make(address, new FeatureRequest(sites, Role.Scout, 1)),
            Make(address, new FeatureRequest(sites, Role.Public, 1) { Filter = new Constant(true) }),
            Make(address, new FeatureRequest(sites, Role.Public, 1) { Properties = ["kind"] }),
            Make(address, new FeatureRequest(sites with { Id = "others" }, Role.Public, 1)),
        ];

        static TileQuery Make(TileAddress address, FeatureRequest request) =>
            new(address, FeatureQuery.Create(request).Value, request.Properties is not null);
    }

    private sealed class Maker
    {
        private int _count;

        public int Count => _count;

        public int Length { get; init; } = 3;

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsStopped => Stopped.Task.IsCompleted;

        public async Task<byte[]> MakeAsync(TileQuery query, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            await using var registration = cancellationToken.Register(() => Stopped.TrySetResult());
            await Go.Task.WaitAsync(cancellationToken);
            return new byte[Length];
        }
    }
}
