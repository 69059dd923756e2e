using System.Buffers.Text;
using System.Globalization;
using System.Text;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Storage.Exporting.Shapefiles;

/// <summary>A field of a .dbf: how its values are written, and how wide they turn out to be.</summary>
internal sealed class TableField(string name, string fullName, PropertyType type)
{
    private const int LongestText = 254;
    private const int LongestNumber = 32;

    /// <summary>The short name.</summary>
    public string Name { get; } = name;

    /// <summary>The name of the property.</summary>
    public string FullName { get; } = fullName;

    /// <summary>The letter of the type in the .dbf.</summary>
    public char Code { get; } = type switch
    {
        PropertyType.Integer or PropertyType.Number => 'N',
        PropertyType.Boolean => 'L',
        PropertyType.Date => 'D',
        _ => 'C',
    };

    /// <summary>The bytes of a value: those of the longest so far.</summary>
    public int Width { get; private set; } = type switch { PropertyType.Date => 8, _ => 1 };

    /// <summary>The decimals that are declared, by which readers tell numbers from whole ones.</summary>
    public int Decimals => type == PropertyType.Number ? Math.Clamp(Width - 2, 1, 15) : 0;

    /// <summary>How many texts were cut.</summary>
    public long Cut { get; private set; }

    /// <summary>Whether numbers stand to the right.</summary>
    public bool IsRightAligned => Code == 'N';

    /// <summary>The value of a row, as it stands in the table.</summary>
    public byte[] Read(RecordCursor row, int property, ExportLayer layer)
    {
        var value = Format(row, property, layer);
        Width = Math.Max(Width, type == PropertyType.Number ? Math.Max(value.Length, 3) : value.Length);
        return value;
    }

    private byte[] Format(RecordCursor row, int property, ExportLayer layer)
    {
        switch (type)
        {
            case PropertyType.Integer:
                return Number(row.GetInteger(property));
            case PropertyType.Number:
                return double.IsFinite(row.GetNumber(property)) ? Number(row.GetNumber(property)) : [];
            case PropertyType.Boolean:
                return row.GetBoolean(property) ? "T"u8.ToArray() : "F"u8.ToArray();
            case PropertyType.Date:
                return Encoding.ASCII.GetBytes((row.GetDate(property) ?? throw layer.BeyondTime(row, property)).ToString("yyyyMMdd", CultureInfo.InvariantCulture));
            case PropertyType.Timestamp:
                return Encoding.ASCII.GetBytes((row.GetTimestamp(property) ?? throw layer.BeyondTime(row, property))
                    .ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
            case PropertyType.TextArray:
                var joined = new List<byte>();
                foreach (var text in row.GetTexts(property))
                {
                    if (joined.Count > 0)
                    {
                        joined.Add((byte)';');
                    }

                    joined.AddRange(text);
                }

                return Text(joined.ToArray());
            default:
                return Text(row.GetText(property));
        }
    }

    private byte[] Text(ReadOnlySpan<byte> text)
    {
        if (text.Length <= LongestText)
        {
            return text.ToArray();
        }

        // Not in the middle of a letter.
        var end = LongestText;
        while ((text[end] & 0xC0) == 0x80)
        {
            end--;
        }

        Cut++;
        return text[..end].ToArray();
    }

    private static byte[] Number(long value)
    {
        Span<byte> buffer = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(value, buffer, out var written);
        return buffer[..written].ToArray();
    }

    private static byte[] Number(double value)
    {
        Span<byte> buffer = stackalloc byte[LongestNumber];
        value.TryFormat(buffer, out var written, "R", CultureInfo.InvariantCulture);
        return buffer[..written].ToArray();
    }
}
