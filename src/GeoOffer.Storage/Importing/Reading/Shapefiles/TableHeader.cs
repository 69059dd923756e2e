using System.Buffers.Binary;
using System.Text;

namespace GeoOffer.Storage.Importing.Reading.Shapefiles;

/// <summary>The header of a .dbf, of dBase III to 7 and FoxPro.</summary>
/// <param name="RecordCount">The number of its records, deleted ones among them.</param>
/// <param name="RecordLength">The length of each in bytes, with the mark of deletion.</param>
/// <param name="LanguageDriver">Byte 29, which tells the encoding; 0 when it does not.</param>
internal sealed record TableHeader(uint RecordCount, int RecordLength, byte LanguageDriver)
{
    private const int PrefixLength = 32;
    private const byte EndOfFields = 0x0D;

    /// <summary>The fields, without those whose values lie in other files.</summary>
    public IReadOnlyList<TableField> Fields { get; private init; } = [];

    /// <summary>The names of fields that are not read.</summary>
    public IReadOnlyList<string> LeftOut { get; private init; } = [];

    /// <summary>Reads the header; the records follow it.</summary>
    /// <exception cref="UnreadableFileException">It is none.</exception>
    public static async Task<TableHeader> ReadAsync(ForwardBytes bytes, Encoding names, CancellationToken cancellationToken)
    {
        if (!await bytes.TryFillAsync(PrefixLength, cancellationToken))
        {
            throw Broken("it is shorter than its header");
        }

        var prefix = ReadPrefix(bytes.Take(PrefixLength).Span, out var level, out var headerLength);
        if (headerLength < PrefixLength || !await bytes.TryFillAsync(headerLength - PrefixLength, cancellationToken))
        {
            throw Broken("it is shorter than its header");
        }

        return prefix.WithFields(bytes.Take(headerLength - PrefixLength).Span, isLevel7: level == 4, names);
    }

    /// <summary>The fault of a .dbf.</summary>
    public static UnreadableFileException Broken(string reason) => new(new FileFault(
        FileFaultCode.Structure, $"the .dbf is damaged: {reason}", "copy or export the shapefile again"));

    private static TableHeader ReadPrefix(ReadOnlySpan<byte> prefix, out int level, out int headerLength)
    {
        level = prefix[0] & 7;
        headerLength = BinaryPrimitives.ReadUInt16LittleEndian(prefix[8..]);
        return new TableHeader(
            BinaryPrimitives.ReadUInt32LittleEndian(prefix[4..]), BinaryPrimitives.ReadUInt16LittleEndian(prefix[10..]), prefix[29]);
    }

    private TableHeader WithFields(ReadOnlySpan<byte> descriptors, bool isLevel7, Encoding encoding)
    {
        var (nameLength, step) = isLevel7 ? (32, 48) : (11, 32);
        descriptors = isLevel7 && descriptors.Length >= 36 ? descriptors[36..] : descriptors;
        var names = new UniqueNames();
        List<TableField> fields = [];
        List<string> leftOut = [];
        var offset = 1;
        for (; descriptors.Length >= step && descriptors[0] != EndOfFields; descriptors = descriptors[step..])
        {
            // In level 7 type, length and decimals follow the name; before, four bytes lie between.
            var (type, length, decimals) = isLevel7
                ? (descriptors[32], descriptors[33], descriptors[34])
                : (descriptors[11], descriptors[16], descriptors[17]);
            var field = new TableField(
                names.Take(ReadName(descriptors[..nameLength], encoding)), (char)type, offset, length, decimals, isLevel7);
            offset += length;
            if (offset > RecordLength)
            {
                throw Broken("its fields are longer than its records");
            }

            if (field.IsRead)
            {
                fields.Add(field);
            }
            else if (field.Kind != '0')
            {
                leftOut.Add(field.Name);
            }
        }

        return RecordLength == 0 ? throw Broken("its records have no length") : this with { Fields = fields, LeftOut = leftOut };
    }

    private static string ReadName(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        var end = bytes.IndexOf((byte)0);
        return encoding.GetString(end < 0 ? bytes : bytes[..end]).Trim() is { Length: > 0 } name ? name : "field";
    }
}
