using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace GeoOffer.Storage.Importing.Reading.FlatGeobufs;

/// <summary>The type of a column, with the number that it has in the file.</summary>
internal enum FlatGeobufType : byte
{
    SByte,
    Byte,
    Boolean,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    Text,
    Json,
    Instant,
    Bytes,
}

/// <summary>A column of a FlatGeobuf.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">What people read instead; null when there is none.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsDay">Whether its texts are days: the format has a type for instants alone.</param>
internal sealed record FlatGeobufColumn(string Name, string? Title, FlatGeobufType Type, bool IsDay = false)
{
    /// <summary>The metadata of a column of texts that are days.</summary>
    public const string DayMetadata = """{"format":"date"}""";

    /// <summary>The column as a source declares it; null for bytes, which are not read.</summary>
    public SourceColumn? Column => Type switch
    {
        FlatGeobufType.Bytes => null,
        FlatGeobufType.Boolean => Declared(SourceColumnType.Boolean),
        FlatGeobufType.Single or FlatGeobufType.Double => Declared(SourceColumnType.Number),
        FlatGeobufType.Text => Declared(IsDay ? SourceColumnType.Date : SourceColumnType.Text),
        FlatGeobufType.Json => Declared(SourceColumnType.Json),
        FlatGeobufType.Instant => Declared(SourceColumnType.Timestamp),
        _ => Declared(SourceColumnType.Integer),
    };

    /// <summary>Reads a value from the beginning of bytes.</summary>
    /// <param name="bytes">The bytes; they begin after the value when it is read.</param>
    /// <exception cref="FlatBufferException">They are too few.</exception>
    public SourceValue Read(ref ReadOnlySpan<byte> bytes) => Type switch
    {
        FlatGeobufType.SByte => SourceValue.Of((long)(sbyte)Take(ref bytes, 1)[0]),
        FlatGeobufType.Byte => SourceValue.Of((long)Take(ref bytes, 1)[0]),
        FlatGeobufType.Boolean => SourceValue.Of(Take(ref bytes, 1)[0] != 0),
        FlatGeobufType.Int16 => SourceValue.Of((long)BinaryPrimitives.ReadInt16LittleEndian(Take(ref bytes, 2))),
        FlatGeobufType.UInt16 => SourceValue.Of((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(ref bytes, 2))),
        FlatGeobufType.Int32 => SourceValue.Of((long)BinaryPrimitives.ReadInt32LittleEndian(Take(ref bytes, 4))),
        FlatGeobufType.UInt32 => SourceValue.Of((long)BinaryPrimitives.ReadUInt32LittleEndian(Take(ref bytes, 4))),
        FlatGeobufType.Int64 => SourceValue.Of(BinaryPrimitives.ReadInt64LittleEndian(Take(ref bytes, 8))),
        FlatGeobufType.UInt64 => OfUnsigned(BinaryPrimitives.ReadUInt64LittleEndian(Take(ref bytes, 8))),
        FlatGeobufType.Single => OfSingle(BinaryPrimitives.ReadSingleLittleEndian(Take(ref bytes, 4))),
        FlatGeobufType.Double => SourceValue.Of(BinaryPrimitives.ReadDoubleLittleEndian(Take(ref bytes, 8))),
        FlatGeobufType.Instant => IsoTime.Instant(TakeText(ref bytes)),
        FlatGeobufType.Text when IsDay => IsoTime.Day(TakeText(ref bytes)),
        FlatGeobufType.Bytes => Skip(ref bytes),
        _ => SourceValue.OfText(TakeText(ref bytes)),
    };

    private SourceColumn Declared(SourceColumnType type) => new(Name, type) { Title = Title };

    private static SourceValue OfUnsigned(ulong number) =>
        number <= long.MaxValue ? SourceValue.Of((long)number) : SourceValue.OfText(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The number that the shortest digits for it state: 0.1, not 0.10000000149.</summary>
    private static SourceValue OfSingle(float number) => SourceValue.Of(
        double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    private static string TakeText(ref ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(TakeLong(ref bytes));

    private static SourceValue Skip(ref ReadOnlySpan<byte> bytes)
    {
        TakeLong(ref bytes);
        return default;
    }

    private static ReadOnlySpan<byte> TakeLong(ref ReadOnlySpan<byte> bytes) =>
        Take(ref bytes, BinaryPrimitives.ReadUInt32LittleEndian(Take(ref bytes, sizeof(uint))));

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, uint count)
    {
        if (count > bytes.Length)
        {
            throw new FlatBufferException("its properties are cut");
        }

        var taken = bytes[..(int)count];
        bytes = bytes[(int)count..];
        return taken;
    }
}
