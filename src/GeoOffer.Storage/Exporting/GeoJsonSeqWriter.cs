using GeoOffer.Storage.Reading;

namespace GeoOffer.Storage.Exporting;

/// <summary>
/// Writes a GeoJSON feature per line, or after each record separator (RFC 8142). In another reference system than WGS 84 every feature,
/// being a text of its own, has the member <c>crs</c> of the format of 2008.
/// </summary>
internal sealed class GeoJsonSeqWriter(Stream stream, ExportOptions options) : FeatureWriter
{
    private const byte RecordSeparator = 0x1E;

    private readonly ByteOutput _output = new(stream);
    private JsonFeatures _features = null!;
    private byte[] _crs = [];

    public override ValueTask StartAsync(ExportLayer layer, CancellationToken cancellationToken)
    {
        _features = new JsonFeatures(layer, options.Precision);
        _crs = GeoJsonWriter.CrsMember(layer.System) is { Length: > 0 } member ? [(byte)',', .. member.AsSpan(0, member.Length - 1)] : [];
        return ValueTask.CompletedTask;
    }

    public override ValueTask WriteAsync(RecordCursor row, CancellationToken cancellationToken)
    {
        if (options.RecordSeparators)
        {
            _output.Write(RecordSeparator);
        }

        _features.Write(row, _output, _crs);
        _output.Write((byte)'\n');
        return _output.BreatheAsync(cancellationToken);
    }

    public override ValueTask EndAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override ValueTask CompleteAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);
}
