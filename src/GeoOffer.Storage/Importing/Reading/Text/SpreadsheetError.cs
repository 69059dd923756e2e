using System.Collections.Frozen;

namespace GeoOffer.Storage.Importing.Reading.Text;

/// <summary>What spreadsheets write where a formula has no value, in English, Italian, French, German and Spanish.</summary>
internal static class SpreadsheetError
{
    private static readonly FrozenSet<string> Errors = FrozenSet.ToFrozenSet(
        [
            "#N/A", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#SPILL!", "#CALC!",
            "#N/D", "#NULLO!", "#VALORE!", "#RIF!", "#NOME?",
            "#NUL!", "#VALEUR!", "#NOM?", "#NOMBRE!",
            "#NV", "#WERT!", "#BEZUG!", "#ZAHL!",
            "#¡VALOR!", "#¡REF!", "#¿NOMBRE?", "#¡NUM!", "#¡DIV/0!", "#¡NULO!",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a cell holds one of them, or the hashes of a number that had no room.</summary>
    public static bool Is(string text) => Errors.Contains(text) || (text.Length > 2 && !text.AsSpan().ContainsAnyExcept('#'));
}
