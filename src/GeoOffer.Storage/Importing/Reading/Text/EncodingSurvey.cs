using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace GeoOffer.Storage.Importing.Reading.Text;

/// <summary>The encoding of a text.</summary>
/// <param name="Encoding">The encoding; null for UTF-8, which needs no transcoding.</param>
/// <param name="Notice">What to tell about it; null when there is nothing.</param>
internal sealed record FoundEncoding(Encoding? Encoding, string? Notice);

/// <summary>
/// Finds the encoding of a text from all of its bytes. What is no UTF-8 is Windows-1252, unless it mostly is UTF-8: then single places are
/// damaged, and reading them as anything else would damage all the others.
/// </summary>
internal sealed class EncodingSurvey
{
    private const int ChunkLength = 1 << 17;
    private const int LongestSequence = 4;

    private static readonly SearchValues<byte> Undefined = SearchValues.Create([0x81, 0x8D, 0x8F, 0x90, 0x9D]);

    private long _sequences;
    private long _invalid;
    private bool _hasUndefined;

    /// <summary>Reads a text to its end.</summary>
    public static async Task<FoundEncoding> RunAsync(Stream stream, CancellationToken cancellationToken)
    {
        var survey = new EncodingSurvey();
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            var length = await stream.ReadAtLeastAsync(buffer, ChunkLength / 2, throwOnEndOfStream: false, cancellationToken);
            if (TextEncodings.FindWide(buffer.AsSpan(0, length)) is { } wide)
            {
                return new FoundEncoding(wide, $"the text is {Name(wide)}");
            }

            for (var read = length; read > 0;)
            {
                var rest = survey.Count(buffer.AsSpan(0, length));
                buffer.AsSpan(length - rest, rest).CopyTo(buffer);
                read = await stream.ReadAsync(buffer.AsMemory(rest), cancellationToken);
                length = rest + read;
            }

            survey._invalid += length;
            return survey.Conclude();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The name of an encoding as people write it.</summary>
    public static string Name(Encoding encoding) => encoding.CodePage switch
    {
        1200 => "UTF-16, little-endian",
        1201 => "UTF-16, big-endian",
        1252 => "Windows-1252",
        _ => encoding.WebName,
    };

    /// <summary>Counts all but what may be the beginning of a sequence at the end; its length is returned.</summary>
    private int Count(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes.Length - CompleteLength(bytes);
        bytes = bytes[..^rest];
        if (Utf8.IsValid(bytes))
        {
            // Every sequence is at least one byte longer than the letters it stands for.
            _sequences += bytes.Length - Encoding.UTF8.GetCharCount(bytes);
            return rest;
        }

        while (bytes.IndexOfAnyExceptInRange((byte)0x00, (byte)0x7F) is var next and >= 0)
        {
            bytes = bytes[next..];
            var isSequence = Rune.DecodeFromUtf8(bytes, out _, out var length) == OperationStatus.Done;
            if (isSequence)
            {
                _sequences++;
            }
            else
            {
                _invalid++;
                _hasUndefined |= bytes[..length].ContainsAny(Undefined);
            }

            bytes = bytes[length..];
        }

        return rest;
    }

    private static int CompleteLength(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back < LongestSequence && back <= bytes.Length; back++)
        {
            var last = bytes[^back..];
            if (last[0] >= 0xC0)
            {
                return Rune.DecodeFromUtf8(last, out _, out _) == OperationStatus.NeedMoreData ? bytes.Length - back : bytes.Length;
            }
        }

        return bytes.Length;
    }

    private FoundEncoding Conclude()
    {
        if (_invalid == 0)
        {
            return new FoundEncoding(null, null);
        }

        var count = _invalid.ToString("N0", CultureInfo.InvariantCulture);
        if (_sequences >= _invalid)
        {
            return new FoundEncoding(null, $"the text is UTF-8 with damaged places ({count}): values that hold one are not taken");
        }

        var doubt = _hasUndefined ? ", and some of its bytes have no meaning there: it may be another, such as macintosh or ibm850" : "";
        return new FoundEncoding(
            TextEncodings.Windows1252,
            $"the text is no UTF-8 and was read as Windows-1252 (letters beyond ASCII: {count}){doubt}; "
            + "if they read wrong, state --encoding");
    }
}
