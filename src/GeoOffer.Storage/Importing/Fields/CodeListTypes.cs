using GeoOffer.Domain.Offer;
using GeoOffer.Storage.Importing.Reading;
using NpgsqlTypes;

namespace GeoOffer.Storage.Importing.Fields;

/// <summary>A code of a list; case does not count.</summary>
internal class CodeListType(CodeList list) : ScalarType(NpgsqlDbType.Text)
{
    protected override FieldReading ReadText(string text)
    {
        if (Find(text) is { } code)
        {
            return FieldReading.Of(code);
        }

        var word = text.Length <= 100 ? text : text[..100];
        return FieldReading.Fault(
            RejectionCode.NotInCodeList,
            $"not one of {string.Join(", ", list.Codes)}",
            ByTitle(word) ?? MessageText.Nearest(word.ToLowerInvariant(), list.Codes));
    }

    /// <summary>The code that a text stands for.</summary>
    protected virtual string? Find(string text) => list.Codes.FirstOrDefault(code => code.Equals(text, StringComparison.OrdinalIgnoreCase));

    private string? ByTitle(string text)
    {
        var name = FieldName.Normalise(text);
        return name.Length == 0
            ? null
            : list.Entries.FirstOrDefault(
                entry => FieldName.Normalise(entry.TitleIt) == name || FieldName.Normalise(entry.TitleEn) == name)?.Code;
    }
}

/// <summary>Yes, no or unknown, in Italian and English spelling.</summary>
internal sealed class YesNoType() : CodeListType(SiteCodeLists.YesNoUnknown)
{
    /// <summary>What a text says; null when neither.</summary>
    public static bool? Parse(string text) => text.ToUpperInvariant() switch
    {
        "YES" or "Y" or "SÌ" or "SI'" or "SÍ" or "SI" or "S" or "TRUE" or "VERO" or "1" => true,
        "NO" or "N" or "FALSE" or "FALSO" or "0" => false,
        _ => null,
    };

    protected override string? Find(string text) => Parse(text) switch
    {
        true => "yes",
        false => "no",
        null => base.Find(text),
    };
}

/// <summary>A truth value, in Italian and English spelling.</summary>
internal sealed class TruthType() : ScalarType(NpgsqlDbType.Boolean)
{
    protected override FieldReading ReadText(string text) => YesNoType.Parse(text) is { } truth
        ? FieldReading.Of(truth)
        : FieldReading.Fault(RejectionCode.WrongType, "expected yes or no");
}

/// <summary>Several codes of a list, as a JSON array or separated by semicolons or bars.</summary>
internal sealed class CodeSetType(CodeList list) : FieldType(NpgsqlDbType.Array | NpgsqlDbType.Text)
{
    private readonly CodeListType _item = new(list);

    public override FieldReading Read(SourceValue value)
    {
        var codes = new List<string>();
        foreach (var item in value.Items().Where(item => item.Kind != SourceValueKind.Null))
        {
            var reading = _item.Read(item);
            if (reading.Problem is { } problem)
            {
                return new(null, problem with { Reason = $"{item.Describe()}: {problem.Reason}" });
            }

            codes.Add((string)reading.Value!);
        }

        return FieldReading.Of(codes.Distinct().ToArray());
    }
}
