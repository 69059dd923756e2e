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

    private const double SmallestFixed = 1e-8;
    private const double SmallestScientific = 1e15;

    /// <summary>Twice what the product with a power of ten and the shortest decimal together can be off, relative to the value.</summary>
    private const double TieUncertainty = 1.0 / (1L << 50);

    private static readonly ulong[] PowersOfTen = [.. Enumerable.Range(0, 20).Select(n => (ulong)System.Numerics.BigInteger.Pow(10, n))];
    private static readonly double[] Scales = [.. PowersOfTen.Take(MaxDecimals + 1).Select(power => (double)power)];

    /// <summary>Writes a finite value and returns the number of bytes written, at most <see cref="MaxLength"/>.</summary>
    public static int Format(double value, int decimals, Span<byte> destination)
    {
        Debug.Assert(double.IsFinite(value), "JSON has no number for it");
        var magnitude = Math.Abs(value);
        if (magnitude is > SmallestFixed and < SmallestScientific)
        {
            var scaled = magnitude * Scales[decimals];
            var nearest = Math.Round(scaled);
            return 0.5 - Math.Abs(scaled - nearest) > scaled * TieUncertainty
                ? WriteFixed(value < 0, (ulong)nearest, decimals, destination)
                : FormatFixed(value, decimals, destination);
        }

        return value == 0 ? WriteFixed(false, 0, 0, destination) : FormatScientific(value, decimals, destination);
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
        var length = 0;
        if (negative && scaled != 0)
        {
            destination[length++] = (byte)'-';
        }

        var (whole, fraction) = Math.DivRem(scaled, PowersOfTen[decimals]);
        whole.TryFormat(destination[length..], out var written, default, CultureInfo.InvariantCulture);
        length += written;
        if (fraction == 0)
        {
            return length;
        }

        destination[length] = (byte)'.';
        for (var i = decimals; i > 0; i--)
        {
            (fraction, var digit) = Math.DivRem(fraction, 10);
            destination[length + i] = (byte)('0' + digit);
        }

        length += decimals;
        while (destination[length] == '0')
        {
            length--;
        }

        return length + 1;
    }
}
