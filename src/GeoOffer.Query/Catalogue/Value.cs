using System.Collections.Immutable;
using System.Globalization;

namespace GeoOffer.Query.Catalogue;

/// <summary>A value of a property, typed. A missing value is a null reference.</summary>
public abstract record Value
{
    private Value()
    {
    }

    /// <summary>The type of the value.</summary>
    public abstract PropertyType Type { get; }

    /// <summary>Text, compared exactly.</summary>
    public sealed record Text(string Content) : Value
    {
        /// <inheritdoc/>
        public override PropertyType Type => PropertyType.Text;
    }

    /// <summary>A whole number.</summary>
    public sealed record Integer(long Content) : Value
    {
        /// <inheritdoc/>
        public override PropertyType Type => PropertyType.Integer;
    }

    /// <summary>A floating-point number.</summary>
    public sealed record Number(double Content) : Value
    {
        /// <inheritdoc/>
        public override PropertyType Type => PropertyType.Number;
    }

    /// <summary>True or false.</summary>
    public sealed record Boolean(bool Content) : Value
    {
        /// <inheritdoc/>
        public override PropertyType Type => PropertyType.Boolean;
    }

    /// <summary>A calendar date.</summary>
    public sealed record Date(DateOnly Content) : Value
    {
        /// <inheritdoc/>
        public override PropertyType Type => PropertyType.Date;
    }

    /// <summary>An instant, kept in UTC.</summary>
    public sealed record Timestamp : Value
    {
        /// <summary>Takes the instant, whatever its offset.</summary>
        public Timestamp(DateTimeOffset content) => Content = content.ToUniversalTime();

        /// <summary>The instant, in UTC.</summary>
        public DateTimeOffset Content { get; }

        /// <inheritdoc/>
        public override PropertyType Type => PropertyType.Timestamp;
    }

    /// <summary>A set of texts.</summary>
    public sealed record TextArray(ImmutableArray<string> Content) : Value
    {
        /// <inheritdoc/>
        public override PropertyType Type => PropertyType.TextArray;

        /// <inheritdoc/>
        public bool Equals(TextArray? other) => other is not null && Content.SequenceEqual(other.Content, StringComparer.Ordinal);

        /// <inheritdoc/>
        public override int GetHashCode() => Content.Aggregate(Content.Length, HashCode.Combine);
    }

    /// <summary>
    /// Reads a raw text as a value of a type: plain decimal numbers, <c>true</c> and <c>false</c>, ISO 8601 dates, RFC 3339 instants with
    /// their offset. A text for an array is its only member. Null when it cannot be read.
    /// </summary>
    public static Value? Read(PropertyType type, string raw) => type switch
    {
        PropertyType.Text => new Text(raw),
        PropertyType.Integer => long.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            ? new Integer(integer) : null,
        PropertyType.Number => double.TryParse(raw, NumericStyle, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? new Number(number) : null,
        PropertyType.Boolean => raw switch { "true" => new Boolean(true), "false" => new Boolean(false), _ => null },
        PropertyType.Date => DateOnly.TryParseExact(raw, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new Date(date) : null,
        PropertyType.Timestamp => DateTimeOffset.TryParseExact(
            raw, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? new Timestamp(instant) : null,
        PropertyType.TextArray => new TextArray([raw]),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>The value as a person would type it, the same in every culture.</summary>
    public sealed override string ToString() => this switch
    {
        Text text => text.Content,
        Integer integer => integer.Content.ToString(CultureInfo.InvariantCulture),
        Number number => number.Content.ToString("R", CultureInfo.InvariantCulture),
        Boolean boolean => boolean.Content ? "true" : "false",
        Date date => date.Content.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Timestamp timestamp => timestamp.Content.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        TextArray array => string.Join(", ", array.Content),
        _ => throw new InvalidOperationException(GetType().Name),
    };

    private const NumberStyles NumericStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly string[] InstantFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
    ];
}
