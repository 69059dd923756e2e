using System.Globalization;
using GeoOffer.PostGis;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Reading;
using Microsoft.Win32.SafeHandles;

namespace GeoOffer.Storage.Exporting.FlatGeobufs;

/// <summary>
/// Writes a FlatGeobuf, version 3. Features gather in a temporary file and go out in the order of their index; of each only box and place
/// are kept in memory. Where there are too many for that, the file has no index and the order of the database.
/// </summary>
/// <param name="stream">Where it goes.</param>
/// <param name="options">How it is written.</param>
/// <param name="mostIndexed">The most features that an index is made for; each takes some 48 bytes of memory.</param>
internal sealed class FlatGeobufWriter(Stream stream, ExportOptions options, int mostIndexed = 4_000_000) : FeatureWriter
{
    private readonly TemporaryFile _temporary = TemporaryFile.Create("features");
    private List<long> _places = [];
    private FileStream? _file;
    private ByteOutput _features = null!;
    private FlatGeobufFeature _writer = null!;
    private ExportLayer _layer = null!;
    private PackedTree? _tree = new();
    private EwkbExtent _extent = EwkbExtent.Empty;
    private long _length;
    private long _count;

    public override IReadOnlyList<string> Notices => _tree is null
        ? [string.Create(CultureInfo.InvariantCulture, $"The FlatGeobuf has no spatial index: it has one up to {mostIndexed:N0} features.")]
        : [];

    public override ValueTask StartAsync(ExportLayer layer, CancellationToken cancellationToken)
    {
        (_layer, _writer) = (layer, new FlatGeobufFeature(layer));
        _file = new FileStream(_temporary.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        _features = new ByteOutput(_file);
        return ValueTask.CompletedTask;
    }

    public override ValueTask WriteAsync(RecordCursor row, CancellationToken cancellationToken)
    {
        var extent = row.HasGeometry ? EwkbExtent.Of(row.Geometry) : EwkbExtent.Empty;
        _extent = _extent.With(extent);
        if (++_count > mostIndexed)
        {
            (_tree, _places) = (null, []);
        }
        else
        {
            _tree!.Add(extent);
            _places.Add(_length);
        }

        var feature = _writer.Write(row, hasGeometry: !extent.IsEmpty);
        _length += feature.Length;
        _features.Write(feature.Span);
        return _features.BreatheAsync(cancellationToken);
    }

    public override ValueTask EndAsync(CancellationToken cancellationToken) => _features.FlushAsync(cancellationToken);

    public override async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        await _file!.DisposeAsync();
        var tree = _extent.IsEmpty ? null : _tree;
        await stream.WriteAsync("fgb\u0003fgb\0"u8.ToArray(), cancellationToken);
        await stream.WriteAsync(
            FlatGeobufHeader.Write(_layer, options.Language, _count, _extent, tree is null ? (ushort)0 : PackedTree.NodeSize), cancellationToken);
        if (tree is null)
        {
            await using var features = new FileStream(
                _temporary.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await features.CopyToAsync(stream, cancellationToken);
            return;
        }

        _places.Add(_length);
        var order = tree.Sort(_extent);
        await tree.WriteAsync(order, LengthOf, stream, cancellationToken);
        await WriteFeaturesAsync(order, cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await (_file?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _temporary.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task WriteFeaturesAsync(int[] order, CancellationToken cancellationToken)
    {
        using var features = File.OpenHandle(_temporary.Path, options: FileOptions.RandomAccess);
        var output = new ByteOutput(stream);
        foreach (var number in order)
        {
            var length = LengthOf(number);
            Read(features, output.Reserve(length)[..length], _places[number]);
            output.Advance(length);
            await output.BreatheAsync(cancellationToken);
        }

        await output.FlushAsync(cancellationToken);
    }

    private static void Read(SafeFileHandle features, Span<byte> feature, long place)
    {
        for (var read = 0; feature.Length > 0; feature = feature[read..], place += read)
        {
            read = RandomAccess.Read(features, feature, place);
            if (read == 0)
            {
                throw new EndOfStreamException("The temporary file of the features has been cut.");
            }
        }
    }

    private int LengthOf(int number) => (int)(_places[number + 1] - _places[number]);
}
