using System.Runtime.CompilerServices;

namespace GeoOffer.Storage.Importing.Reading.Text;

/// <summary>Reads separated text with a header (RFC 4180), laid out in a way that is known.</summary>
internal sealed class CsvSourceReader(CsvLayout layout) : SourceReader
{
    /// <inheritdoc />
    public override async IAsyncEnumerable<SourceRow> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var window = new ByteWindow(stream, layout.LineBreak);
        await window.SkipAsync(layout.HeaderOffset, cancellationToken);
        var cutter = new CsvRecord(layout.Separator);
        CsvRow? rows = null;
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
                if (rows is null)
                {
                    rows = new CsvRow(CsvHeader.Read(cells, line), layout.Numbers);
                }
                else if (cells.Exists(cell => cell.Kind != SourceValueKind.Null))
                {
                    yield return rows.Next(cells, line, faulty);
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

    private static UnreadableFileException Unclosed(long line) => new(new FileFault(
        FileFaultCode.Syntax, "a quote is opened and never closed", "close it, or double the quotes inside a quoted cell", line));
}
