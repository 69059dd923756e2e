using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GeoOffer.Domain.Scouting;

/// <summary>
/// Names the rules by what they do: a digest of their numbers, of the judgements over a fixed lattice of briefs and sites, and of the texts
/// that compute facts elsewhere. It changes when the behaviour does, and nobody has to remember to change it.
/// </summary>
public static class RulesVersion
{
    /// <summary><c>sha256:</c> and 64 hexadecimal digits.</summary>
    /// <param name="rules">The numbers.</param>
    /// <param name="factTexts">What else decides an answer, such as the SQL of the facts; the order counts.</param>
    public static string Compute(ScoutingRules rules, params ReadOnlySpan<string> factTexts) => Compute(rules, Judge.Assess, factTexts);

    internal static string Compute(
        ScoutingRules rules, Func<SiteFacts, Brief, ScoutingRules, Judgement> judge, params ReadOnlySpan<string> factTexts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, JsonSerializer.SerializeToUtf8Bytes(rules));
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            foreach (var brief in RulesLattice.Briefs)
            {
                foreach (var site in RulesLattice.Sites)
                {
                    Write(writer, judge(site, brief, rules));
                }
            }
        }

        Append(hash, buffer.WrittenSpan);
        foreach (var text in factTexts)
        {
            Append(hash, Encoding.UTF8.GetBytes(text));
        }

        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Write(Utf8JsonWriter writer, Judgement judgement)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(judgement.Bucket.ToCode());
        writer.WriteNumberValue(judgement.Score);
        foreach (var reason in judgement.Reasons)
        {
            writer.WriteBooleanValue(reason.Near);
            ReasonJsonWriter.Write(writer, reason);
        }

        writer.WriteEndArray();
    }

    // The length goes first, or moving a character from one text to the next would go unnoticed.
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
