using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace GeoOffer.Storage.Importing.Reading.Shapefiles;

/// <summary>A field of a .dbf, and what its bytes mean.</summary>
/// <param name="Name">Its name, unlike any other of the table.</param>
/// <param name="Kind">The letter of its type: C, N, F, D, L, I, O, @ and others.</param>
/// <param name="Offset">Where it begins in a record, after the mark of deletion.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Decimals">The number of decimals that its numbers are written with.</param>
/// <param name="IsSortable">Whether whole and floating-point numbers are as dBase 7 has them: big-endian, so that their bytes sort.</param>
internal sealed record TableField(string Name, char Kind, int Offset, int Length, int Decimals, bool IsSortable)
{
    private const double DaysToYearOne = 1_721_426;

    private static readonly SearchValues<byte> SignsAndDigits = SearchValues.Create("+-0123456789"u8);

    /// <summary>Whether its values can be read; memos and pictures lie in other files.</summary>
    public bool IsRead => Kind is 'C' or 'N' or 'F' or 'D' or 'L' || (Kind is 'I' && Length == 4) || (Kind is 'O' or '@' or 'T' && Length == 8);

    /// <summary>The column that it is.</summary>
    public SourceColumn Column => new(Name, Kind switch
    {
        'N' when Decimals == 0 => SourceColumnType.Integer,
        'N' or 'F' or 'O' => SourceColumnType.Number,
        'I' => SourceColumnType.Integer,
        'L' => SourceColumnType.Boolean,
        'D' => SourceColumnType.Date,
        '@' or 'T' => SourceColumnType.Timestamp,
        _ => SourceColumnType.Text,
    });

    /// <summary>The bytes of the field that are its text, up to a NUL and without the blanks at the end.</summary>
    public ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> record)
    {
        var cell = record.Slice(Offset, Length);
        var end = cell.IndexOf((byte)0);
        return (end < 0 ? cell : cell[..end]).TrimEnd((byte)' ');
    }

    /// <summary>The value in a record; what is no value of the type is given as the text that it is.</summary>
    public SourceValue Read(ReadOnlySpan<byte> record, TableText text) => Kind switch
    {
        'C' => text.Decode(Cell(record), Length),
        'N' or 'F' => ReadNumber(Cell(record).TrimStart((byte)' ')),
        'D' => ReadDay(Cell(record).TrimStart((byte)' ')),
        'L' => ReadTruth(Cell(record)),
        'I' => ReadInteger(record.Slice(Offset, Length)),
        'O' => ReadDouble(record.Slice(Offset, Length)),
        '@' or 'T' => ReadInstant(record.Slice(Offset, Length)),
        _ => default,
    };

    private SourceValue ReadNumber(ReadOnlySpan<byte> cell)
    {
        // Asterisks fill a field that is too narrow for its number.
        if (cell.IsEmpty || cell[0] == '*')
        {
            return default;
        }

        if (Kind == 'N' && Decimals == 0 && long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return SourceValue.Of(whole);
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var isWholeDigits = Decimals == 0 && cell.IndexOfAnyExcept(SignsAndDigits) < 0;
        return !isWholeDigits
            && double.TryParse(cell, Style, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? SourceValue.Of(number)
            : SourceValue.OfText(Encoding.Latin1.GetString(cell));
    }

    private static SourceValue ReadDay(ReadOnlySpan<byte> cell)
    {
        if (cell.IndexOfAnyExcept((byte)'0') < 0)
        {
            return default;
        }

        var text = Encoding.Latin1.GetString(cell);
        return DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? SourceValue.Of(day)
            : SourceValue.OfText(text);
    }

    private static SourceValue ReadTruth(ReadOnlySpan<byte> cell) => cell switch
    {
        [] or [(byte)'?'] => default,
        [(byte)'T' or (byte)'t' or (byte)'Y' or (byte)'y'] => SourceValue.Of(true),
        [(byte)'F' or (byte)'f' or (byte)'N' or (byte)'n'] => SourceValue.Of(false),
        _ => SourceValue.OfText(Encoding.Latin1.GetString(cell)),
    };

    private SourceValue ReadInteger(ReadOnlySpan<byte> cell)
    {
        if (!IsSortable)
        {
            return SourceValue.Of((long)BinaryPrimitives.ReadInt32LittleEndian(cell));
        }

        // Four NULs are the null of dBase 7.
        var bits = BinaryPrimitives.ReadUInt32BigEndian(cell);
        return bits == 0 ? default : SourceValue.Of((long)(int)(bits ^ 0x8000_0000));
    }

    private SourceValue ReadDouble(ReadOnlySpan<byte> cell)
    {
        if (!IsSortable)
        {
            return SourceValue.Of(BinaryPrimitives.ReadDoubleLittleEndian(cell));
        }

        var bits = BinaryPrimitives.ReadUInt64BigEndian(cell);
        var isPositive = bits >> 63 == 1;
        return bits == 0 ? default : SourceValue.Of(BitConverter.UInt64BitsToDouble(isPositive ? bits & ~(1UL << 63) : ~bits));
    }

    /// <summary>A Julian day and the milliseconds in it; an instant without zone is taken as UTC.</summary>
    private static SourceValue ReadInstant(ReadOnlySpan<byte> cell)
    {
        var day = BinaryPrimitives.ReadInt32LittleEndian(cell) - DaysToYearOne;
        var milliseconds = BinaryPrimitives.ReadInt32LittleEndian(cell[sizeof(int)..]);
        return day < 0 || day > DateOnly.MaxValue.DayNumber || milliseconds is < 0 or >= 86_400_000
            ? default
            : SourceValue.Of(new DateTimeOffset(DateTime.MinValue.AddDays(day).AddMilliseconds(milliseconds), TimeSpan.Zero));
    }
}
