using System.Runtime.CompilerServices;
using System.Text.Json;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>
/// Reads a feature or plain object per line, or after each record separator (RFC 8142). A record that is broken is a row with a fault: the
/// next begins at a place that is known.
/// </summary>
internal sealed class GeoJsonSeqReader : SourceReader
{
    private const byte RecordSeparator = 0x1E;

    /// <inheritdoc />
    public override async IAsyncEnumerable<SourceRow> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var window = new ByteWindow(stream);
        await window.FillAsync(cancellationToken);
        var separator = window.Unread.Span.TrimStart(" \t\r\n"u8) is [RecordSeparator, ..] ? RecordSeparator : (byte)'\n';
        long number = 0;
        var searched = 0;
        while (!window.IsFinal || !window.Unread.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var length = window.Unread.Span[searched..].IndexOf(separator);
            if (length < 0 && !window.IsFinal)
            {
                searched = window.Unread.Length;
                await window.FillAsync(cancellationToken);
                continue;
            }

            length = length < 0 ? window.Unread.Length : searched + length;
            searched = 0;
            var record = window.Unread[..length];
            if (!record.Span.Trim(" \t\r\n"u8).IsEmpty)
            {
                number++;
                using var document = TryParse(record, out var broken);
                var place = $"line {window.Line}";
                yield return document is null
                    ? new SourceRow(number, place, []) { CarriesGeometry = true, Fault = broken }
                    : JsonRow.ToRow(document.RootElement, number, place);
            }

            window.Consume(Math.Min(length + 1, window.Unread.Length));
        }
    }

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> record, out SourceFault? broken)
    {
        try
        {
            broken = null;
            return JsonDocument.Parse(record);
        }
        catch (JsonException exception)
        {
            broken = new SourceFault(
                RejectionCode.JsonBroken, null, null,
                $"the JSON is broken at byte {exception.BytePositionInLine + 1}: {JsonFault.Reason(exception)}",
                "write one whole feature per record");
            return null;
        }
    }
}
