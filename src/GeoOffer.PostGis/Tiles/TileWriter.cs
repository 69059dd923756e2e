using System.Buffers.Text;
using System.Text;

namespace GeoOffer.PostGis.Tiles;

/// <summary>Writes the content of a tile as a vector tile of one layer (MVT 2.1, 4), features in the order of their ids.</summary>
internal sealed class TileWriter
{
    private const long LargestId = 1L << 53;

    private readonly TileContent _content;
    private readonly ProtobufBuffer _layer = new();
    private readonly ProtobufBuffer _feature = new();
    private readonly ProtobufBuffer _tags = new();
    private readonly List<string> _keys = [];
    private readonly Dictionary<string, int> _keyIndices = new(StringComparer.Ordinal);
    private readonly TileValues _values = new();
    private readonly string _keyName;

    private TileWriter(TileContent content, string keyName) => (_content, _keyName) = (content, keyName);

    /// <summary>The tile; empty where there is no feature.</summary>
    public static byte[] Write(TileContent content, string name, string keyName, IReadOnlyList<TileProperty> properties)
    {
        if (content.Features.Count + content.Cells.Count == 0)
        {
            return [];
        }

        return new TileWriter(content, keyName).Write(name, properties);
    }

    private byte[] Write(string name, IReadOnlyList<TileProperty> properties)
    {
        _layer.Field(1, Encoding.UTF8.GetBytes(name));
        var items = _content.Features.Select(feature => (feature.Key, Kind: feature.Geometry, Feature: (DrawnFeature?)feature, Column: 0, Row: 0))
            .Concat(_content.Cells.Select(cell => (cell.Value.Key, cell.Key.Kind, Feature: (DrawnFeature?)null, cell.Key.Column, cell.Key.Row)))
            .ToArray();
        Array.Sort(items, (left, right) => left.Key.AsSpan().SequenceCompareTo(right.Key) is var order and not 0
            ? order
            : (left.Kind, left.Column, left.Row).CompareTo((right.Kind, right.Column, right.Row)));
        foreach (var item in items)
        {
            _tags.Clear();
            Tag(_keyName, _values.Text(item.Key));
            if (item.Feature is { } feature)
            {
                WriteFeature(feature, properties);
            }
            else
            {
                WriteCell(item.Kind, item.Column, item.Row);
            }
        }

        foreach (var key in _keys)
        {
            _layer.Field(3, Encoding.UTF8.GetBytes(key));
        }

        for (var value = 0; value < _values.Count; value++)
        {
            _layer.Field(4, _values[value]);
        }

        _layer.Field(5, TileFrame.Extent);
        _layer.Field(15, 2);
        var tile = new ProtobufBuffer();
        tile.Field(3, _layer.Written);
        return tile.Written.ToArray();
    }

    private void WriteFeature(DrawnFeature feature, IReadOnlyList<TileProperty> properties)
    {
        for (var index = 0; index < feature.Tags.Length; index += 2)
        {
            Tag(properties[feature.Tags[index]].Name, _values.Message(_content.Values[feature.Tags[index + 1]]));
        }

        Write(feature.Geometry, feature.Commands, IdOf(feature.Key));
    }

    private void WriteCell(DrawnKind kind, int column, int row)
    {
        var merged = _content.Cells[(kind, column, row)];
        if (merged.Count > 1)
        {
            Tag(TileLayer.CountName, _values.Integer(merged.Count));
        }

        var drawn = new DrawnGeometry(kind);
        if (kind == DrawnKind.Points)
        {
            drawn.AddPoint((int)Math.Round(merged.At.X), (int)Math.Round(merged.At.Y));
        }
        else
        {
            TileDrawing.DrawCell(drawn, column, row, _content.Side);
        }

        Write(kind, drawn.Commands(), merged.Count > 1 ? null : IdOf(merged.Key));
    }

    private void Write(DrawnKind kind, ReadOnlySpan<byte> commands, ulong? id)
    {
        _feature.Clear();
        if (id is { } number)
        {
            _feature.Field(1, number);
        }

        _feature.Field(2, _tags.Written);
        _feature.Field(3, (ulong)kind);
        _feature.Field(4, commands);
        _layer.Field(2, _feature.Written);
    }

    private void Tag(string key, int value)
    {
        if (!_keyIndices.TryGetValue(key, out var index))
        {
            index = _keys.Count;
            _keyIndices.Add(key, index);
            _keys.Add(key);
        }

        _tags.Number((ulong)index);
        _tags.Number((ulong)value);
    }

    /// <summary>Ids of the format are numbers that browsers hold exactly; an id that is no such number is among the properties alone.</summary>
    private static ulong? IdOf(ReadOnlySpan<byte> key) =>
        key is not [(byte)'0', _, ..] && Utf8Parser.TryParse(key, out ulong number, out var read) && read == key.Length && number <= LargestId ? number : null;
}
