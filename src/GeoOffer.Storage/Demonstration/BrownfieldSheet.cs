using GeoOffer.Domain.Offer;

namespace GeoOffer.Storage.Demonstration;

/// <summary>Fills in the block of a sheet that tells what was there before.</summary>
internal static class BrownfieldSheet
{
    private const string Unknown = "unknown", NotApplicable = "not_applicable";

    /// <summary>Writes the block; of greenfields it says that there is nothing to say.</summary>
    public static void Write(Site site, SplitMix64 random, double areaHa, DateOnly today)
    {
        if (site.Kind == "greenfield")
        {
            site.Disuse = NotApplicable;
            site.SoilPollution = random.Pick<string>((70, "none"), (12, "unlikely"), (18, Unknown));
            site.RemediationStage = NotApplicable;
            site.BuildingState = NotApplicable;
            site.Heritage = random.Chance(0.8) ? "none" : Unknown;
            return;
        }

        site.CoveredAreaM2 = random.Chance(0.75) ? Math.Round(areaHa * 10_000 * random.Between(0.15, 0.55), 0) : null;
        WriteDisuse(site, random, today);
        site.SoilPollution = random.Pick<string>(
            (14, "none"), (12, "treated"), (16, "unlikely"), (22, "suspected"), (14, "proven"), (22, Unknown));
        site.RemediationStage = site.SoilPollution switch
        {
            "none" or "unlikely" => NotApplicable,
            "treated" => "completed",
            "suspected" => random.Chance(0.7) ? "to_be_assessed" : "characterisation",
            "proven" => random.Pick<string>((3, "characterisation"), (3, "project_approved"), (4, "in_progress")),
            _ => Unknown,
        };
        site.BuildingState = random.Pick<string>((12, "good"), (24, "fair"), (30, "poor"), (14, "ruin"), (6, NotApplicable), (14, Unknown));
        site.Heritage = random.Pick<string>((68, "none"), (10, "of_interest"), (4, "listed"), (18, Unknown));
        site.PreviousActivity = random.Chance(0.85)
            ? random.Pick<string>(
                (5, "industria meccanica"), (4, "industria tessile"), (3, "fonderia"), (2, "industria chimica"), (3, "magazzino"),
                (2, "cartiera"), (2, "fornace"), (2, "scalo ferroviario"), (1, "caserma"), (2, "industria alimentare"))
            : null;
    }

    /// <summary>Disused: more than 2,000 m² covered, idle for more than four years (L.R. 1/2007 art. 7).</summary>
    private static void WriteDisuse(Site site, SplitMix64 random, DateOnly today)
    {
        if (random.Chance(0.12))
        {
            site.Disuse = random.Chance(0.5) ? "in_use" : Unknown;
            return;
        }

        var yearsIdle = random.Whole(1, 24);
        site.Disuse = yearsIdle > 4 && (site.CoveredAreaM2 ?? 0) > 2000 ? "disused" : "inactive";
        site.DisusedSince = random.Chance(0.8) ? new DateOnly(today.Year - yearsIdle, random.Whole(1, 12), 1) : null;
    }
}
