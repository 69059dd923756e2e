using System.Text;

namespace GeoOffer.Storage.Importing.Systems;

/// <summary>Names of geodetic datums: ESRI, EPSG and national bodies each have their own for the same one.</summary>
internal static class DatumName
{
    private static readonly Dictionary<string, string> Synonyms = Table(
        ("wgs84", ["wgs1984", "worldgeodeticsystem1984", "worldgeodeticsystem1984ensemble"]),
        ("etrs89",
        [
            "etrs1989", "europeanterrestrialreferencesystem1989", "europeanterrestrialreferencesystem89",
            "europeanterrestrialreferencesystem1989ensemble",
        ]),
        ("rdn2008", ["retedinamicanazionale2008"]),
        ("igm95", ["igm1995", "istitutogeograficomilitaire1995", "istitutogeograficomilitare1995"]),
        ("montemario", ["roma40", "roma1940", "rome1940", "gaussboagaroma40"]),
        ("ed50", ["european1950", "europeandatum1950"]),
        ("osgb36", ["osgb1936", "ordnancesurveyofgreatbritain1936"]),
        ("rgf93", ["rgf1993", "reseaugeodesiquefrancais1993", "rgf93v1", "reseaugeodesiquefrancais1993v1"]),
        ("ntf", ["nouvelletriangulationfrancaise", "nouvelletriangulationfrancaiseparis", "ntfparis"]),
        ("dhdn", ["deutscheshauptdreiecksnetz", "potsdam"]),
        ("mgi", ["militargeographischeinstitut", "militargeographischesinstitut", "hermannskogel"]),
        ("bd72", ["belge1972", "reseaunationalbelge1972"]),
        ("ch1903plus", ["ch1903+"]),
        ("irenet95", ["irenet1995"]),
        ("tm75", ["geodeticdatumof1965", "tm1975"]),
        ("tm65", ["tm1965"]));

    private static readonly string[] Nothing = ["unknown", "notspecified", "unspecified", "undefined", "unnamed", "custom", "user", "none"];

    /// <summary>One name for all the names of a datum, to compare it by.</summary>
    public static string Normalise(string name)
    {
        var bare = Letters(name.StartsWith("D_", StringComparison.OrdinalIgnoreCase) ? name[2..] : name);
        return Synonyms.GetValueOrDefault(bare, bare);
    }

    /// <summary>Whether the name says that the datum is not known, as GDAL and ESRI write it.</summary>
    public static bool IsUnknown(string name)
    {
        var bare = Normalise(name);
        return bare.Length == 0 || Nothing.Any(word => bare.StartsWith(word, StringComparison.Ordinal));
    }

    private static string Letters(string name)
    {
        var letters = new StringBuilder(name.Length);
        foreach (var letter in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                letters.Append(char.ToLowerInvariant(letter));
            }
            else if (letter == '+')
            {
                letters.Append("plus");
            }
        }

        return letters.ToString();
    }

    private static Dictionary<string, string> Table(params ReadOnlySpan<(string Name, string[] Others)> rows)
    {
        var table = new Dictionary<string, string>();
        foreach (var (name, others) in rows)
        {
            foreach (var other in others)
            {
                table.Add(Letters(other), name);
            }
        }

        return table;
    }
}
