using GeoOffer.PostGis;
using GeoOffer.Query.Crs;

namespace GeoOffer.Server.Formats;

/// <summary>Brings stored geometries into the reference system of an answer, in the axis order of its authority.</summary>
internal static class OutputTransform
{
    /// <summary>The way; null where stored coordinates are those of the answer.</summary>
    /// <param name="srid">The EPSG code of stored coordinates, x east, y north.</param>
    /// <param name="system">The system of the answer.</param>
    public static EwkbTransform? Between(int srid, ReferenceSystem system)
    {
        var isSwapped = system.AxisOrder == AxisOrder.NorthEast;
        if (srid == system.Srid)
        {
            return isSwapped ? new EwkbTransform(static (x, y) => (y, x), srid) : null;
        }

        var way = CoordinateSystems.Between(srid, system.Srid);
        return new EwkbTransform(
            (x, y) =>
            {
                // Where the system does not hold there is no position, which the writer refuses.
                var image = way.Transform(x, y);
                return !system.Contains(image.X, image.Y) ? (double.NaN, double.NaN) : isSwapped ? (image.Y, image.X) : image;
            },
            system.Srid);
    }
}
