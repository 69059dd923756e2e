using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Matching;

/// <summary>One world of made-up facts for the tests of a class.</summary>
public sealed class MadeUpWorld(PostGisCluster cluster) : IAsyncLifetime
{
    public MatchWorld World { get; private set; } = null!;

    public async ValueTask InitializeAsync() => World = await RandomFacts.CreateWorldAsync(cluster, 250, seed: 3);

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
