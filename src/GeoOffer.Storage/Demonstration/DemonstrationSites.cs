using System.Collections.Immutable;
using System.Globalization;
using GeoOffer.Domain.Offer;
using GeoOffer.Domain.Registers;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Demonstration;

/// <summary>Makes the synthetic sites: the same ones everywhere, with dates relative to a day.</summary>
internal static class DemonstrationSites
{
    private const ulong Seed = 0x4C6F6D6261726479;

    // Sites per province, in the order in which they are placed.
    private static readonly ImmutableArray<(string ProvinceCode, int Count)> Quotas =
    [
        ("015", 84), ("017", 72), ("016", 58), ("012", 50), ("018", 42), ("020", 34),
        ("019", 28), ("013", 28), ("108", 26), ("098", 22), ("097", 20), ("014", 18),
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
            var placed = placer.TryPlace(random, new Coordinate(plan.Longitude, plan.Latitude), 0.03, plan.Parks, centre =>
                plan.AreasHa.Length > 1 ? SiteShapes.DrawRow(random, centre, plan.AreasHa) : [SiteShapes.Draw(random, centre, plan.AreasHa[0])])
                ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"There is no room for a site at {plan.Longitude}, {plan.Latitude}."));
            foreach (var (plot, areaHa) in placed.Plots.Zip(plan.AreasHa))
            {
                sites.Add(sheets.Write(random, Number(sites), placed.Municipality, plot, areaHa, plan));
            }
        }

        foreach (var (provinceCode, count) in Quotas)
        {
            ImmutableArray<(double Weight, Municipality Value)> municipalities =
            [
                .. registers.Municipalities.Where(m => m.ProvinceCode == provinceCode).Select(m => (Math.Sqrt(m.Population ?? 0), m)),
            ];
            for (var made = 0; made < count; made++)
            {
                var random = RandomFor(sites.Count);
                var (plot, municipality, areaHa) = TryMake(random, municipalities, registers, placer)
                    ?? throw new InvalidOperationException($"There is no room for a site in province {provinceCode}.");
                sites.Add(sheets.Write(random, Number(sites), municipality, plot, areaHa, plan: null));
            }
        }

        return sites.ToImmutable();
    }

    private static (Geometry Plot, Municipality Municipality, double AreaHa)? TryMake(
        SplitMix64 random, ImmutableArray<(double Weight, Municipality Value)> municipalities, DemonstrationRegisters registers, SitePlacer placer)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var seat = registers.Seats[random.Pick<Municipality>(municipalities.AsSpan()).Code];
            var start = new Coordinate(seat.X + random.Between(-0.025, 0.025), seat.Y + random.Between(-0.018, 0.018));
            var areaHa = AreaHa(random);
            ParkShare? parks = random.Chance(0.08) ? null : ParkShare.None;
            if (placer.TryPlace(random, start, 0.02, parks, centre => [SiteShapes.Draw(random, centre, areaHa)]) is var (plots, municipality))
            {
                return (plots[0], municipality, areaHa);
            }
        }

        return null;
    }

    private static double AreaHa(SplitMix64 random)
    {
        var place = random.NextUnit() * (AreaTenthsHa.Length - 1);
        var (low, share) = ((int)place, place - (int)place);
        // Within the widest step most are near its lower end.
        return AreaTenthsHa[low] + ((AreaTenthsHa[low + 1] - AreaTenthsHa[low]) * share * share);
    }

    private static int Number(ImmutableArray<Site>.Builder sites) => sites.Count + 1;

    private static SplitMix64 RandomFor(int number) => new(Seed ^ ((ulong)number * 0xD1342543DE82EF95));
}
