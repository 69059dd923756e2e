using System.Globalization;
using System.IO.Compression;
using System.Text;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Storage.Exporting.Shapefiles;

/// <summary>
/// Writes zipped shapefiles: one for each kind of geometry that a collection has, with .prj, .cpg, and a .fields that tells the whole names.
/// </summary>
internal sealed class ShapefileWriter(Stream stream) : FeatureWriter
{
    private readonly ShapeEncoder _encoder = new();
    private readonly List<(string Name, Dictionary<ShapeKind, ShapefileSet> Sets)> _layers = [];
    private readonly List<string> _notices = [];
    private ExportLayer _layer = null!;

    public override IReadOnlyList<string> Notices => _notices;

    public override ValueTask StartAsync(ExportLayer layer, CancellationToken cancellationToken)
    {
        _layer = layer;
        _layers.Add((layer.Name, []));
        return ValueTask.CompletedTask;
    }

    public override ValueTask WriteAsync(RecordCursor row, CancellationToken cancellationToken)
    {
        if (!row.HasGeometry)
        {
            Set(UsualKind).Add(row, null, default);
            return ValueTask.CompletedTask;
        }

        var kind = _encoder.Read(row.Geometry) ?? throw new ExportException(_layer.Collection.Id, row.Key, "Shapefile has no collections of geometries");
        Set(kind).Add(row, _encoder.Encode(kind), _encoder.Box);
        return ValueTask.CompletedTask;
    }

    public override ValueTask EndAsync(CancellationToken cancellationToken)
    {
        var sets = _layers[^1].Sets;
        if (sets.Count == 0)
        {
            Set(UsualKind);
        }

        var cut = sets.Values.SelectMany(set => set.Fields).Where(field => field.Cut > 0).GroupBy(field => field.FullName)
            .Select(field => string.Create(CultureInfo.InvariantCulture, $"{field.Key} ({field.Sum(part => part.Cut)})")).ToList();
        if (cut.Count > 0)
        {
            _notices.Add($"Texts of {_layer.Collection.Id} were cut to 254 bytes: {string.Join(", ", cut)}.");
        }

        return ValueTask.CompletedTask;
    }

    public override async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        // An archive now and then writes without waiting its turn, which an answer over HTTP does not allow.
        await using var temporary = TemporaryFile.Create("shapefiles.zip");
        await using var file = new FileStream(temporary.Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.Asynchronous);
        await using (var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellationToken))
        {
            foreach (var (name, sets) in _layers)
            {
                foreach (var set in sets.Values)
                {
                    await set.WriteAsync(archive, sets.Count == 1 ? name : $"{name}_{set.KindName}", cancellationToken);
                }
            }
        }

        file.Position = 0;
        await file.CopyToAsync(stream, cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var set in _layers.SelectMany(layer => layer.Sets.Values))
        {
            await set.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    // Rows without geometry go to the file of the areas, where the collection has areas.
    private ShapeKind UsualKind => _layer.Collection.Geometry?.Types switch
    {
        { } types when (types & (GeometryTypes.Polygon | GeometryTypes.MultiPolygon)) != 0 => ShapeKind.Polygon,
        { } types when (types & (GeometryTypes.LineString | GeometryTypes.MultiLineString)) != 0 => ShapeKind.Line,
        _ => ShapeKind.Point,
    };

    private ShapefileSet Set(ShapeKind kind)
    {
        var sets = _layers[^1].Sets;
        if (!sets.TryGetValue(kind, out var set))
        {
            sets.Add(kind, set = new ShapefileSet(_layer, kind));
        }

        return set;
    }
}
