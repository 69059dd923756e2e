using System.Globalization;
using System.Text;

namespace GeoOffer.Storage.Importing.Reading.Shapefiles;

/// <summary>Goes through the records of a .dbf one by one, deleted ones among them.</summary>
internal sealed class TableCursor : IAsyncDisposable
{
    private readonly ForwardBytes _bytes;
    private ReadOnlyMemory<byte> _record;

    private TableCursor(ForwardBytes bytes, TableHeader header) => (_bytes, Header) = (bytes, header);

    /// <summary>The header.</summary>
    public TableHeader Header { get; }

    /// <summary>The number of the record, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The record with its mark of deletion; valid until the next.</summary>
    public ReadOnlySpan<byte> Record => _record.Span;

    /// <summary>Opens a table before its first record.</summary>
    /// <exception cref="UnreadableFileException">It cannot be opened, or is no .dbf.</exception>
    public static async Task<TableCursor> OpenAsync(ImportFile file, Encoding names, CancellationToken cancellationToken)
    {
        var bytes = new ForwardBytes(await file.OpenStreamAsync(cancellationToken));
        try
        {
            return new TableCursor(bytes, await TableHeader.ReadAsync(bytes, names, cancellationToken));
        }
        catch
        {
            await bytes.DisposeAsync();
            throw;
        }
    }

    /// <summary>Goes on to the next record.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="UnreadableFileException">The table ends before.</exception>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        if (Number == Header.RecordCount)
        {
            return false;
        }

        Number++;
        if (!await _bytes.TryFillAsync(Header.RecordLength, cancellationToken))
        {
            throw TableHeader.Broken(string.Create(
                CultureInfo.InvariantCulture, $"it states {Header.RecordCount} records, and ends in record {Number}"));
        }

        _record = _bytes.Take(Header.RecordLength);
        return true;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _bytes.DisposeAsync();
}
