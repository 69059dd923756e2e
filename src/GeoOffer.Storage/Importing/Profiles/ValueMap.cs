namespace GeoOffer.Storage.Importing.Profiles;

/// <summary>What becomes of a value that a map does not know.</summary>
internal enum UnknownValue
{
    /// <summary>It is handed on, and the field rejects it unless it is a value of its own.</summary>
    Rejected,

    /// <summary>It is handed on as one that is meant so.</summary>
    Kept,

    /// <summary>It becomes another, with a warning.</summary>
    Replaced,
}

/// <summary>What a value of a register is here.</summary>
/// <param name="Text">The value here; null for none.</param>
/// <param name="IsKnown">Whether the map knows the value of the register.</param>
internal readonly record struct MappedValue(string? Text, bool IsKnown);

/// <summary>Values of a register, and what they are here.</summary>
internal sealed class ValueMap
{
    private readonly Dictionary<string, string?> _single = [];
    private readonly List<(TextPattern Pattern, string? Value)> _general = [];

    /// <param name="values">
    /// Values of the register with what they are here; those named first go first, and single ones before patterns.
    /// </param>
    public ValueMap(IEnumerable<(string Text, string? Value)> values)
    {
        foreach (var (text, value) in values)
        {
            var pattern = new TextPattern(text);
            if (pattern.IsGeneral)
            {
                _general.Add((pattern, value));
            }
            else
            {
                _single.TryAdd(TextPattern.Key(text), value);
            }
        }
    }

    /// <summary>The values of the register that are known by themselves, not by a pattern.</summary>
    public IEnumerable<string> Names => _single.Keys;

    /// <summary>What becomes of other values.</summary>
    public UnknownValue Others { get; init; }

    /// <summary>What they become, where they become another.</summary>
    public string? Replacement { get; init; }

    /// <summary>What a value is here.</summary>
    public MappedValue Find(string text)
    {
        var key = TextPattern.Key(text);
        if (_single.TryGetValue(key, out var value))
        {
            return new MappedValue(value, true);
        }

        foreach (var (pattern, general) in _general)
        {
            if (pattern.Matches(key))
            {
                return new MappedValue(general, true);
            }
        }

        return new MappedValue(Others == UnknownValue.Replaced ? Replacement : text, false);
    }
}
