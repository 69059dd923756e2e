using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Reading.FlatGeobufs;

/// <summary>A FlatGeobuf, version 3, read forward feature by feature; the index is passed over.</summary>
internal sealed class FlatGeobufSource : Source
{
    private const int MagicLength = 8;
    private const byte Version = 3;

    private static readonly (int Geometry, int Properties) Fields = (0, 1);

    private readonly ImportFile _file;
    private readonly FlatGeobufHeader _header;
    private readonly int[] _ordinals;
    private readonly GeometryFactory _factory;
    private ForwardBytes? _bytes;

    private FlatGeobufSource(SourceDescription description, ImportFile file, FlatGeobufHeader header)
        : base(description)
    {
        (_file, _header) = (file, header);
        _factory = new GeometryFactory(new PrecisionModel(), description.ReferenceSystem?.Srid ?? 0);
        var next = 0;
        _ordinals = [.. header.Columns.Select(column => column.Column is null ? -1 : next++)];
    }

    /// <summary>What every FlatGeobuf begins with, before its version.</summary>
    public static ReadOnlySpan<byte> Magic => "fgb"u8;

    /// <inheritdoc />
    public override double? ShareRead => _bytes is { } bytes && _file.Length is > 0 and var length ? (double)bytes.Position / length : null;

    /// <summary>Opens a file.</summary>
    /// <exception cref="UnreadableFileException">It is none, or damaged.</exception>
    public static async Task<FlatGeobufSource> OpenFlatGeobufAsync(ImportFile file, CancellationToken cancellationToken)
    {
        await using var bytes = new ForwardBytes(await file.OpenStreamAsync(cancellationToken));
        var header = await ReadHeaderAsync(bytes, cancellationToken);
        var leftOut = header.Columns.Where(column => column.Column is null).Select(column => column.Name).ToList();
        var description = new SourceDescription(SourceFormat.FlatGeobuf)
        {
            Layer = header.Name,
            Columns = [.. header.Columns.Select(column => column.Column).OfType<SourceColumn>()],
            ReferenceSystem = header.ReferenceSystem,
            Rows = header.FeatureCount is > 0 and <= long.MaxValue and var count ? (long)count : null,
            Notices = leftOut.Count == 0 ? [] : [$"columns of bytes are left out: {MessageText.Shorten(string.Join(", ", leftOut))}"],
        };
        return new FlatGeobufSource(description, file, header);
    }

    /// <inheritdoc />
    public override async IAsyncEnumerable<SourceRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var bytes = new ForwardBytes(await _file.OpenStreamAsync(cancellationToken));
        _bytes = bytes;
        await ReadHeaderAsync(bytes, cancellationToken);
        if (_header.IndexLength > long.MaxValue || !await bytes.TrySkipAsync((long)_header.IndexLength, cancellationToken))
        {
            throw Broken("it ends in its index");
        }

        var geometries = new FlatGeobufGeometry(_factory);
        for (var number = 1UL; _header.FeatureCount == 0 || number <= _header.FeatureCount; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await ReadSizedAsync(bytes, string.Create(CultureInfo.InvariantCulture, $"feature {number}"), cancellationToken) is not { } feature)
            {
                if (_header.FeatureCount == 0)
                {
                    break;
                }

                throw Broken(string.Create(CultureInfo.InvariantCulture, $"it states {_header.FeatureCount} features, and ends after {number - 1}"));
            }

            yield return ReadRow((long)number, feature.Span, geometries);
        }
    }

    private static async Task<FlatGeobufHeader> ReadHeaderAsync(ForwardBytes bytes, CancellationToken cancellationToken)
    {
        if (!await bytes.TryFillAsync(MagicLength, cancellationToken) || !IsVersion3(bytes.Take(MagicLength).Span))
        {
            throw new UnreadableFileException(new FileFault(
                FileFaultCode.UnknownFormat, "the file does not begin as a FlatGeobuf of version 3", "convert it with ogr2ogr -f FlatGeobuf"));
        }

        var header = await ReadSizedAsync(bytes, "the header", cancellationToken) ?? throw Broken("it has no header");
        try
        {
            return FlatGeobufHeader.Read(header.Span);
        }
        catch (FlatBufferException exception)
        {
            throw Broken($"of the header {exception.Message}", exception);
        }
    }

    private static bool IsVersion3(ReadOnlySpan<byte> magic) => magic.StartsWith(Magic) && magic[3] == Version && magic[4..].StartsWith(Magic);

    /// <summary>Bytes that their length stands before; null at the end of the file.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>?> ReadSizedAsync(ForwardBytes bytes, string name, CancellationToken cancellationToken)
    {
        if (!await bytes.TryFillAsync(1, cancellationToken))
        {
            return null;
        }

        if (!await bytes.TryFillAsync(sizeof(uint), cancellationToken))
        {
            throw Broken($"it ends in {name}");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Take(sizeof(uint)).Span);
        return await bytes.TryFillAsync(length, cancellationToken) ? bytes.Take((int)length) : throw Broken($"it ends in {name}");
    }

    private static UnreadableFileException Broken(string reason, Exception? cause = null) => new(
        new FileFault(FileFaultCode.Structure, $"the FlatGeobuf is cut or damaged: {reason}", "copy or export it again"), cause);

    private SourceRow ReadRow(long number, ReadOnlySpan<byte> feature, FlatGeobufGeometry geometries)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"feature {number}");
        try
        {
            var table = FlatTable.Root(feature);
            Geometry? geometry = null;
            var fault = table.TryTable(Fields.Geometry, out var stated) ? geometries.Read(stated, _header.GeometryType, out geometry) : null;
            return new SourceRow(number, place, ReadProperties(table.Vector(Fields.Properties, sizeof(byte))))
            {
                CarriesGeometry = true,
                Columns = ColumnNames,
                Geometry = geometry,
                Fault = fault is null ? null : GeometryFault.Of(fault),
            };
        }
        catch (FlatBufferException exception)
        {
            throw Broken($"of {place} {exception.Message}", exception);
        }
    }

    private SourceField[] ReadProperties(ReadOnlySpan<byte> bytes)
    {
        var fields = new SourceField[Description.Columns!.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = new SourceField(Description.Columns[i].Name, default);
        }

        while (!bytes.IsEmpty)
        {
            var column = bytes.Length < sizeof(ushort) ? int.MaxValue : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            if (column >= _header.Columns.Count)
            {
                throw new FlatBufferException("a property is of no column");
            }

            bytes = bytes[sizeof(ushort)..];
            var value = _header.Columns[column].Read(ref bytes);
            if (_ordinals[column] is var ordinal and >= 0)
            {
                fields[ordinal] = fields[ordinal] with { Value = value };
            }
        }

        return fields;
    }
}
