namespace GeoOffer.PostGis.Tiles;

/// <summary>A tile of WebMercatorQuad (OGC 17-083r4, annex D.1): the square of the world in EPSG:3857 cut in halves, zoom by zoom.</summary>
/// <param name="Zoom">The tile matrix; 0 is one tile for the whole world.</param>
/// <param name="Column">From 0 in the west.</param>
/// <param name="Row">From 0 in the north.</param>
public readonly record struct TileAddress(int Zoom, int Column, int Row)
{
    /// <summary>The deepest zoom there is.</summary>
    public const int DeepestZoom = 24;

    /// <summary>Whether the matrix of the zoom has this column and row.</summary>
    public bool Exists => Zoom is >= 0 and <= DeepestZoom && Column >= 0 && Row >= 0 && Column < 1 << Zoom && Row < 1 << Zoom;
}
