using GeoOffer.Storage.Importing.Reading.Archives;
using GeoOffer.Storage.Importing.Reading.FlatGeobufs;
using GeoOffer.Storage.Importing.Reading.Gdal;
using GeoOffer.Storage.Importing.Reading.GeoPackages;
using GeoOffer.Storage.Importing.Reading.Shapefiles;
using GeoOffer.Storage.Importing.Reading.Text;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>A file, opened: what it says of itself, and its rows, as often as they are asked for.</summary>
internal abstract class Source(SourceDescription description) : IAsyncDisposable
{
    /// <summary>What the file says of itself.</summary>
    public SourceDescription Description { get; protected set; } = description;

    /// <summary>The names of the declared columns; none for formats that declare none.</summary>
    protected IReadOnlyList<string> ColumnNames { get; } = [.. description.Columns?.Select(column => column.Name) ?? []];

    /// <summary>The part of the pass under way that is done, 0 to 1; null where that is not known.</summary>
    public abstract double? ShareRead { get; }

    /// <summary>Opens a file, and finds its format where the options do not state it.</summary>
    /// <exception cref="UnreadableFileException">It cannot be opened, or is of no format that can be imported.</exception>
    public static async Task<Source> OpenAsync(ImportFile file, SourceOptions options, CancellationToken cancellationToken)
    {
        (file, options) = await Archive.UnpackAsync(file, options, cancellationToken);
        var format = options.Format ?? await SniffAsync(file, cancellationToken);
        return format switch
        {
            SourceFormat.GeoJson or SourceFormat.GeoJsonSeq or SourceFormat.Csv =>
                await TextFiles.OpenAsync(file, format, options.Text, cancellationToken),
            SourceFormat.GeoPackage => await GeoPackageSource.OpenGeoPackageAsync(file, options, cancellationToken),
            SourceFormat.FlatGeobuf => await FlatGeobufSource.OpenFlatGeobufAsync(file, cancellationToken),
            SourceFormat.Shapefile => await ShapefileSource.OpenShapefileAsync(file, options, cancellationToken),
            SourceFormat.Gdal => await GdalSource.OpenGdalAsync(file, options, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(options), format, null),
        };
    }

    /// <summary>Reads the rows from the first, in the order of the file; a new pass begins with each call.</summary>
    /// <exception cref="UnreadableFileException">The file cannot be read on from some point.</exception>
    public abstract IAsyncEnumerable<SourceRow> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Frees what is open.</summary>
    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<SourceFormat> SniffAsync(ImportFile file, CancellationToken cancellationToken)
    {
        await using var stream = await file.OpenStreamAsync(cancellationToken);
        return await FormatSniffer.SniffAsync(stream, file.Name, cancellationToken);
    }
}
