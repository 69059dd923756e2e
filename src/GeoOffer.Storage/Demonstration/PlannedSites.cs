using System.Collections.Immutable;

namespace GeoOffer.Storage.Demonstration;

/// <summary>The sites that are put where they are for a reason.</summary>
internal static class PlannedSites
{
    private const string Greenfield = "greenfield", Brownfield = "brownfield";

    private static readonly ImmutableArray<string> Industrial = ["industrial"];
    private static readonly ImmutableArray<string> Mixed = ["industrial", "logistics"];
    private static readonly ImmutableArray<string> Logistics = ["logistics"];
    private static readonly ImmutableArray<string> Research = ["offices", "education"];
    private static readonly ImmutableArray<string> Leisure = ["tourism", "sports"];
    private static readonly ImmutableArray<string> NotStated = [];

    /// <summary>All of them, in their order.</summary>
    public static ImmutableArray<SitePlan> All { get; } =
    [
        .. AboutFortyHectaresNearRail(),
        .. RowsOfNeighbours(),
        .. RailBases(),
        .. OtherBriefs(),
    ];

    /// <summary>About 40 ha, industrial, a freight terminal within 10 km, no protected area.</summary>
    private static ImmutableArray<SitePlan> AboutFortyHectaresNearRail() =>
    [
        // They match.
        new(8.780, 45.270, [40.5], Greenfield, Mixed),
        new(9.440, 45.485, [38], Greenfield, Industrial),
        new(10.120, 45.510, [42], Greenfield, Mixed),
        new(10.010, 45.170, [44], Greenfield, Industrial) { IsStale = true },
        new(8.800, 45.590, [36.5], Brownfield, Industrial),
        new(9.330, 45.465, [35], Brownfield, ["industrial", "offices"]),

        // They match if something is verified: parks are not covered there, functions are not stated, or the area is unknown.
        new(10.860, 45.170, [41], Greenfield, Mixed),
        new(10.880, 45.190, [39], Greenfield, Industrial),
        new(9.950, 45.150, [40], Greenfield, NotStated),
        new(10.180, 45.480, [37.5], Brownfield, NotStated),
        new(8.720, 45.230, [40], Greenfield, Industrial) { IsPointOnly = true },

        // They miss narrowly: smaller, larger, farther, both, or touching a park.
        new(9.400, 45.460, [30], Greenfield, Industrial),
        new(10.130, 45.560, [32.5], Brownfield, Industrial),
        new(8.700, 45.280, [54], Greenfield, Industrial),
        new(10.040, 45.190, [49], Greenfield, Mixed),
        new(8.900, 45.200, [39], Greenfield, Industrial),
        new(9.610, 45.495, [41], Greenfield, Mixed),
        new(9.560, 45.540, [43], Brownfield, Industrial),
        new(10.030, 45.550, [52], Greenfield, Industrial),
        new(9.510, 45.510, [40], Greenfield, Industrial) { Parks = new ParkShare(0.01, 0.045) },
        new(8.760, 45.560, [42], Brownfield, Industrial) { Parks = new ParkShare(0.01, 0.045) },

        // They are out: another function, or well inside a park.
        new(9.030, 45.560, [40], Greenfield, Leisure),
        new(9.515, 45.530, [41], Greenfield, Industrial) { Parks = new ParkShare(0.25, 0.8) },
    ];

    /// <summary>Neighbours that reach about 40 ha only together.</summary>
    private static ImmutableArray<SitePlan> RowsOfNeighbours() =>
    [
        new(8.745, 45.262, [14, 26.5], Greenfield, Mixed),
        new(9.370, 45.450, [12, 17, 11], Greenfield, Industrial),
        new(10.090, 45.490, [21, 19.5], Greenfield, Mixed),
        new(10.060, 45.150, [9, 11, 8, 13], Greenfield, Industrial),
        new(10.820, 45.190, [16, 23], Greenfield, Mixed),
        new(9.600, 45.640, [7.5, 5], Brownfield, Industrial),
        new(9.480, 45.280, [10, 12.5, 16], Greenfield, Logistics),
    ];

    /// <summary>About 20 ha of logistics beside rail, for intermodal transport.</summary>
    private static ImmutableArray<SitePlan> RailBases() =>
    [
        new(8.745, 45.240, [20], Greenfield, Logistics) { HasRailSiding = true },
        new(9.405, 45.480, [18.5], Greenfield, Mixed) { HasRailSiding = true },
        new(9.310, 45.470, [21], Brownfield, Logistics),
        new(10.180, 45.520, [19], Brownfield, Mixed) { HasRailSiding = true },
        new(9.975, 45.145, [22], Greenfield, Logistics) { HasRailSiding = true },
        new(10.840, 45.160, [20.5], Greenfield, Logistics) { HasRailSiding = true },
        new(8.830, 45.600, [17.5], Brownfield, Logistics),
        new(9.600, 45.180, [20], Greenfield, Logistics),
        new(10.860, 45.000, [24], Greenfield, Logistics),
    ];

    /// <summary>Ten hectares of open land, research centres, a theme park, greenhouses, energy.</summary>
    private static ImmutableArray<SitePlan> OtherBriefs() =>
    [
        new(8.850, 45.720, [10], Greenfield, Industrial),
        new(9.060, 45.740, [9.6], Greenfield, Industrial),
        new(9.750, 46.150, [10.4], Greenfield, Industrial),
        new(9.720, 45.620, [10.8], Greenfield, Mixed),
        new(10.330, 45.430, [10.2], Greenfield, Mixed),
        new(9.120, 45.060, [9.4], Greenfield, Mixed),
        new(9.690, 45.380, [10.1], Greenfield, Industrial),
        new(10.780, 45.010, [11], Greenfield, Mixed),
        new(9.520, 45.270, [10.3], Greenfield, Industrial),
        new(9.370, 45.680, [9.9], Greenfield, ["industrial", "offices"]),
        new(9.330, 45.650, [10.6], Brownfield, ["industrial", "offices"]),
        new(9.160, 45.525, [6], Brownfield, Research),
        new(9.260, 45.490, [8.5], Brownfield, Research),
        new(9.650, 45.660, [12], Greenfield, ["offices", "industrial", "education"]),
        new(10.235, 45.575, [5.2], Brownfield, Research),
        new(9.140, 45.205, [7], Greenfield, Research),
        new(9.350, 45.300, [110], Greenfield, Leisure),
        new(10.560, 45.400, [95], Greenfield, Leisure),
        new(10.350, 45.200, [16], Greenfield, Industrial),
        new(9.760, 45.250, [14], Greenfield, Industrial),
        new(8.680, 45.130, [25], Greenfield, Industrial),
        new(10.650, 45.050, [32], Greenfield, Industrial),
        new(9.850, 45.450, [12.5], Greenfield, ["industrial", "health_care"]),
        new(9.220, 45.400, [28], Brownfield, ["industrial", "offices", "health_care"]),
    ];
}
