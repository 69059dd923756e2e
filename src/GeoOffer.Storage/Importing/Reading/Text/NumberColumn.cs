namespace GeoOffer.Storage.Importing.Reading.Text;

/// <summary>What the values of one column say about how its numbers are written. Values without any digit have no say.</summary>
/// <param name="name">The name in the header.</param>
/// <param name="styles">The styles that come into question.</param>
internal sealed class NumberColumn(string name, IEnumerable<NumberStyle> styles)
{
    private readonly HashSet<char> _marks = [];
    private List<NumberStyle> _styles = [.. styles];
    private int _numbers;
    private int _words;
    private bool _isNone;

    /// <summary>The name in the header.</summary>
    public string Name { get; } = name;

    /// <summary>The first value that is written with a mark; null when there is none.</summary>
    public string? Example { get; private set; }

    /// <summary>The styles in which every number of the column can be read.</summary>
    public IReadOnlyList<NumberStyle> Styles => _styles;

    /// <summary>Whether nothing speaks against numbers, and none is written with a mark.</summary>
    public bool IsOpen => IsNumeric && Example is null;

    /// <summary>Whether the column holds numbers, some of them with marks.</summary>
    public bool HasMarks => IsNumeric && Example is not null;

    /// <summary>Whether its styles read it differently: what is a decimal mark for one is a thousands mark for another.</summary>
    public bool IsAmbiguous => HasMarks && _marks.Any(mark =>
        _styles.Exists(style => style.DecimalMark == mark) && _styles.Exists(style => style.ThousandsMark == mark));

    /// <summary>Whether its numbers are written as the invariant culture writes them already.</summary>
    public bool IsInvariant => HasMarks && _marks.SetEquals(['.']) && _styles.TrueForAll(style => style.DecimalMark == '.');

    /// <summary>The decimal mark, where the values leave no doubt; null otherwise.</summary>
    public char? DecimalMark =>
        HasMarks && _styles.Select(style => style.DecimalMark).Distinct().ToList() is [var mark] ? mark : null;

    private bool IsNumeric => !_isNone && _numbers >= _words;

    /// <summary>Takes a value into account.</summary>
    public void Add(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('0', '9'))
        {
            _words++;
            return;
        }

        if (_isNone)
        {
            return;
        }

        _numbers++;
        foreach (var mark in text.Select(NumberStyle.Kind).Where(mark => mark is '.' or ',' or ' ' or '\''))
        {
            _marks.Add(mark);
            Example ??= text;
        }

        _styles.RemoveAll(style => style.Normalise(text) is null);
        _isNone = _styles.Count == 0;
    }

    /// <summary>Keeps those styles for which a condition holds, when there is one.</summary>
    public void Prefer(Predicate<NumberStyle> condition)
    {
        var preferred = _styles.FindAll(condition);
        _styles = preferred.Count > 0 ? preferred : _styles;
    }
}
