using GeoOffer.Storage.Reading;

namespace GeoOffer.Storage.Exporting;

/// <summary>
/// Writes features in one format, row by row, with memory that does not grow with their number. Called in this order: for each layer
/// <see cref="StartAsync"/>, <see cref="WriteAsync"/> for each row, <see cref="EndAsync"/>; at last <see cref="CompleteAsync"/>. Until then
/// the output holds nothing usable; disposing without it leaves nothing else behind.
/// </summary>
internal abstract class FeatureWriter : IAsyncDisposable
{
    /// <summary>What could not be written as it was; complete after <see cref="CompleteAsync"/>.</summary>
    public virtual IReadOnlyList<string> Notices => [];

    /// <summary>Begins a layer.</summary>
    public abstract ValueTask StartAsync(ExportLayer layer, CancellationToken cancellationToken);

    /// <summary>Writes a row, whose geometry is in the reference system of the layer already.</summary>
    /// <exception cref="ExportException">The format cannot hold it.</exception>
    public abstract ValueTask WriteAsync(RecordCursor row, CancellationToken cancellationToken);

    /// <summary>Ends the layer.</summary>
    public abstract ValueTask EndAsync(CancellationToken cancellationToken);

    /// <summary>Writes what is left to the output, which stays open.</summary>
    /// <exception cref="ExportException">The format cannot hold it.</exception>
    public abstract ValueTask CompleteAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
