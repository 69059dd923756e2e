using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Reading;
using NpgsqlTypes;

namespace GeoOffer.Storage.Layers;

/// <summary>How the columns of layers read their values.</summary>
internal static class LayerTypes
{
    private const int LongestText = 1_000_000;

    public static FieldType Of(PropertyType type) => type switch
    {
        PropertyType.Text => new AnyTextType(),
        PropertyType.Integer => new WholeNumberType(),
        PropertyType.Number => new RealNumberType(),
        PropertyType.Boolean => new TruthType(),
        PropertyType.Date => new DateType(),
        PropertyType.Timestamp => new InstantType(),
        PropertyType.TextArray => new TextsType(),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>The instant of a text in ISO 8601; one without a zone is in UTC.</summary>
    public static bool TryReadInstant(string text, out DateTimeOffset instant)
    {
        instant = default;
        return text.Length > 10 && text[4] == '-' && text[7] == '-' && text[10] is 'T' or 't' or ' '
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
    }

    /// <summary>Text; arrays and objects are kept as JSON.</summary>
    private sealed class AnyTextType() : FieldType(NpgsqlDbType.Text)
    {
        public override FieldReading Read(SourceValue value) => value.Kind switch
        {
            SourceValueKind.Damaged => FieldReading.Fault(
                RejectionCode.DamagedText, "the text is no UTF-8, or was damaged before", "state the encoding with --encoding, such as windows-1252"),
            SourceValueKind.Array or SourceValueKind.Object => Checked(value.Json!.Value.GetRawText()),
            _ => Checked(value.Stated ?? value.Text!),
        };

        private static FieldReading Checked(string text) =>
            StorableText.Fault(text, LongestText) is { } fault ? new(null, fault) : FieldReading.Of(text);
    }

    private sealed class WholeNumberType() : ScalarType(NpgsqlDbType.Bigint)
    {
        protected override bool ReadsNumbers => true;

        protected override FieldReading ReadText(string text)
        {
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return FieldReading.Of(number);
            }

            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
                && Math.Abs(real) <= 1L << 53 && real == Math.Floor(real)
                ? FieldReading.Of((long)real)
                : FieldReading.Fault(RejectionCode.WrongType, "expected a whole number");
        }
    }

    private sealed class RealNumberType() : ScalarType(NpgsqlDbType.Double)
    {
        protected override bool ReadsNumbers => true;

        protected override FieldReading ReadText(string text) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? FieldReading.Of(number)
                : FieldReading.Fault(RejectionCode.WrongType, "expected a number with a decimal point");
    }

    private sealed class InstantType() : ScalarType(NpgsqlDbType.TimestampTz)
    {
        protected override FieldReading ReadText(string text) => TryReadInstant(text, out var instant)
            ? FieldReading.Of(instant.UtcDateTime)
            : FieldReading.Fault(RejectionCode.WrongType, "expected an instant such as 2026-01-31T12:00:00Z");
    }

    private sealed class TextsType() : FieldType(NpgsqlDbType.Array | NpgsqlDbType.Text)
    {
        public override FieldReading Read(SourceValue value)
        {
            var texts = new List<string>();
            foreach (var item in value.Items())
            {
                if (item.Kind is SourceValueKind.Array or SourceValueKind.Object or SourceValueKind.Damaged)
                {
                    return FieldReading.Fault(RejectionCode.WrongType, $"expected texts, found {item.Describe()}");
                }

                if (item.Text is not { } text)
                {
                    continue;
                }

                if (StorableText.Fault(text, LongestText) is { } fault)
                {
                    return new(null, fault);
                }

                texts.Add(text);
            }

            return FieldReading.Of(texts.ToArray());
        }
    }
}
