using System.Text.Json;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>Names of members, which may hold escapes that are half of a letter.</summary>
internal static class JsonMember
{
    /// <summary>Whether a member has this name.</summary>
    public static bool Is(this JsonProperty member, ReadOnlySpan<byte> name)
    {
        try
        {
            return member.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The name; where it is damaged, the letter that stands for damage.</summary>
    public static string SafeName(this JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }
}
