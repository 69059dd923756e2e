using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Storage.Exporting.GeoPackages;

/// <summary>Writes a GeoPackage with a table for each collection, in a temporary file that goes out when it is complete.</summary>
internal sealed class GeoPackageWriter(Stream stream, ExportOptions options) : FeatureWriter
{
    private readonly TemporaryFile _temporary = TemporaryFile.Create("export.gpkg");
    private GeoPackageFile? _file;
    private GeoPackageTable? _table;

    public override ValueTask StartAsync(ExportLayer layer, CancellationToken cancellationToken)
    {
        _file ??= GeoPackageFile.Create(_temporary.Path);
        _table = new GeoPackageTable(_file, layer, options.Language);
        return ValueTask.CompletedTask;
    }

    public override ValueTask WriteAsync(RecordCursor row, CancellationToken cancellationToken)
    {
        _table!.Write(row);
        return ValueTask.CompletedTask;
    }

    public override ValueTask EndAsync(CancellationToken cancellationToken)
    {
        _table!.Complete();
        _table.Dispose();
        _table = null;
        return ValueTask.CompletedTask;
    }

    public override async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        _file!.Close();
        await using var file = new FileStream(
            _temporary.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await file.CopyToAsync(stream, cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        _table?.Dispose();
        _file?.Dispose();
        await _temporary.DisposeAsync();
        await base.DisposeAsync();
    }
}
