using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Systems;

/// <summary>A reference system that files of Europe are met in.</summary>
/// <param name="Srid">EPSG code; coordinates x east, y north.</param>
/// <param name="Area">Where it is used, in degrees; of the systems of the world only the part that Europe lies in.</param>
internal sealed record WellKnownSystem(int Srid, Envelope Area)
{
    /// <summary>The systems, those met most often first. Of two with the same coordinates only one is here.</summary>
    public static IReadOnlyList<WellKnownSystem> All { get; } =
    [
        new(32632, 6, 34, 12, 72),
        new(25832, 6, 34, 12, 72),
        new(7791, 5.93, 36.53, 12, 47.04),
        new(3003, 5.93, 36.53, 12, 47.04),
        new(3857, -25, 34, 45, 72),
        new(27700, -9, 49.75, 2.01, 61.01),
        new(2154, -9.86, 41.15, 10.38, 51.56),
        new(2056, 5.96, 45.82, 10.49, 47.81),
        new(3035, -25, 34, 45, 72),
        new(23032, 5.99, 36.53, 12.01, 72),
        new(3004, 12, 34.76, 18.99, 47.1),
        new(7792, 12, 34.79, 18, 47.1),
        new(7794, 5.93, 34.76, 18.99, 47.1),
        new(6876, 5.93, 34.76, 18.99, 47.1),
        new(21781, 5.96, 45.82, 10.49, 47.81),
        new(2157, -10.56, 51.39, -5.34, 55.43),
        new(29902, -10.56, 51.39, -5.93, 55.43),
        new(31370, 2.5, 49.5, 6.4, 51.51),
        new(28992, 3.2, 50.75, 7.22, 53.7),
        new(31466, 5.86, 49.11, 7.5, 53.81),
        new(31467, 7.5, 47.27, 10.51, 55.09),
        new(31468, 10.5, 47.39, 13.51, 54.59),
        new(31287, 9.53, 46.4, 17.17, 49.02),
        new(27572, -4.87, 42.33, 8.23, 51.14),
        new(3794, 13.38, 45.42, 16.61, 46.88),
        new(5514, 12.09, 47.73, 22.56, 51.06),
        new(2180, 14.14, 49, 24.15, 55.93),
        new(25831, 0, 37, 6.01, 72),
        new(25833, 12, 34, 18.01, 72),
        new(25830, -6, 35.26, 0.01, 72),
        new(25829, -12, 34.91, -6, 72),
        new(25828, -16.1, 34.93, -11.99, 72),
        new(25834, 18, 34, 24.01, 72),
        new(25835, 24, 34, 30.01, 72),
        new(32631, 0, 34, 6, 72),
        new(32633, 12, 34, 18, 72),
        new(32630, -6, 34, 0, 72),
        new(32629, -12, 34, -6, 72),
        new(32628, -18, 34, -12, 72),
        new(32634, 18, 34, 24, 72),
        new(32635, 24, 34, 30, 72),
        new(23031, 0, 38.56, 6.01, 72),
        new(23033, 12, 34.49, 18.01, 72),
        new(23030, -6, 35.26, 0.01, 72),
    ];

    private WellKnownSystem(int srid, double west, double south, double east, double north)
        : this(srid, new Envelope(west, east, south, north))
    {
    }

    /// <summary>The place of a system in <see cref="All"/>; behind all when it is not there.</summary>
    public static int Rank(int srid)
    {
        for (var place = 0; place < All.Count; place++)
        {
            if (All[place].Srid == srid)
            {
                return place;
            }
        }

        return int.MaxValue;
    }
}
