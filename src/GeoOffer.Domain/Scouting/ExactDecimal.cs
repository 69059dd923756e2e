namespace GeoOffer.Domain.Scouting;

/// <summary>
/// Bounds that are derived from what an investor wrote, in decimal arithmetic: 0.7 with a slack of 0.1 ends at 0.8 and not at the binary
/// 0.7999999999999999, or a site exactly on an inclusive bound would fail.
/// </summary>
internal static class ExactDecimal
{
    /// <summary>bound · (1 − share), never above the bound.</summary>
    public static double Below(double bound, double share)
        => Math.Min(bound, (double)((decimal)bound * (1m - (decimal)share)));

    /// <summary>bound · (1 + share), never under the bound.</summary>
    public static double Above(double bound, double share)
        => Math.Max(bound, (double)((decimal)bound * (1m + (decimal)share)));

    /// <summary>bound + extra, never under the bound.</summary>
    public static double Plus(double bound, double extra)
        => Math.Max(bound, (double)((decimal)bound + (decimal)extra));

    /// <summary>left · right.</summary>
    public static double Product(double left, double right) => (double)((decimal)left * (decimal)right);

    /// <summary>(multiple − 1) · tolerance: what is left of a slack once the tolerance itself is used up.</summary>
    public static double SlackBeyondTolerance(double multiple, double tolerance)
        => (double)Math.Max(0m, ((decimal)multiple - 1m) * (decimal)tolerance);
}
