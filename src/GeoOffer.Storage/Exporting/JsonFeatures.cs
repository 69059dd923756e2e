using System.Buffers;
using System.Text;
using GeoOffer.PostGis;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Storage.Exporting;

/// <summary>Writes rows as GeoJSON features. Texts go from the database to the file as the UTF-8 that they are.</summary>
internal sealed class JsonFeatures
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    private readonly ExportLayer _layer;
    private readonly GeoJsonGeometryWriter _geometries;
    private readonly byte[][] _names;
    private readonly PropertyType[] _types;

    /// <param name="layer">What the rows are of.</param>
    /// <param name="decimals">The most decimals of a coordinate; null for exact ones.</param>
    public JsonFeatures(ExportLayer layer, int? decimals)
    {
        // RFC 7946, 3.1.6
        const bool OrientRings = true;
        _layer = layer;
        _geometries = decimals is { } stated ? new GeoJsonGeometryWriter(stated, OrientRings) : GeoJsonGeometryWriter.CreateExact(OrientRings);
        _types = [.. layer.Columns.Properties.Select(property => property.Type)];
        _names = [.. layer.Columns.Properties.Select((property, index) => Name(property.Name, isFirst: index == 0))];
    }

    /// <summary>Writes a feature; the extra members stand at its end.</summary>
    public void Write(RecordCursor row, ByteOutput output, ReadOnlySpan<byte> extraMembers = default)
    {
        output.Write("""{"type":"Feature","id":"""u8);
        WriteText(output, row.Key);
        output.Write(""","geometry":"""u8);
        if (row.HasGeometry)
        {
            _geometries.Write(row.Geometry, output);
        }
        else
        {
            output.Write("null"u8);
        }

        output.Write(""","properties":{"""u8);
        for (var index = 0; index < _names.Length; index++)
        {
            output.Write(_names[index]);
            if (row.IsNull(index))
            {
                output.Write("null"u8);
            }
            else
            {
                WriteValue(row, index, output);
            }
        }

        output.Write((byte)'}');
        output.Write(extraMembers);
        output.Write((byte)'}');
    }

    /// <summary>Writes a JSON string.</summary>
    public static void WriteText(ByteOutput output, ReadOnlySpan<byte> text)
    {
        output.Write((byte)'"');
        for (var at = text.IndexOfAny(Escaped); at >= 0; at = text.IndexOfAny(Escaped))
        {
            output.Write(text[..at]);
            WriteEscape(output, text[at]);
            text = text[(at + 1)..];
        }

        output.Write(text);
        output.Write((byte)'"');
    }

    /// <summary>Writes an array of JSON strings.</summary>
    public static void WriteArray(ByteOutput output, RecordTexts texts)
    {
        output.Write((byte)'[');
        var isFirst = true;
        while (texts.MoveNext())
        {
            if (!isFirst)
            {
                output.Write((byte)',');
            }

            isFirst = false;
            if (texts.IsNull)
            {
                output.Write("null"u8);
            }
            else
            {
                WriteText(output, texts.Current);
            }
        }

        output.Write((byte)']');
    }

    private void WriteValue(RecordCursor row, int index, ByteOutput output)
    {
        switch (_types[index])
        {
            case PropertyType.Text:
                WriteText(output, row.GetText(index));
                break;
            case PropertyType.Integer:
                output.WriteInteger(row.GetInteger(index));
                break;
            case PropertyType.Number when row.GetNumber(index) is var number && double.IsFinite(number):
                output.WriteNumber(number);
                break;
            case PropertyType.Number:
                // JSON has no infinity.
                output.Write("null"u8);
                break;
            case PropertyType.Boolean:
                output.WriteBoolean(row.GetBoolean(index));
                break;
            case PropertyType.Date:
                output.Write((byte)'"');
                output.WriteDate(row.GetDate(index) ?? throw _layer.BeyondTime(row, index));
                output.Write((byte)'"');
                break;
            case PropertyType.Timestamp:
                output.Write((byte)'"');
                output.WriteInstant(row.GetTimestamp(index) ?? throw _layer.BeyondTime(row, index));
                output.Write((byte)'"');
                break;
            case PropertyType.TextArray:
                WriteArray(output, row.GetTexts(index));
                break;
            case var type:
                throw new InvalidOperationException($"A column of type {type} cannot be written.");
        }
    }

    private static void WriteEscape(ByteOutput output, byte letter)
    {
        output.Write((byte)'\\');
        switch (letter)
        {
            case (byte)'"' or (byte)'\\':
                output.Write(letter);
                break;
            case (byte)'\n':
                output.Write((byte)'n');
                break;
            case (byte)'\r':
                output.Write((byte)'r');
                break;
            case (byte)'\t':
                output.Write((byte)'t');
                break;
            default:
                output.Write("u00"u8);
                output.Write((byte)(letter < 16 ? '0' : '1'));
                output.Write("0123456789abcdef"u8[letter & 15]);
                break;
        }
    }

    private static byte[] Name(string name, bool isFirst)
    {
        var output = new ByteOutput(Stream.Null);
        if (!isFirst)
        {
            output.Write((byte)',');
        }

        WriteText(output, Encoding.UTF8.GetBytes(name));
        output.Write((byte)':');
        return output.Written.ToArray();
    }
}
