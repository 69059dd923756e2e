using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using GeoOffer.Domain.Offer;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Importing.Profiles;

/// <summary>A field of a collection, and how its value is made of columns of a register.</summary>
/// <param name="Field">The field.</param>
/// <param name="Columns">The columns; the first that is filled goes, unless they are joined.</param>
internal sealed partial record ProfileField(ImportField Field, IReadOnlyList<string> Columns)
{
    private const decimal GreatestNumber = 1e18m;

    /// <summary>What stands between the texts of all filled columns; null when one column is taken.</summary>
    public string? Join { get; init; }

    /// <summary>Only what follows the last of these is taken, as the code at the end of a URI.</summary>
    public string? AfterLast { get; init; }

    /// <summary>What separates several values in one cell.</summary>
    public IReadOnlyList<string> Separators { get; init; } = [];

    /// <summary>The value of a field that holds one, where several differ.</summary>
    public string? Several { get; init; }

    /// <summary>What the values of the register are here.</summary>
    public ValueMap? Values { get; init; }

    /// <summary>What a number is multiplied by, from the unit of the register to that of the field.</summary>
    public decimal? Factor { get; init; }

    /// <summary>How the register writes days, besides year-month-day, as patterns of .NET.</summary>
    public IReadOnlyList<string> Dates { get; init; } = [];

    /// <summary>How many digits a code has that the register keeps as a number.</summary>
    public int? Digits { get; init; }

    /// <summary>Whether what a code may not hold becomes a dash.</summary>
    public bool HasDashes { get; init; }

    /// <summary>The value of rows that have none; null when they have none here either.</summary>
    public string? WhenEmpty { get; init; }

    private bool IsList => Field.Type is CodeSetType or TextListType;

    /// <summary>The value of the field.</summary>
    /// <param name="values">The values of its columns, in their order; null for columns that are not there or empty.</param>
    /// <param name="doubts">Where doubts about it go.</param>
    public SourceValue Read(IReadOnlyList<SourceValue?> values, List<SourceFault> doubts)
    {
        var filled = values.OfType<SourceValue>().Where(value => value.Kind != SourceValueKind.Null).ToList();
        if (filled.Count == 0)
        {
            return WhenEmpty is null ? default : SourceValue.OfText(WhenEmpty);
        }

        var value = Join is not null && filled.TrueForAll(part => part.Kind == SourceValueKind.Text)
            ? SourceValue.OfText(string.Join(Join, filled.Select(Stated)))
            : filled[0];
        var items = Items(value);
        if (items.Exists(item => item.Kind != SourceValueKind.Text))
        {
            return value;
        }

        if (Values is not null)
        {
            items = Map(items, doubts);
        }

        items = [.. items.Select(Convert)];
        return IsList ? OfItems(items) : OfOne(items, value);
    }

    [GeneratedRegex(@"[\s/?#]+")]
    private static partial Regex NotInCodes();

    private static string Stated(SourceValue value) => value.Stated ?? value.Text!;

    private List<SourceValue> Items(SourceValue value)
    {
        List<SourceValue> items = value.Kind == SourceValueKind.Text && Separators.Count > 0
            ? [.. Stated(value).Split([.. Separators], StringSplitOptions.RemoveEmptyEntries).Select(SourceValue.OfText)]
            : value.Kind == SourceValueKind.Array || IsList ? [.. value.Items()] : [value];
        items.RemoveAll(item => item.Kind == SourceValueKind.Null);
        return AfterLast is null ? items : items.ConvertAll(Cut);
    }

    private SourceValue Cut(SourceValue item) =>
        item.Kind == SourceValueKind.Text && Stated(item).LastIndexOf(AfterLast!, StringComparison.Ordinal) is var last and >= 0
            ? SourceValue.OfText(Stated(item)[(last + AfterLast!.Length)..])
            : item;

    private List<SourceValue> Map(List<SourceValue> items, List<SourceFault> doubts)
    {
        var mapped = new List<SourceValue>(items.Count);
        foreach (var item in items)
        {
            var found = Values!.Find(Stated(item));
            if (!found.IsKnown && Values.Others == UnknownValue.Replaced)
            {
                doubts.Add(new SourceFault(
                    RejectionCode.NotInCodeList, Field.Column, item.Describe(),
                    $"the profile does not know the value: it is taken as {Values.Replacement}", "add it to the values of the profile"));
            }

            if (found.Text is { } text)
            {
                mapped.Add(found.IsKnown || Values.Others == UnknownValue.Replaced ? SourceValue.OfText(text) : item);
            }
        }

        return mapped;
    }

    private SourceValue Convert(SourceValue item)
    {
        var text = Stated(item);
        if (Factor is { } factor)
        {
            return decimal.TryParse(item.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && Math.Abs(number) < GreatestNumber
                ? SourceValue.OfText((number * factor).ToString("0.############################", CultureInfo.InvariantCulture))
                : item;
        }

        if (Dates.Count > 0 && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return DateOnly.TryParseExact(text, [.. Dates], CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out var day)
                ? SourceValue.Of(day)
                : item;
        }

        return Digits is { } digits && text.All(char.IsAsciiDigit) ? SourceValue.OfText(text.PadLeft(digits, '0'))
            : HasDashes ? SourceValue.OfText(NotInCodes().Replace(text, "-"))
            : item;
    }

    private static SourceValue OfItems(List<SourceValue> items) => items.Count == 0
        ? default
        : SourceValue.OfJson(JsonSerializer.SerializeToElement(items.Select(Stated)));

    private SourceValue OfOne(List<SourceValue> items, SourceValue value)
    {
        var different = items.DistinctBy(item => item.Text).ToList();
        return different switch
        {
            [] => WhenEmpty is null ? default : SourceValue.OfText(WhenEmpty),
            [var one] => one,
            _ when Several is null => value,
            _ when different.Exists(item => item.Text == CodeList.Unknown) => SourceValue.OfText(CodeList.Unknown),
            _ => SourceValue.OfText(Several),
        };
    }
}
