using System.Text.RegularExpressions;
using GeoOffer.Storage.Importing.Reading;
using NpgsqlTypes;

namespace GeoOffer.Storage.Importing.Fields;

/// <summary>Free text.</summary>
internal sealed class TextType(int maxLength = 2_000) : ScalarType(NpgsqlDbType.Text)
{
    protected override FieldReading ReadText(string text)
    {
        var doubt = Mojibake.Find(text);
        return StorableText.Fault(text, maxLength) is { } fault
            ? new(null, fault with { Fix = doubt?.Fix ?? fault.Fix })
            : FieldReading.Of(text) with { Doubt = doubt };
    }
}

/// <summary>An identifier: no blanks, and nothing that has a meaning in a URL.</summary>
internal sealed partial class IdentifierType(int maxLength) : ScalarType(NpgsqlDbType.Text)
{
    protected override FieldReading ReadText(string text)
    {
        if (StorableText.Fault(text, maxLength) is { } fault)
        {
            return new(null, fault);
        }

        return Forbidden().IsMatch(text)
            ? FieldReading.Fault(RejectionCode.BadCode, "a code holds no blanks and none of / ? #", Forbidden().Replace(text, "-"))
            : FieldReading.Of(text);
    }

    [GeneratedRegex(@"[\s/?#]+")]
    private static partial Regex Forbidden();
}

/// <summary>A code of a fixed number of digits, which spreadsheets rob of its leading zeros.</summary>
internal sealed class DigitsType(int digits) : ScalarType(NpgsqlDbType.Text)
{
    protected override FieldReading ReadText(string text)
    {
        var isNumber = text.All(char.IsAsciiDigit);
        if (isNumber && text.Length == digits)
        {
            return FieldReading.Of(text);
        }

        return isNumber && text.Length < digits
            ? FieldReading.Fault(
                RejectionCode.LostZeros, $"the code has {digits} digits; its leading zeros are lost", text.PadLeft(digits, '0'))
            : FieldReading.Fault(RejectionCode.BadCode, $"the code has {digits} digits");
    }
}

/// <summary>A code of some other form.</summary>
internal sealed class PatternType(Regex pattern, string form) : ScalarType(NpgsqlDbType.Text)
{
    protected override FieldReading ReadText(string text)
    {
        if (pattern.IsMatch(text))
        {
            return FieldReading.Of(text);
        }

        var upper = text.ToUpperInvariant();
        return FieldReading.Fault(RejectionCode.BadCode, $"expected {form}", pattern.IsMatch(upper) ? upper : null);
    }
}

/// <summary>Several texts.</summary>
internal sealed class TextListType : FieldType
{
    private static readonly TextType Item = new();

    public TextListType()
        : base(NpgsqlDbType.Array | NpgsqlDbType.Text)
    {
    }

    public override FieldReading Read(SourceValue value)
    {
        var texts = new List<string>();
        foreach (var item in value.Items().Where(item => item.Kind != SourceValueKind.Null))
        {
            if (Item.Read(item) is { Problem: { } problem })
            {
                return new(null, problem);
            }

            texts.Add(item.Text!);
        }

        return FieldReading.Of(texts.Distinct().ToArray());
    }
}
