using GeoOffer.Domain.Offer;
using GeoOffer.Domain.Registers;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Demonstration;

/// <summary>
/// Fills in the sheet of a placed site. Attributes hang together: brownfields lie near stations and are dirtier, logistics looks for
/// junctions, large plots have several owners; and much is not known, as in real registers.
/// </summary>
internal sealed class SheetWriter(Lookout lookout, DateOnly today)
{
    private const string Unknown = "unknown";

    /// <summary>The sheet of one site.</summary>
    /// <param name="random">What is left to chance.</param>
    /// <param name="number">The number in its code and names.</param>
    /// <param name="municipality">Where it lies.</param>
    /// <param name="plot">Its polygon.</param>
    /// <param name="areaHa">The area that the polygon was drawn for.</param>
    /// <param name="plan">What is not left to chance, or null.</param>
    public Site Write(SplitMix64 random, int number, Municipality municipality, Geometry plot, double areaHa, SitePlan? plan)
    {
        var around = lookout.Around(plot.Centroid.Coordinate);
        var kind = plan?.Kind ?? (random.Chance(BrownfieldShare(municipality.ProvinceCode, areaHa, around)) ? "brownfield" : "greenfield");
        var functions = plan?.Functions.ToList() ?? SiteUses.Functions(random, kind, areaHa, around);
        var isPointOnly = plan?.IsPointOnly ?? random.Chance(0.06);
        var site = new Site
        {
            Code = $"DEMO-{number:D4}",
            Kind = kind,
            Form = SiteUses.Form(random, kind, areaHa, functions, plan is not null),
            AvailabilityType = random.Pick<string>((60, "A"), (25, "B"), (15, Unknown)),
            NameIt = $"Area dimostrativa {number:D3} – {municipality.NameIt}",
            NameEn = $"Demonstration site {number:D3} – {municipality.NameIt}",
            MunicipalityCode = municipality.Code,
            Geom = isPointOnly ? RoundedPoint(plot) : plot,
            Functions = functions,
            KeySectors = SiteUses.KeySectors(random, functions),
        };
        Describe(site);
        WriteAreas(site, random, areaHa, plan);
        WritePlanning(site, random);
        WriteServicing(site, random, around, plan);
        WriteMarket(site, random, areaHa, municipality.ProvinceCode);
        BrownfieldSheet.Write(site, random, areaHa, today);
        WriteLife(site, random, plan);
        return site;
    }

    private static double BrownfieldShare(string provinceCode, double areaHa, Surroundings around)
    {
        var share = provinceCode switch
        {
            "015" or "108" => 0.52,
            "012" => 0.48,
            "017" => 0.42,
            "016" or "097" or "013" => 0.36,
            _ => 0.24,
        };
        return share + (around.StationMetres < 1500 ? 0.2 : 0) - (areaHa > 30 ? 0.15 : 0);
    }

    private static Point RoundedPoint(Geometry plot)
    {
        var inside = plot.InteriorPoint.Coordinate;
        return plot.Factory.CreatePoint(new Coordinate(Math.Round(inside.X, 5), Math.Round(inside.Y, 5)));
    }

    private static void Describe(Site site)
    {
        site.DescriptionIt = "Scheda sintetica a scopo dimostrativo: luogo, forma e dati sono inventati.";
        site.DescriptionEn = "Synthetic sheet for demonstration: place, shape and data are invented.";
        site.Contact = "Contatto dimostrativo, nessuna persona reale";
        site.InternalNote = "Generata da geooffer demo";
    }

    private static void WriteAreas(Site site, SplitMix64 random, double areaHa, SitePlan? plan)
    {
        // Most owners know their area; some are out by more than the 2 % that deserves a warning, some do not say.
        var error = random.Chance(0.06) ? random.Between(0.03, 0.12) : random.Between(-0.006, 0.006);
        var isStated = plan is not null || !random.Chance(0.07);
        site.GrossAreaDeclaredHa = isStated ? Math.Round(areaHa * (1 + (plan is null ? error : 0)), 2) : null;
        var usefulHa = Math.Round(areaHa * random.Between(0.72, 0.95), 2);
        site.UsefulAreaHa = random.Chance(0.7) ? usefulHa : null;
        site.ForSaleAreaHa = random.Chance(0.65) ? Math.Round(usefulHa * random.Between(0.85, 1), 2) : null;
    }

    private static void WritePlanning(Site site, SplitMix64 random)
    {
        site.PlanningZone = random.Chance(0.75) ? random.Pick<string>((4, "D1"), (3, "D2"), (2, "AT"), (1, "B/D"), (1, "F")) : null;
        if (random.Chance(0.6))
        {
            site.BuildingIndex = Math.Round(random.Between(0.3, 1), 2);
            site.BuildingIndexUnit = random.Chance(0.9) ? "m2_per_m2" : Unknown;
            var floorAreaM2 = (site.UsefulAreaHa ?? site.GrossAreaDeclaredHa) * 10_000 * site.BuildingIndex;
            site.BuildableFloorAreaM2 = random.Chance(0.8) && floorAreaM2 is { } stated ? Math.Round(stated, 0) : null;
        }

        site.CoverageRatio = random.Chance(0.55) ? Math.Round(random.Between(0.35, 0.6), 2) : null;
        site.MaxHeightM = random.Chance(0.5) ? Math.Round(random.Between(9, 24) * 2, 0) / 2 : null;
        site.PlanStage = random.Pick<string>(
            (18, "not_applicable"), (18, "not_started"), (16, "in_preparation"), (10, "adopted"), (14, "approved"), (9, "agreed"),
            (15, Unknown));
        site.PlanVariantRequired = random.Pick<string>((18, "yes"), (58, "no"), (24, Unknown));
    }

    private static void WriteServicing(Site site, SplitMix64 random, Surroundings around, SitePlan? plan)
    {
        var isBrownfield = site.Kind == "brownfield";
        site.ServicingStage = isBrownfield
            ? random.Pick<string>((70, "serviced"), (12, "in_progress"), (4, "not_serviced"), (14, Unknown))
            : random.Pick<string>((26, "serviced"), (22, "in_progress"), (34, "not_serviced"), (2, "not_serviceable"), (16, Unknown));
        var likely = site.ServicingStage is "serviced" ? 0.9 : site.ServicingStage is "in_progress" ? 0.6 : 0.25;
        site.Electricity = YesNoUnknown(random, likely + 0.08, 0.12);
        site.ElectricityMw = site.Electricity == "yes" && random.Chance(0.45) ? Math.Round(random.Between(0.5, 20), 1) : null;
        site.Gas = YesNoUnknown(random, likely, 0.18);
        site.GasM3PerH = site.Gas == "yes" && random.Chance(0.3) ? Math.Round(random.Between(10, 200), 0) * 10 : null;
        site.Water = YesNoUnknown(random, likely, 0.15);
        site.WaterLPerS = site.Water == "yes" && random.Chance(0.3) ? Math.Round(random.Between(1, 40), 0) : null;
        site.Sewer = YesNoUnknown(random, likely, 0.15);
        site.Fibre = YesNoUnknown(random, likely - 0.15, 0.25);
        site.RailSiding = plan is { HasRailSiding: true } ? "yes" : YesNoUnknown(random, around.TerminalMetres < 3000 ? 0.3 : 0.02, 0.14);
        site.Quay = YesNoUnknown(random, 0, 0.08);
    }

    private static void WriteMarket(Site site, SplitMix64 random, double areaHa, string provinceCode)
    {
        site.Ownership = random.Pick<string>((64, "private"), (19, "public"), (7, "mixed"), (10, Unknown));
        site.OwnerCount = site.Ownership == Unknown || random.Chance(0.25) ? null : areaHa > 15 ? random.Whole(1, 9) : random.Whole(1, 3);
        site.Insolvency = site.Kind == "brownfield"
            ? random.Pick<string>((9, "yes"), (66, "no"), (25, Unknown))
            : random.Pick<string>((1, "yes"), (84, "no"), (15, Unknown));
        var eurPerM2 = provinceCode switch
        {
            "015" or "108" => random.Between(120, 320),
            "012" or "016" or "017" or "013" or "097" => random.Between(80, 190),
            _ => random.Between(35, 100),
        };
        if (random.Chance(0.62))
        {
            var thousands = Math.Round(eurPerM2 * areaHa * 10, 0);
            site.PriceMinEur = (decimal)thousands * 1000;
            site.PriceMaxEur = random.Chance(0.5) ? (decimal)Math.Round(thousands * random.Between(1.05, 1.35), 0) * 1000 : null;
        }
        else if (site.Form == "building" && random.Chance(0.6))
        {
            site.RentMinEurPerYear = (decimal)Math.Round(eurPerM2 * areaHa * 0.6, 0) * 1000;
        }

        site.MarketingStage = random.Pick<string>((56, "on_the_market"), (12, "in_negotiation"), (16, "not_marketed"), (16, Unknown));
    }

    private static string YesNoUnknown(SplitMix64 random, double yes, double unknown) =>
        random.Chance(unknown) ? Unknown : random.Chance(yes) ? "yes" : "no";

    private void WriteLife(Site site, SplitMix64 random, SitePlan? plan)
    {
        var daysSinceVerified = plan switch
        {
            { IsStale: true } => random.Whole(200, 330),
            not null => random.Whole(2, 150),
            null => random.Pick<int?>((70, random.Whole(2, 165)), (14, random.Whole(190, 420)), (6, random.Whole(550, 900)), (10, null)),
        };
        site.VerifiedOn = daysSinceVerified is { } days ? today.AddDays(-days) : null;
        site.FirstAdded = today.AddDays(-(daysSinceVerified ?? 0) - random.Whole(10, 1200));
        site.AvailableFrom = random.Chance(0.5) ? today.AddDays(random.Whole(-200, 700)) : null;
        site.OriginChannel = random.Pick<string>(
            (30, "expression_of_interest"), (18, "attract_agreement"), (20, "municipality"), (10, "province"), (10, "partner"), (8, "owner"),
            (4, Unknown));
        site.LifecycleState = plan is not null
            ? "published"
            : random.Pick<string>((82, "published"), (5, "reserved"), (3, "admitted"), (3, "draft"), (3, "settled"), (4, "withdrawn"));
        if (site.LifecycleState == "reserved")
        {
            site.MarketingStage = "reserved";
        }
        else if (site.LifecycleState == "settled")
        {
            site.MarketingStage = "concluded";
        }

        // A sheet that nobody has confirmed for so long has left the public offer.
        var isForgotten = daysSinceVerified > 540;
        site.IsPublic = site.LifecycleState is "published" or "reserved" && !isForgotten;
    }
}
