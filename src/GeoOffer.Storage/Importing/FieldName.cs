using System.Globalization;
using System.Text;

namespace GeoOffer.Storage.Importing;

/// <summary>Names of columns and members, as different makers write them.</summary>
internal static class FieldName
{
    /// <summary>Letters and digits in lower case, without accents: <c>Geo X</c>, <c>GEOX</c> and <c>geo_x</c> are one name.</summary>
    public static string Normalise(string name)
    {
        var letters = new StringBuilder(name.Length);
        foreach (var letter in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(letter))
            {
                letters.Append(char.ToLower(letter, CultureInfo.InvariantCulture));
            }
        }

        return letters.ToString();
    }
}
