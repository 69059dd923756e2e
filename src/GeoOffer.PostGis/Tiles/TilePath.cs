namespace GeoOffer.PostGis.Tiles;

/// <summary>Positions in the grid of a tile, not yet whole; kept from feature to feature.</summary>
internal sealed class TilePath
{
    private (double X, double Y)[] _positions = new (double X, double Y)[256];

    public int Count { get; private set; }

    public ReadOnlySpan<(double X, double Y)> Positions => _positions.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(double x, double y)
    {
        if (Count == _positions.Length)
        {
            Array.Resize(ref _positions, 2 * Count);
        }

        _positions[Count++] = (x, y);
    }
}
