using System.Text;
using GeoOffer.Query.Crs;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Storage.Exporting;

/// <summary>
/// Writes a GeoJSON FeatureCollection (RFC 7946). In another reference system than WGS 84 it has the member <c>crs</c> of the format of
/// 2008, which GDAL and QGIS read; the coordinates are x east, y north all the same.
/// </summary>
internal sealed class GeoJsonWriter(Stream stream, ExportOptions options) : FeatureWriter
{
    private readonly ByteOutput _output = new(stream);
    private JsonFeatures _features = null!;
    private bool _isFirst = true;

    public override ValueTask StartAsync(ExportLayer layer, CancellationToken cancellationToken)
    {
        _features = new JsonFeatures(layer, options.Precision);
        _output.Write("""{"type":"FeatureCollection","""u8);
        _output.Write(CrsMember(layer.System));
        _output.Write("""
            "features":[
            """u8);
        return ValueTask.CompletedTask;
    }

    public override ValueTask WriteAsync(RecordCursor row, CancellationToken cancellationToken)
    {
        _output.Write(_isFirst ? "\n"u8 : ",\n"u8);
        _isFirst = false;
        _features.Write(row, _output);
        return _output.BreatheAsync(cancellationToken);
    }

    public override ValueTask EndAsync(CancellationToken cancellationToken)
    {
        _output.Write("\n]}\n"u8);
        return ValueTask.CompletedTask;
    }

    public override ValueTask CompleteAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);

    /// <summary>The member <c>crs</c> with a comma behind it; nothing for WGS 84, whose longitude and latitude need no word.</summary>
    public static byte[] CrsMember(ReferenceSystem system) => system.Srid == CoordinateSystems.Crs84.Srid
        ? []
        : Encoding.UTF8.GetBytes($$$"""
            "crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::{{{system.Srid}}}"}},
            """);
}
