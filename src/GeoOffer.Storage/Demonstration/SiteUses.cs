namespace GeoOffer.Storage.Demonstration;

/// <summary>What may settle on a synthetic site, by its kind, size and surroundings.</summary>
internal static class SiteUses
{
    /// <summary>Admitted functions; empty when the sheet does not state them.</summary>
    public static List<string> Functions(SplitMix64 random, string kind, double areaHa, Surroundings around)
    {
        if (random.Chance(0.07))
        {
            return [];
        }

        if (kind == "greenfield")
        {
            var logistics = around.JunctionMetres < 4000 && areaHa > 3 ? 40 : 8;
            return random.Pick<string[]>(
                (logistics, ["logistics", "industrial"]), (logistics / 2.0, ["logistics"]), (38, ["industrial"]),
                (14, ["industrial", "offices"]), (7, ["retail"]), (5, ["tourism", "sports"]), (3, ["health_care"])).ToList();
        }

        var central = around.StationMetres < 1500 ? 14 : 4;
        return random.Pick<string[]>(
            (34, ["industrial"]), (18, ["industrial", "offices"]), (12, ["industrial", "logistics"]), (central, ["offices", "retail"]),
            (central / 2.0, ["education", "student_housing"]), (central / 2.0, ["offices", "residential"]), (5, ["health_care"]),
            (4, ["other"])).ToList();
    }

    /// <summary>Area, building or project; homes come only with a project.</summary>
    public static string Form(SplitMix64 random, string kind, double areaHa, List<string> functions, bool isPlanned)
    {
        if (functions.Contains("residential"))
        {
            return "project";
        }

        return isPlanned ? "area"
            : kind == "brownfield" && areaHa < 6 && random.Chance(0.4) ? "building"
            : random.Chance(0.06) ? "project" : "area";
    }

    /// <summary>The sectors that it is offered to; often none is named.</summary>
    public static List<string> KeySectors(SplitMix64 random, List<string> functions)
    {
        if (random.Chance(0.35))
        {
            return [];
        }

        var first = functions.Contains("industrial") || functions.Contains("logistics")
            ? random.Pick<string>(
                (6, "advanced_manufacturing"), (4, "agrifood"), (3, "cleantech"), (2, "life_sciences_chemical"), (2, "aerospace"),
                (1, "microelectronics"))
            : random.Pick<string>((4, "ict_data_centres"), (3, "life_sciences_chemical"), (3, "creative_industry"));
        var second = random.Pick<string>((3, "cleantech"), (2, "ict_data_centres"), (2, "microelectronics"), (2, "agrifood"));
        return second == first || random.Chance(0.6) ? [first] : [first, second];
    }
}
