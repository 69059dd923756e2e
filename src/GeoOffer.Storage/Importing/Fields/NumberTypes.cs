using System.Globalization;
using System.Text.RegularExpressions;
using NpgsqlTypes;

namespace GeoOffer.Storage.Importing.Fields;

/// <summary>The bounds of a number.</summary>
/// <param name="Least">The least value.</param>
/// <param name="Most">The greatest value.</param>
/// <param name="LeastIsExcluded">Whether the number must be above the least value.</param>
/// <param name="MostIsExcluded">Whether the number must be below the greatest value.</param>
internal sealed record Bounds(double Least, double Most, bool LeastIsExcluded = false, bool MostIsExcluded = false)
{
    public bool Hold(double number) =>
        (LeastIsExcluded ? number > Least : number >= Least) && (MostIsExcluded ? number < Most : number <= Most);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(LeastIsExcluded ? "above" : "from")} {Least} {(MostIsExcluded ? "and below" : "to")} {Most}");
}

/// <summary>A number with a decimal point.</summary>
internal abstract partial class NumberType(NpgsqlDbType stored, Bounds bounds) : ScalarType(stored)
{
    protected sealed override bool ReadsNumbers => true;

    protected sealed override FieldReading ReadText(string text)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(text, Styles, CultureInfo.InvariantCulture, out var number)
            || !char.IsAsciiDigit(text[^1]))
        {
            return NoNumber(text);
        }

        return bounds.Hold(number)
            ? Store(text, number)
            : FieldReading.Fault(RejectionCode.OutOfBounds, $"expected a number {bounds}");
    }

    /// <summary>The value as it is stored.</summary>
    protected abstract FieldReading Store(string text, double number);

    private static FieldReading NoNumber(string text)
    {
        var bare = Blanks().Replace(text, "");
        if (DecimalComma().IsMatch(bare))
        {
            var point = bare.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');
            return FieldReading.Fault(RejectionCode.DecimalComma, "the number has a decimal comma", point);
        }

        var proposal = Thousands().IsMatch(bare) ? Separators().Replace(bare, "")
            : LeadingNumber().Match(text) is { Success: true } number ? number.Groups[1].Value
            : null;
        return FieldReading.Fault(RejectionCode.WrongType, "expected a number with a decimal point and nothing else", proposal);
    }

    [GeneratedRegex(@"[\s'\u00A0\u202F]")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^[+-]?(\d+|\d{1,3}(\.\d{3})+),\d+$")]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"^[+-]?(\d{1,3}(\.\d{3}){2,}|\d{1,3}(,\d{3}){2,}|\d+)$")]
    private static partial Regex Thousands();

    [GeneratedRegex("[.,]")]
    private static partial Regex Separators();

    // Degrees, hours and whatever else goes on with minutes are no number followed by a unit.
    [GeneratedRegex(@"^([+-]?\d+(\.\d+)?)\s*(?![°º:]\s*\d)[^\d\s.,]")]
    private static partial Regex LeadingNumber();
}

/// <summary>A measure.</summary>
internal sealed class MeasureType(Bounds bounds) : NumberType(NpgsqlDbType.Double, bounds)
{
    protected override FieldReading Store(string text, double number) => FieldReading.Of(number);
}

/// <summary>A count.</summary>
internal sealed class CountType(int least, int most = int.MaxValue) : NumberType(NpgsqlDbType.Integer, new Bounds(least, most))
{
    protected override FieldReading Store(string text, double number) => number == Math.Floor(number)
        ? FieldReading.Of((int)number)
        : FieldReading.Fault(RejectionCode.WrongType, "expected a whole number");
}

/// <summary>An amount in euro, to the cent.</summary>
internal sealed class MoneyType() : NumberType(NpgsqlDbType.Numeric, new Bounds(0, 1e12, MostIsExcluded: true))
{
    protected override FieldReading Store(string text, double number) =>
        FieldReading.Of(
            decimal.Round(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), 2, MidpointRounding.AwayFromZero));
}

/// <summary>A day, year-month-day.</summary>
internal sealed class DateType() : ScalarType(NpgsqlDbType.Date)
{
    private static readonly string[] Others = ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "yyyyMMdd", "yyyy/M/d"];

    protected override FieldReading ReadText(string text)
    {
        var day = text.Length > 10 && text[10] == 'T'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
            ? text[..10]
            : text;
        if (DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return FieldReading.Of(date);
        }

        return FieldReading.Fault(
            RejectionCode.NotIsoDate,
            "expected a day as year-month-day",
            DateOnly.TryParseExact(text, Others, CultureInfo.InvariantCulture, DateTimeStyles.None, out var meant)
                ? meant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : null);
    }
}
