using System.Text.Json;

namespace GeoOffer.Domain.Scouting;

/// <summary>The codes by which the members of an enumeration are exchanged: their names in lower snake case.</summary>
public static class EnumCode
{
    /// <summary>All codes, in the order of declaration.</summary>
    public static ValueList<string> All<T>()
        where T : struct, Enum
        => Table<T>.Codes;

    /// <summary>The code of a member.</summary>
    public static string ToCode<T>(this T value)
        where T : struct, Enum
        => Table<T>.Codes[Array.IndexOf(Table<T>.Values, value)];

    /// <summary>The member with exactly this code (codes are case-sensitive).</summary>
    public static bool TryParse<T>(string code, out T value)
        where T : struct, Enum
    {
        var index = Array.IndexOf([.. Table<T>.Codes], code);
        value = index < 0 ? default : Table<T>.Values[index];
        return index >= 0;
    }

    private static class Table<T>
        where T : struct, Enum
    {
        public static readonly T[] Values = Enum.GetValues<T>();

        public static readonly ValueList<string> Codes =
            Values.Select(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString())).ToValueList();
    }
}
