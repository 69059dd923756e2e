using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Storage.Exporting.Shapefiles;

/// <summary>
/// The files of one shapefile. Shapes and values go to temporary files as they come, since headers tell lengths and widths that are known
/// at the end only.
/// </summary>
internal sealed class ShapefileSet : IAsyncDisposable
{
    private const int HeaderLength = 100;
    private const long LargestFile = int.MaxValue;

    private readonly ExportLayer _layer;
    private readonly ShapeKind _kind;
    private readonly TemporaryFile _shapesFile = TemporaryFile.Create("shapes");
    private readonly TemporaryFile _valuesFile = TemporaryFile.Create("values");
    private readonly BufferedStream _shapes;
    private readonly BufferedStream _values;
    private readonly byte[] _length = new byte[sizeof(int)];
    private (double West, double South, double East, double North)? _box;
    private long _shapeBytes = HeaderLength;
    private int _count;

    public ShapefileSet(ExportLayer layer, ShapeKind kind)
    {
        (_layer, _kind) = (layer, kind);
        _shapes = Open(_shapesFile);
        _values = Open(_valuesFile);
        var properties = layer.Columns.Properties;
        var names = ShapefileNames.Of(properties.Select(property => property.Name));
        Fields = [.. properties.Select((property, index) => new TableField(names[index], property.Name, property.Type))];
    }

    /// <summary>The fields of the table.</summary>
    public IReadOnlyList<TableField> Fields { get; }

    /// <summary>The word for the kind in the names of files.</summary>
    public string KindName => _kind switch
    {
        ShapeKind.Point => "point",
        ShapeKind.MultiPoint => "multipoint",
        ShapeKind.Line => "line",
        _ => "polygon",
    };

    /// <summary>Adds a row; without a shape it has none.</summary>
    /// <exception cref="ExportException">The file would be larger than the format allows.</exception>
    public void Add(RecordCursor row, byte[]? shape, (double West, double South, double East, double North) box)
    {
        var content = shape ?? new byte[sizeof(int)];
        Span<byte> header = stackalloc byte[2 * sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(header, ++_count);
        BinaryPrimitives.WriteInt32BigEndian(header[sizeof(int)..], content.Length / 2);
        _shapes.Write(header);
        _shapes.Write(content);
        _shapeBytes += header.Length + content.Length;
        if (_shapeBytes > LargestFile)
        {
            throw TooLarge(".shp");
        }

        if (shape is not null)
        {
            _box = _box is { } known
                ? (Math.Min(known.West, box.West), Math.Min(known.South, box.South), Math.Max(known.East, box.East), Math.Max(known.North, box.North))
                : box;
        }

        for (var i = 0; i < Fields.Count; i++)
        {
            var value = row.IsNull(i) ? null : Fields[i].Read(row, i, _layer);
            BinaryPrimitives.WriteInt32LittleEndian(_length, value?.Length ?? -1);
            _values.Write(_length);
            _values.Write(value);
        }
    }

    /// <summary>Writes the files into an archive.</summary>
    /// <exception cref="ExportException">The table would be larger than the format allows.</exception>
    public async Task WriteAsync(ZipArchive archive, string name, CancellationToken cancellationToken)
    {
        await WriteAsync(archive, $"{name}.shp", WriteShapesAsync, cancellationToken);
        await WriteAsync(archive, $"{name}.shx", WriteIndexAsync, cancellationToken);
        await WriteAsync(archive, $"{name}.dbf", WriteTableAsync, cancellationToken);
        await WriteTextAsync(archive, $"{name}.prj", EsriWellKnownText.Of(_layer.System), cancellationToken);
        await WriteTextAsync(archive, $"{name}.cpg", "UTF-8", cancellationToken);
        await WriteTextAsync(
            archive, $"{name}.fields", string.Concat(Fields.Select(field => $"{field.Name},{field.FullName}\r\n")), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _shapes.DisposeAsync();
        await _values.DisposeAsync();
        await _shapesFile.DisposeAsync();
        await _valuesFile.DisposeAsync();
    }

    private static BufferedStream Open(TemporaryFile file) => new(
        new FileStream(file.Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.None), 1 << 16);

    private static async Task WriteAsync(
        ZipArchive archive, string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        await using var entry = await archive.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken);
        await write(entry, cancellationToken);
    }

    private static Task WriteTextAsync(ZipArchive archive, string name, string text, CancellationToken cancellationToken) => WriteAsync(
        archive, name, async (entry, token) => await entry.WriteAsync(Encoding.UTF8.GetBytes(text), token), cancellationToken);

    private async Task WriteShapesAsync(Stream entry, CancellationToken cancellationToken)
    {
        await entry.WriteAsync(Header(_shapeBytes), cancellationToken);
        _shapes.Flush();
        _shapes.Position = 0;
        await _shapes.CopyToAsync(entry, cancellationToken);
    }

    private async Task WriteIndexAsync(Stream entry, CancellationToken cancellationToken)
    {
        await entry.WriteAsync(Header(HeaderLength + (8L * _count)), cancellationToken);
        _shapes.Position = 0;
        var (record, offset) = (new byte[2 * sizeof(int)], (long)HeaderLength);
        for (var i = 0; i < _count; i++)
        {
            await _shapes.ReadExactlyAsync(record, cancellationToken);
            var words = BinaryPrimitives.ReadInt32BigEndian(record.AsSpan(sizeof(int)));
            BinaryPrimitives.WriteInt32BigEndian(record, (int)(offset / 2));
            await entry.WriteAsync(record, cancellationToken);
            _shapes.Seek(2L * words, SeekOrigin.Current);
            offset += record.Length + (2L * words);
        }
    }

    /// <summary>The header of .shp and .shx: length in words of 16 bits, kind and box.</summary>
    private byte[] Header(long bytes)
    {
        const int FileCode = 9994, Version = 1000;
        var header = new byte[HeaderLength];
        BinaryPrimitives.WriteInt32BigEndian(header, FileCode);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(24), (int)(bytes / 2));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(32), (int)_kind);
        var box = _box ?? default;
        BinaryPrimitives.WriteDoubleLittleEndian(header.AsSpan(36), box.West);
        BinaryPrimitives.WriteDoubleLittleEndian(header.AsSpan(44), box.South);
        BinaryPrimitives.WriteDoubleLittleEndian(header.AsSpan(52), box.East);
        BinaryPrimitives.WriteDoubleLittleEndian(header.AsSpan(60), box.North);
        return header;
    }

    /// <summary>The .dbf, dBASE III.</summary>
    private async Task WriteTableAsync(Stream entry, CancellationToken cancellationToken)
    {
        const int FieldLength = 32;
        var recordLength = 1 + Fields.Sum(field => field.Width);
        var headerLength = FieldLength + (FieldLength * Fields.Count) + 1;
        if (headerLength > short.MaxValue || recordLength > ushort.MaxValue || headerLength + ((long)recordLength * _count) > LargestFile)
        {
            throw TooLarge(".dbf");
        }

        var header = new byte[headerLength];
        header[0] = 3;
        var today = DateTime.UtcNow;
        (header[1], header[2], header[3]) = ((byte)(today.Year - 1900), (byte)today.Month, (byte)today.Day);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), _count);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)headerLength);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(10), (ushort)recordLength);
        for (var i = 0; i < Fields.Count; i++)
        {
            var field = header.AsSpan(FieldLength * (i + 1), FieldLength);
            Encoding.ASCII.GetBytes(Fields[i].Name, field);
            (field[11], field[16], field[17]) = ((byte)Fields[i].Code, (byte)Fields[i].Width, (byte)Fields[i].Decimals);
        }

        header[^1] = 0x0D;
        await entry.WriteAsync(header, cancellationToken);
        _values.Flush();
        _values.Position = 0;
        var record = new byte[recordLength];
        for (var row = 0; row < _count; row++)
        {
            record.AsSpan().Fill((byte)' ');
            var at = 1;
            foreach (var field in Fields)
            {
                _values.ReadExactly(_length);
                if (BinaryPrimitives.ReadInt32LittleEndian(_length) is >= 0 and var length)
                {
                    _values.ReadExactly(record, field.IsRightAligned ? at + field.Width - length : at, length);
                }
                else if (field.Code == 'L')
                {
                    record[at] = (byte)'?';
                }

                at += field.Width;
            }

            await entry.WriteAsync(record, cancellationToken);
        }

        await entry.WriteAsync(new byte[] { 0x1A }, cancellationToken);
    }

    private ExportException TooLarge(string extension) => new(string.Create(
        CultureInfo.InvariantCulture, $"The {extension} of {_layer.Collection.Id} would be larger than the 2 GB that Shapefile allows: export GeoPackage or FlatGeobuf, or fewer features."));
}
