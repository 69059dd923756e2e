using System.Runtime.CompilerServices;
using System.Text;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>A file of a text format, which is read from its first byte to its last.</summary>
/// <param name="file">The file.</param>
/// <param name="description">What is known of it.</param>
/// <param name="makeReader">Makes the reader of a pass.</param>
/// <param name="encoding">What the text is transcoded from; null when it is UTF-8.</param>
internal sealed class StreamSource(ImportFile file, SourceDescription description, Func<SourceReader> makeReader, Encoding? encoding = null)
    : Source(description)
{
    private MeasuredStream? _stream;

    /// <inheritdoc />
    public override double? ShareRead => _stream is { } stream && file.Length is > 0 and var length ? (double)stream.BytesRead / length : null;

    /// <inheritdoc />
    public override async IAsyncEnumerable<SourceRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var measured = new MeasuredStream(await file.OpenStreamAsync(cancellationToken));
        _stream = measured;
        await using var stream = measured.AsUtf8(encoding);
        var reader = makeReader();
        await foreach (var row in reader.ReadAsync(stream, cancellationToken))
        {
            Keep(reader.DeclaredReferenceSystem);
            yield return row;
        }

        Keep(reader.DeclaredReferenceSystem);
    }

    /// <summary>A system is known when reading has passed its place: as a rule before the first row.</summary>
    private void Keep(StatedReferenceSystem? stated)
    {
        if (stated is not null && Description.ReferenceSystem is null)
        {
            Description = Description with { ReferenceSystem = stated };
        }
    }
}
