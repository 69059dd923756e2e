namespace GeoOffer.PostGis.Tiles;

/// <summary>How much a tile may hold before it is thinned.</summary>
/// <param name="Bytes">Bytes before compression, about.</param>
/// <param name="Features">Features.</param>
public sealed record TileBudget(int Bytes, int Features)
{
    /// <summary>What browsers draw without effort.</summary>
    public static TileBudget Default { get; } = new(500_000, 20_000);
}

/// <summary>A property of the features of a tile.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsEssential">Whether it stays when a tile becomes too large for all properties.</param>
public sealed record TileProperty(string Name, bool IsEssential);
