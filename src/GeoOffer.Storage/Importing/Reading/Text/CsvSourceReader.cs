using System.Globalization;
using System.Runtime.CompilerServices;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>Reads separated text with a header (RFC 4180); the separator is the one that the header has most of.</summary>
internal sealed class CsvSourceReader : SourceReader
{
    private const int LongestHeader = 1 << 20;

    /// <inheritdoc />
    public override async IAsyncEnumerable<SourceRow> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var window = new ByteWindow(stream);
        var cutter = new CsvRecord(await FindSeparatorAsync(window, cancellationToken));
        string[]? columns = null;
        long number = 0;
        while (!window.IsFinal || !window.Unread.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = cutter.FindEnd(window.Unread.Span);
            if (end is null && !window.IsFinal)
            {
                await FillAsync(window, cutter, cancellationToken);
                continue;
            }

            if (end is null && cutter.IsInQuotes)
            {
                throw Unclosed(window.Line);
            }

            var length = end ?? window.Unread.Length;
            var line = window.Line;
            cutter.Reset();
            if (length > 0)
            {
                var cells = cutter.Cells(window.Unread.Span[..length], out var faulty);
                if (columns is null)
                {
                    columns = Header(cells, line);
                }
                else if (cells.Exists(cell => cell.Kind != SourceValueKind.Null))
                {
                    number++;
                    yield return Row(cells, columns, number, line, faulty);
                }
            }

            window.Consume(Math.Min(length + 1, window.Unread.Length));
        }
    }

    private static async ValueTask FillAsync(ByteWindow window, CsvRecord cutter, CancellationToken cancellationToken)
    {
        try
        {
            await window.FillAsync(cancellationToken);
        }
        catch (UnreadableFileException) when (cutter.IsInQuotes)
        {
            throw Unclosed(window.Line);
        }
    }

    private static async ValueTask<byte> FindSeparatorAsync(ByteWindow window, CancellationToken cancellationToken)
    {
        await window.FillAsync(cancellationToken);
        while (!window.IsFinal && window.Unread.Span.IndexOfAny((byte)'\n', (byte)'\r') < 0 && window.Unread.Length < LongestHeader)
        {
            await window.FillAsync(cancellationToken);
        }

        // A header may break lines inside quotes, but what separates its first cells stands before.
        var header = window.Unread.Span;
        var end = header.IndexOfAny((byte)'\n', (byte)'\r');
        header = end < 0 ? header : header[..end];
        var (separator, most) = ((byte)',', 0);
        foreach (var candidate in ",;\t|"u8)
        {
            var count = CountOutsideQuotes(header, candidate);
            (separator, most) = count > most ? (candidate, count) : (separator, most);
        }

        return separator;
    }

    private static int CountOutsideQuotes(ReadOnlySpan<byte> header, byte candidate)
    {
        var (quoted, count) = (false, 0);
        foreach (var letter in header)
        {
            quoted ^= letter == '"';
            count += !quoted && letter == candidate ? 1 : 0;
        }

        return count;
    }

    private static string[] Header(List<SourceValue> cells, long line)
    {
        if (cells.FindIndex(cell => cell.Kind == SourceValueKind.Damaged) is var damaged and >= 0)
        {
            throw new UnreadableFileException(new FileFault(
                FileFaultCode.Encoding,
                $"the name of column {damaged + 1} is no UTF-8: {cells[damaged].Describe()}",
                "save the file as UTF-8; it may be Windows-1252",
                line));
        }

        var columns = cells.Select((cell, index) => cell.Text ?? $"column {index + 1}").ToArray();
        var twice = columns.GroupBy(FieldName.Normalise).FirstOrDefault(names => names.Count() > 1);
        return twice is null
            ? columns
            : throw new UnreadableFileException(new FileFault(
                FileFaultCode.Header,
                $"the header has the column {MessageText.Shorten(twice.First())} {twice.Count()} times (case and punctuation do not count)",
                "rename all but one of them",
                line));
    }

    private static SourceRow Row(List<SourceValue> cells, string[] columns, long number, long line, bool faulty)
    {
        var fields = new SourceField[Math.Min(cells.Count, columns.Length)];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = new SourceField(columns[i], cells[i]);
        }

        return new SourceRow(number, string.Create(CultureInfo.InvariantCulture, $"line {line}"), fields)
        {
            Columns = columns,
            Fault = faulty
                ? new SourceFault(
                    RejectionCode.BadQuotes, null, null,
                    "text follows the closing quote of a cell", "double the quotes inside a quoted cell")
                : cells.Count == columns.Length
                    ? null
                    : new SourceFault(
                        RejectionCode.WrongCellCount, null, null,
                        $"the row has {cells.Count} cells, the header {columns.Length}",
                        "put quotes around cells that hold the separator or a line break"),
        };
    }

    private static UnreadableFileException Unclosed(long line) => new(new FileFault(
        FileFaultCode.Syntax, "a quote is opened and never closed", "close it, or double the quotes inside a quoted cell", line));
}
