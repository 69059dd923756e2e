using GeoOffer.PostGis.Tiles;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Storage.Tiles;

/// <summary>The zooms at which a collection has tiles.</summary>
/// <param name="Least">From where on its extent is more than a dot on a map.</param>
/// <param name="Greatest">The deepest; maps enlarge its tiles to go closer.</param>
public readonly record struct TileZooms(int Least, int Greatest)
{
    // 3.7 cm of the equator are a unit there.
    private const int Deepest = 18;

    // Layers of one place are looked for on maps of a whole country too.
    private const int LeastAtMost = 4;

    // The extent is then 32 pixels wide or high.
    private const double LeastShareOfTile = 1 / 16.0;

    /// <summary>The zooms of a collection; null where it has no geometry to draw.</summary>
    public static TileZooms? Of(Collection collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        if (collection.Geometry is not { Srid: 4326 })
        {
            return null;
        }

        if (collection.Extent is not { CrossesAntimeridian: false } box)
        {
            return new TileZooms(0, Deepest);
        }

        var world = new TileFrame(new TileAddress(0, 0, 0));
        var share = Math.Max(box.East - box.West, (world.Y(box.South) - world.Y(box.North)) / TileFrame.Extent * 360) / 360;
        var least = share > 0 ? (int)Math.Ceiling(Math.Log2(LeastShareOfTile / share)) : LeastAtMost;
        return new TileZooms(Math.Clamp(least, 0, LeastAtMost), Deepest);
    }

    /// <summary>Whether there are tiles at a zoom.</summary>
    public bool Contains(int zoom) => zoom >= Least && zoom <= Greatest;
}
