namespace GeoOffer.Storage.Exporting.FlatGeobufs;

/// <summary>The Hilbert curve over a square of 65,536 steps a side: positions near each other on it are near each other in the plane.</summary>
internal static class HilbertCurve
{
    private const int Order = 16;

    /// <summary>The greatest coordinate.</summary>
    public const uint Greatest = (1u << Order) - 1;

    /// <summary>How far along the curve a position lies.</summary>
    public static uint Distance(uint x, uint y)
    {
        var distance = 0u;
        for (var side = 1u << (Order - 1); side > 0; side /= 2)
        {
            var (right, upper) = ((x & side) > 0 ? 1u : 0u, (y & side) > 0 ? 1u : 0u);
            distance += side * side * ((3 * right) ^ upper);

            // Each quadrant holds the curve turned so that it begins where the one before ends.
            if (upper == 0)
            {
                if (right == 1)
                {
                    (x, y) = (Greatest - x, Greatest - y);
                }

                (x, y) = (y, x);
            }
        }

        return distance;
    }
}
