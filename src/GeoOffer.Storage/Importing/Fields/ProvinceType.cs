using NpgsqlTypes;

namespace GeoOffer.Storage.Importing.Fields;

/// <summary>A province, by its code, its two letters or its name; a rule finds out which.</summary>
internal sealed class ProvinceType() : ScalarType(NpgsqlDbType.Text)
{
    protected override FieldReading ReadText(string text) => text.All(char.IsAsciiDigit) && text.Length < 3
        ? FieldReading.Fault(RejectionCode.LostZeros, "the code has 3 digits; its leading zeros are lost", text.PadLeft(3, '0'))
        : StorableText.Fault(text, 100) is { } fault ? new(null, fault) : FieldReading.Of(text);
}
