namespace GeoOffer.Storage.Tiles;

/// <summary>Keeps what was used last, up to a number of bytes. Safe for use by many threads.</summary>
/// <param name="bytes">The most that all tiles together may weigh.</param>
internal sealed class TileCache(long bytes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TileKey, LinkedListNode<(TileKey Key, Tile Tile)>> _tiles = [];
    private readonly LinkedList<(TileKey Key, Tile Tile)> _order = new();
    private long _weight;

    /// <summary>The tile of a key; null where it is not kept.</summary>
    public Tile? Find(TileKey key)
    {
        lock (_lock)
        {
            if (!_tiles.TryGetValue(key, out var node))
            {
                return null;
            }

            _order.Remove(node);
            _order.AddFirst(node);
            return node.Value.Tile;
        }
    }

    /// <summary>Keeps a tile, and lets go of those that were not used for longest.</summary>
    public void Keep(TileKey key, Tile tile)
    {
        lock (_lock)
        {
            if (tile.Weight > bytes || _tiles.ContainsKey(key))
            {
                return;
            }

            _tiles.Add(key, _order.AddFirst((key, tile)));
            _weight += tile.Weight;
            while (_weight > bytes && _order.Last is { } oldest)
            {
                _order.RemoveLast();
                _tiles.Remove(oldest.Value.Key);
                _weight -= oldest.Value.Tile.Weight;
            }
        }
    }
}

/// <summary>What a tile is kept under.</summary>
/// <param name="DataVersion">The version of the data that it shows, or a later one.</param>
/// <param name="Identity">What was asked.</param>
internal readonly record struct TileKey(long DataVersion, string Identity);
