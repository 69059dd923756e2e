namespace GeoOffer.Storage.Importing.Reading;

/// <summary>A text format: one class that turns a stream into rows, one at a time, with memory that does not grow with the file.</summary>
internal abstract class SourceReader
{
    /// <summary>The greatest feature, record or value that is held in memory, in bytes.</summary>
    public const int LargestRecord = 32 << 20;

    /// <summary>The reference system that the file names, as it names it; known when reading has passed the place.</summary>
    public StatedReferenceSystem? DeclaredReferenceSystem { get; protected set; }

    /// <summary>Reads the rows in the order of the file.</summary>
    /// <exception cref="UnreadableFileException">The file cannot be read on from some point.</exception>
    public abstract IAsyncEnumerable<SourceRow> ReadAsync(Stream stream, CancellationToken cancellationToken);
}
