using System.Diagnostics;
using System.Globalization;

namespace GeoOffer.PostGis;

/// <summary>Writes an ordinate with a bounded number of decimals, digit for digit as PostGIS 3 does.</summary>
/// <remarks>
/// PostGIS takes the shortest decimal that reads back as the same double and rounds that, half to even. Most values are nowhere near a
/// tie, where rounding the double scaled to an integer gives the same digits at a fraction of the cost.
/// </remarks>
internal static class CoordinateFormatter
{
    /// <summary>The most decimals that may be asked for; a double carries no more than 15 to 17 digits.</summary>
    public const int MaxDecimals = 15;

    /// <summary>No value needs more bytes: sign, 15 digits, point, 15 decimals.</summary>
    public const int MaxLength = 32;

    private const int ShortDecimals = 9;

    /// <summary>Times 10^9 it is still below 2^53.</summary>
    private const double LargestShort = 9e6;

    private const double SmallestFixed = 1e-8;
    private const double SmallestScientific = 1e15;

    /// <summary>Twice what the product with a power of ten and the shortest decimal together can be off, relative to the value.</summary>
    private const double TieUncertainty = 1.0 / (1L << 50);

    private static readonly ulong[] PowersOfTen = [.. Enumerable.Range(0, 20).Select(n => (ulong)System.Numerics.BigInteger.Pow(10, n))];
    private static readonly double[] Scales = [.. PowersOfTen.Take(MaxDecimals + 1).Select(power => (double)power)];

    private static ReadOnlySpan<byte> DigitPairs =>
        "00010203040506070809101112131415161718192021222324"u8 +
        "25262728293031323334353637383940414243444546474849"u8 +
        "50515253545556575859606162636465666768697071727374"u8 +
        "75767778798081828384858687888990919293949596979899"u8;

    /// <summary>Writes a finite value and returns the number of bytes written, at most <see cref="MaxLength"/>.</summary>
    public static int Format(double value, int decimals, Span<byte> destination)
    {
        Debug.Assert(double.IsFinite(value), "JSON has no number for it");
        var magnitude = Math.Abs(value);
        if (magnitude is > SmallestFixed and < SmallestScientific)
        {
            var scaled = magnitude * Scales[decimals];
            var nearest = Math.Round(scaled);
            if (0.5 - Math.Abs(scaled - nearest) <= scaled * TieUncertainty)
            {
                return FormatFixed(value, decimals, destination);
            }

            // Below 2^50 the quotient of two integers, truncated, is exact in doubles, and far cheaper than in integers.
            var whole = Math.Truncate(nearest / Scales[decimals]);
            return WriteFixed(
                value < 0 && nearest != 0, (ulong)whole, (ulong)(nearest - (whole * Scales[decimals])), decimals, destination);
        }

        return value == 0 ? WriteFixed(false, 0, 0, destination) : FormatScientific(value, decimals, destination);
    }

    /// <summary>
    /// Writes a finite value so that it reads back as the same double, and returns the number of bytes written, at most
    /// <see cref="MaxLength"/>.
    /// </summary>
    /// <remarks>
    /// A value of at most nine decimals is the quotient of two integers that doubles hold exactly, and their quotient is rounded like the
    /// decimal: so one division proves the digits. All others take the shortest digits there are.
    /// </remarks>
    public static int FormatExact(double value, Span<byte> destination)
    {
        Debug.Assert(double.IsFinite(value), "JSON and well-known text have no number for it");
        var magnitude = Math.Abs(value);
        if (magnitude is > 0 and < LargestShort)
        {
            var scaled = Math.Round(magnitude * Scales[ShortDecimals]);
            if (scaled / Scales[ShortDecimals] == magnitude)
            {
                return WriteFixed(value < 0, (ulong)scaled, ShortDecimals, destination);
            }
        }

        value.TryFormat(destination, out var length, "R", CultureInfo.InvariantCulture);
        return length;
    }

    private static int FormatFixed(double value, int decimals, Span<byte> destination)
    {
        var (digits, exponent) = ShortestDecimal(value);
        if (exponent >= 0)
        {
            return WriteFixed(value < 0, digits * PowersOfTen[exponent], 0, destination);
        }

        return -exponent <= decimals
            ? WriteFixed(value < 0, digits, -exponent, destination)
            : WriteFixed(value < 0, DropDigits(digits, -exponent - decimals), decimals, destination);
    }

    private static int FormatScientific(double value, int decimals, Span<byte> destination)
    {
        var (digits, exponent) = ShortestDecimal(value);
        var fraction = 0;
        while (digits >= PowersOfTen[fraction + 1])
        {
            fraction++;
        }

        exponent += fraction;
        if (fraction > decimals)
        {
            digits = DropDigits(digits, fraction - decimals);
            fraction = decimals;
        }

        var length = WriteFixed(value < 0, digits, fraction, destination);
        destination[length++] = (byte)'e';
        destination[length++] = (byte)(exponent < 0 ? '-' : '+');
        Math.Abs(exponent).TryFormat(destination[length..], out var written, default, CultureInfo.InvariantCulture);
        return length + written;
    }

    /// <summary>The shortest digits that read back as the value, and the power of ten to multiply them with.</summary>
    private static (ulong Digits, int Exponent) ShortestDecimal(double value)
    {
        Span<byte> text = stackalloc byte[32];
        Math.Abs(value).TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        var (digits, exponent, afterPoint) = (0UL, 0, false);
        for (var i = 0; i < length; i++)
        {
            switch (text[i])
            {
                case (byte)'.':
                    afterPoint = true;
                    break;
                case (byte)'E':
                    exponent += int.Parse(text[(i + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                    return (digits, exponent);
                default:
                    digits = (digits * 10) + (ulong)(text[i] - '0');
                    exponent -= afterPoint ? 1 : 0;
                    break;
            }
        }

        return (digits, exponent);
    }

    private static ulong DropDigits(ulong digits, int count)
    {
        if (count >= PowersOfTen.Length)
        {
            return 0;
        }

        var (kept, dropped) = Math.DivRem(digits, PowersOfTen[count]);
        var half = PowersOfTen[count] / 2;
        return dropped > half || (dropped == half && (kept & 1) == 1) ? kept + 1 : kept;
    }

    /// <summary>Writes a scaled integer with its point, without trailing zeros and without a sign before zero.</summary>
    private static int WriteFixed(bool negative, ulong scaled, int decimals, Span<byte> destination)
    {
        var (whole, fraction) = Math.DivRem(scaled, PowersOfTen[decimals]);
        return WriteFixed(negative && scaled != 0, whole, fraction, decimals, destination);
    }

    private static int WriteFixed(bool negative, ulong whole, ulong fraction, int decimals, Span<byte> destination)
    {
        var length = 0;
        if (negative)
        {
            destination[length++] = (byte)'-';
        }

        var wholeDigits = 1;
        while (whole >= PowersOfTen[wholeDigits])
        {
            wholeDigits++;
        }

        WriteDigits(whole, destination.Slice(length, wholeDigits));
        length += wholeDigits;
        if (fraction == 0)
        {
            return length;
        }

        destination[length++] = (byte)'.';
        WriteDigits(fraction, destination.Slice(length, decimals));
        length += decimals;
        while (destination[length - 1] == '0')
        {
            length--;
        }

        return length;
    }

    /// <summary>Fills the destination with the last digits of a value, two at a time.</summary>
    private static void WriteDigits(ulong value, Span<byte> destination)
    {
        while (destination.Length >= 2)
        {
            (value, var pair) = Math.DivRem(value, 100);
            DigitPairs.Slice((int)pair * 2, 2).CopyTo(destination[^2..]);
            destination = destination[..^2];
        }

        if (!destination.IsEmpty)
        {
            destination[0] = (byte)('0' + (value % 10));
        }
    }
}
