using System.Collections.Immutable;
using GeoOffer.Domain.Offer;
using GeoOffer.Domain.Registers;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Demonstration;

/// <summary>Makes the synthetic sites: the same ones everywhere, with dates relative to a day.</summary>
internal static class DemonstrationSites
{
    private const ulong Seed = 0x4C6F6D6261726479;

    // Sites per province, in the order in which they are placed; between lakes and mountains plots are smaller.
    private static readonly ImmutableArray<Quota> Quotas =
    [
        new("015", 84), new("017", 72), new("016", 58), new("012", 50, 0.6), new("018", 42), new("020", 34),
        new("019", 28), new("013", 28, 0.5), new("108", 26), new("098", 22), new("097", 20, 0.5), new("014", 18, 0.4),
    ];

    // Areas in hectares at each tenth of the sites: few are large, as in real registers.
    private static readonly ImmutableArray<double> AreaTenthsHa = [0.5, 1.1, 1.8, 2.6, 3.7, 5.2, 7.4, 10.8, 16, 30, 150];

    /// <summary>All sites as they are on a day, in the order of their codes.</summary>
    /// <param name="registers">The territory they are placed in.</param>
    /// <param name="today">The day of loading.</param>
    /// <exception cref="InvalidOperationException">There is no room for one that is put where it is for a reason.</exception>
    public static ImmutableArray<Site> Generate(DemonstrationRegisters registers, DateOnly today)
    {
        var placer = new SitePlacer(registers);
        var sheets = new SheetWriter(new Lookout(registers.Infrastructure), today);
        var sites = ImmutableArray.CreateBuilder<Site>();
        foreach (var plan in PlannedSites.All)
        {
            var random = RandomFor(sites.Count);
            var start = new Coordinate(plan.Longitude, plan.Latitude);
            var placed = placer.TryPlace(random, start, 0.03, plan.Parks, centre => Draw(random, centre, plan.AreasHa))
                ?? throw new InvalidOperationException($"There is no room for a site at {start}.");
            foreach (var (plot, areaHa) in placed.Plots.Zip(plan.AreasHa))
            {
                sites.Add(sheets.Write(random, Number(sites), placed.Municipality, plot, areaHa, plan));
            }
        }

        foreach (var quota in Quotas)
        {
            ImmutableArray<(double Weight, Municipality Value)> municipalities =
            [
                .. registers.Municipalities.Where(m => m.ProvinceCode == quota.ProvinceCode).Select(m => (Math.Sqrt(m.Population ?? 0), m)),
            ];
            for (var made = 0; made < quota.Count; made++)
            {
                var random = RandomFor(sites.Count);
                var (plot, municipality, areaHa) = TryMake(random, quota.AreaScale, municipalities, registers, placer)
                    ?? throw new InvalidOperationException($"There is no room for a site in province {quota.ProvinceCode}.");
                sites.Add(sheets.Write(random, Number(sites), municipality, plot, areaHa, plan: null));
            }
        }

        return sites.ToImmutable();
    }

    private static (Geometry Plot, Municipality Municipality, double AreaHa)? TryMake(
        SplitMix64 random,
        double areaScale,
        ImmutableArray<(double Weight, Municipality Value)> municipalities,
        DemonstrationRegisters registers,
        SitePlacer placer)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var seat = registers.Seats[random.Pick<Municipality>(municipalities.AsSpan()).Code];
            var start = new Coordinate(seat.X + random.Between(-0.025, 0.025), seat.Y + random.Between(-0.018, 0.018));
            var areaHa = AreaHa(random) * areaScale;
            ParkShare? parks = random.Chance(0.08) ? null : ParkShare.None;
            if (placer.TryPlace(random, start, 0.02, parks, centre => Draw(random, centre, [areaHa])) is var (plots, municipality))
            {
                return (plots[0], municipality, areaHa);
            }
        }

        return null;
    }

    private static IReadOnlyList<Geometry> Draw(SplitMix64 random, Coordinate centre, ImmutableArray<double> areasHa) =>
        areasHa.Length > 1 ? SiteShapes.DrawRow(random, centre, areasHa) : [SiteShapes.Draw(random, centre, areasHa[0])];

    private static double AreaHa(SplitMix64 random)
    {
        var place = random.NextUnit() * (AreaTenthsHa.Length - 1);
        var (low, share) = ((int)place, place - (int)place);
        // Within the widest step most are near its lower end.
        return AreaTenthsHa[low] + ((AreaTenthsHa[low + 1] - AreaTenthsHa[low]) * share * share);
    }

    private static int Number(ImmutableArray<Site>.Builder sites) => sites.Count + 1;

    private static SplitMix64 RandomFor(int number) => new(Seed ^ ((ulong)number * 0xD1342543DE82EF95));

    /// <summary>The sites of one province.</summary>
    /// <param name="ProvinceCode">The province.</param>
    /// <param name="Count">How many sites it gets.</param>
    /// <param name="AreaScale">What their areas are multiplied by.</param>
    private sealed record Quota(string ProvinceCode, int Count, double AreaScale = 1);
}
