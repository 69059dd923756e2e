using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace GeoOffer.Storage.Security;

/// <summary>A secret that identifies a caller: <c>go_</c> and 256 random bits as base64url. Only its SHA-256 is ever stored.</summary>
/// <remarks>A fast hash is enough: nobody can guess 256 random bits, however fast the guesses are checked.</remarks>
public static class ApiKey
{
    /// <summary>What every key starts with.</summary>
    public const string Start = "go_";

    private const int RandomBytes = 32;
    private const int PrefixLength = 12;

    private static readonly int Length = Start.Length + Base64Url.GetEncodedLength(RandomBytes);

    /// <summary>A new key.</summary>
    public static string Generate() => Start + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>The beginning of a key, which may be shown; null when the text cannot be a key.</summary>
    public static string? PrefixOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == Length && text.StartsWith(Start, StringComparison.Ordinal) && Base64Url.IsValid(text.AsSpan(Start.Length))
            ? text[..PrefixLength]
            : null;
    }

    /// <summary>What is stored of a key.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
