namespace GeoOffer.Storage.Tiles;

/// <summary>
/// Tiles for many askers: who asks for a tile that is just being made waits for it with the others, and what was made is kept for the
/// version of the data. The making stops when nobody waits any more.
/// </summary>
public sealed class TileSource
{
    private readonly Func<TileQuery, CancellationToken, Task<byte[]>> _make;
    private readonly TileCache _cache;
    private readonly Lock _lock = new();
    private readonly Dictionary<TileKey, Flight> _flights = [];

    /// <summary>Tiles of a reader.</summary>
    /// <param name="reader">Makes them.</param>
    /// <param name="cacheBytes">The most that tiles kept may take of memory.</param>
    public TileSource(TileReader reader, long cacheBytes)
        : this(reader.ReadAsync, cacheBytes)
    {
    }

    internal TileSource(Func<TileQuery, CancellationToken, Task<byte[]>> make, long cacheBytes)
    {
        _make = make;
        _cache = new TileCache(cacheBytes);
    }

    /// <summary>A tile.</summary>
    /// <param name="query">Which.</param>
    /// <param name="dataVersion">The version of the data, asked for before: the tile shows it or a later one.</param>
    /// <param name="cancellationToken">The asker waits no longer.</param>
    public async Task<Tile> GetAsync(TileQuery query, long dataVersion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var key = new TileKey(dataVersion, query.Identity);
        if (_cache.Find(key) is { } kept)
        {
            return kept;
        }

        Flight flight;
        lock (_lock)
        {
            if (!_flights.TryGetValue(key, out flight!))
            {
                flight = new Flight();
                _flights.Add(key, flight);
                flight.Making = Task.Run(() => MakeAsync(key, query, flight), CancellationToken.None);
            }

            flight.Waiting++;
        }

        try
        {
            return await flight.Making.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(key, flight);
        }
    }

    private async Task<Tile> MakeAsync(TileKey key, TileQuery query, Flight flight)
    {
        try
        {
            var tile = new Tile(await _make(query, flight.Stop.Token));
            _cache.Keep(key, tile);
            return tile;
        }
        finally
        {
            lock (_lock)
            {
                Forget(key, flight);
            }
        }
    }

    private void Leave(TileKey key, Flight flight)
    {
        lock (_lock)
        {
            if (--flight.Waiting > 0 || flight.Making.IsCompleted)
            {
                return;
            }

            // Whoever asks from now on starts anew.
            Forget(key, flight);
        }

        flight.Stop.Cancel();
    }

    private void Forget(TileKey key, Flight flight)
    {
        if (_flights.TryGetValue(key, out var current) && current == flight)
        {
            _flights.Remove(key);
        }
    }

    /// <summary>A tile that is being made.</summary>
    private sealed class Flight
    {
        public Task<Tile> Making { get; set; } = null!;

        public int Waiting { get; set; }

        // Never disposed: it has no timer, and the maker may hold its token until the end.
        public CancellationTokenSource Stop { get; } = new();
    }
}
