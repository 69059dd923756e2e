using System.Globalization;

namespace GeoOffer.Domain.Scouting;

/// <summary>The parameters of a query by name, with readers that turn what is wrong into faults.</summary>
internal sealed class QueryParameters
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private readonly Dictionary<string, List<string>> _values = [];
    private readonly BriefFaults _faults;

    public QueryParameters(IEnumerable<KeyValuePair<string, string>> parameters, BriefFaults faults)
    {
        _faults = faults;
        foreach (var (name, value) in parameters)
        {
            if (!_values.TryGetValue(name, out var values))
            {
                _values.Add(name, values = []);
            }

            values.Add(value);
        }
    }

    /// <summary>The number that the text is, when it is one within the range.</summary>
    public static double? Parse(string? text, NumberRange range)
        => double.TryParse(text, Plain, CultureInfo.InvariantCulture, out var number) ? range.Accept(number) : null;

    public void AllowOnly(ValueList<string> names)
    {
        foreach (var name in _values.Keys.Where(name => !names.Contains(name)))
        {
            _faults.Add(name, "a parameter that exists: " + BriefChecks.OneOf(names), "an unknown parameter");
        }
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public IReadOnlyList<(string Name, string Value)> All(string name)
        => _values.TryGetValue(name, out var values) ? [.. values.Select(value => (name, value))] : [];

    public double? Number(string name, NumberRange range)
    {
        if (Single(name) is not { } text)
        {
            return null;
        }

        var number = Parse(text, range);
        if (number is null)
        {
            _faults.Add(name, range.Expected, text);
        }

        return number;
    }

    public string? OneOf(string name, ValueList<string> allowed)
    {
        if (Single(name) is not { } text)
        {
            return null;
        }

        if (allowed.Contains(text))
        {
            return text;
        }

        _faults.Add(name, BriefChecks.OneOf(allowed), text);
        return null;
    }

    public T Code<T>(string name, T fallback)
        where T : struct, Enum
        => OneOf(name, EnumCode.All<T>()) is { } code && EnumCode.TryParse<T>(code, out var value) ? value : fallback;

    private string? Single(string name)
    {
        if (!_values.TryGetValue(name, out var values))
        {
            return null;
        }

        if (values.Count == 1)
        {
            return values[0];
        }

        _faults.Add(name, "the parameter once", string.Create(CultureInfo.InvariantCulture, $"{values.Count} times"));
        return null;
    }
}
