using System.Buffers;
using System.Text;
using GeoOffer.PostGis;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Storage.Exporting;

/// <summary>
/// Writes CSV in UTF-8 (RFC 4180) with a header and the geometry as well-known text in the last column. A missing value is an empty cell, an
/// empty text a quoted one. The members of a list stand between semicolons, or as a JSON array where one of them could be taken apart.
/// </summary>
internal sealed class CsvWriter(Stream stream, ExportOptions options) : FeatureWriter
{
    private static readonly SearchValues<byte> Quoted = SearchValues.Create(",\"\r\n"u8);

    private static readonly string[] GeometryNames = ["wkt", "geom", "geometry", "the_geom", "geometria", "shape"];

    private readonly ByteOutput _output = new(stream);
    private readonly ByteOutput _cell = new(Stream.Null);
    private readonly WktGeometryWriter _geometries = new(options.Precision);
    private ExportLayer _layer = null!;
    private PropertyType[] _types = [];

    public override ValueTask StartAsync(ExportLayer layer, CancellationToken cancellationToken)
    {
        _layer = layer;
        _types = [.. layer.Columns.Properties.Select(property => property.Type)];
        if (options.ByteOrderMark)
        {
            _output.Write([0xEF, 0xBB, 0xBF]);
        }

        var names = layer.Columns.Properties.Select(property => property.Name).ToList();
        if (layer.Columns.Geometry is not null)
        {
            names.Add(GeometryNames.Concat(["geometry_wkt"]).First(name => !names.Contains(name, StringComparer.OrdinalIgnoreCase)));
        }

        for (var index = 0; index < names.Count; index++)
        {
            Separate(index);
            WriteQuoted(Encoding.UTF8.GetBytes(names[index]));
        }

        _output.Write("\r\n"u8);
        return ValueTask.CompletedTask;
    }

    public override ValueTask WriteAsync(RecordCursor row, CancellationToken cancellationToken)
    {
        for (var index = 0; index < _types.Length; index++)
        {
            Separate(index);
            if (!row.IsNull(index))
            {
                WriteValue(row, index);
            }
        }

        if (_layer.Columns.Geometry is not null)
        {
            Separate(_types.Length);
            if (row.HasGeometry)
            {
                _output.Write((byte)'"');
                _geometries.Write(row.Geometry, _output);
                _output.Write((byte)'"');
            }
        }

        _output.Write("\r\n"u8);
        return _output.BreatheAsync(cancellationToken);
    }

    public override ValueTask EndAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override ValueTask CompleteAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);

    private void WriteValue(RecordCursor row, int index)
    {
        switch (_types[index])
        {
            case PropertyType.Text:
                WriteText(row.GetText(index));
                break;
            case PropertyType.Integer:
                _output.WriteInteger(row.GetInteger(index));
                break;
            case PropertyType.Number when row.GetNumber(index) is var number && double.IsFinite(number):
                _output.WriteNumber(number);
                break;
            case PropertyType.Number:
                break;
            case PropertyType.Boolean:
                _output.WriteBoolean(row.GetBoolean(index));
                break;
            case PropertyType.Date:
                _output.WriteDate(row.GetDate(index) ?? throw _layer.BeyondTime(row, index));
                break;
            case PropertyType.Timestamp:
                _output.WriteInstant(row.GetTimestamp(index) ?? throw _layer.BeyondTime(row, index));
                break;
            case PropertyType.TextArray:
                _cell.WriteList(row.GetTexts(index));
                WriteText(_cell.Written);
                _cell.Clear();
                break;
            case var type:
                throw new InvalidOperationException($"A column of type {type} cannot be written.");
        }
    }

    private void WriteText(ReadOnlySpan<byte> text)
    {
        if (options.GuardFormulas && text is [(byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\t' or (byte)'\r', ..])
        {
            byte[] guarded = [(byte)'\'', .. text];
            WriteQuoted(guarded);
        }
        else
        {
            WriteQuoted(text);
        }
    }

    private void WriteQuoted(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && !text.ContainsAny(Quoted))
        {
            _output.Write(text);
            return;
        }

        _output.Write((byte)'"');
        for (var at = text.IndexOf((byte)'"'); at >= 0; at = text.IndexOf((byte)'"'))
        {
            _output.Write(text[..(at + 1)]);
            _output.Write((byte)'"');
            text = text[(at + 1)..];
        }

        _output.Write(text);
        _output.Write((byte)'"');
    }

    private void Separate(int column)
    {
        if (column > 0)
        {
            _output.Write((byte)',');
        }
    }
}
