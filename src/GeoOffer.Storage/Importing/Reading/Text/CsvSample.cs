namespace GeoOffer.Storage.Importing.Reading.Text;

/// <summary>A record of a sample.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Cells">Its cells.</param>
internal sealed record CsvSampleRecord(int Offset, long Line, IReadOnlyList<SourceValue> Cells)
{
    /// <summary>The cells that are not empty.</summary>
    public int FilledCells { get; } = Cells.Count(cell => cell.Kind != SourceValueKind.Null);
}

/// <summary>The beginning of a separated text, as UTF-8 without a byte order mark.</summary>
internal sealed class CsvSample(ReadOnlyMemory<byte> bytes, bool isWhole)
{
    private const int Length = 1 << 20;

    /// <summary>Whether it is all of the text.</summary>
    public bool IsWhole => isWhole;

    /// <summary>What ends a line.</summary>
    public byte LineBreak { get; } =
        bytes.Span.Contains((byte)'\n') || !bytes.Span.Contains((byte)'\r') ? (byte)'\n' : (byte)'\r';

    /// <summary>Reads the beginning of a text.</summary>
    public static async Task<CsvSample> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[Length];
        var length = await stream.ReadAtLeastAsync(buffer, Length, throwOnEndOfStream: false, cancellationToken);
        var mark = buffer.AsSpan(0, length).StartsWith("\uFEFF"u8) ? 3 : 0;
        return new CsvSample(buffer.AsMemory(mark, length - mark), length < Length);
    }

    /// <summary>The bytes before a line, from 1; null when there are not so many lines.</summary>
    public int? OffsetOf(int line)
    {
        var offset = 0;
        for (var current = 1; current < line; current++)
        {
            var end = bytes.Span[offset..].IndexOf(LineBreak);
            if (end < 0)
            {
                return null;
            }

            offset += end + 1;
        }

        return offset < bytes.Length ? offset : null;
    }

    /// <summary>The records from a byte on, but for empty ones and one that is cut by the end of the sample.</summary>
    public IEnumerable<CsvSampleRecord> Cut(byte separator, int offset)
    {
        var cutter = new CsvRecord(separator);
        var line = 1L + bytes.Span[..offset].Count(LineBreak);
        while (offset < bytes.Length)
        {
            cutter.Reset();
            var end = cutter.FindEnd(bytes.Span[offset..]);
            if (end is null && (!isWhole || cutter.IsInQuotes))
            {
                yield break;
            }

            var length = end ?? bytes.Length - offset;
            var record = new CsvSampleRecord(offset, line, [.. cutter.Cells(bytes.Span.Slice(offset, length), out _)]);
            if (record.FilledCells > 0)
            {
                yield return record;
            }

            line += bytes.Span.Slice(offset, Math.Min(length + 1, bytes.Length - offset)).Count(LineBreak);
            offset += length + 1;
        }
    }
}
