using System.Runtime.CompilerServices;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>A file of a text format, which is read from its first byte to its last.</summary>
internal sealed class StreamSource(ImportFile file, SourceDescription description, Func<SourceReader> makeReader) : Source(description)
{
    private MeasuredStream? _stream;

    /// <inheritdoc />
    public override double? ShareRead => _stream is { } stream && file.Length is > 0 and var length ? (double)stream.BytesRead / length : null;

    /// <inheritdoc />
    public override async IAsyncEnumerable<SourceRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = new MeasuredStream(await file.OpenStreamAsync(cancellationToken));
        _stream = stream;
        var reader = makeReader();
        await foreach (var row in reader.ReadAsync(stream, cancellationToken))
        {
            yield return row;
        }

        if (Description.ReferenceSystem is null && reader.DeclaredReferenceSystem is { } stated)
        {
            Description = Description with { ReferenceSystem = stated };
        }
    }
}
