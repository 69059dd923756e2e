using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Importing.Profiles;

/// <summary>
/// Finds the values of columns that a profile names, whatever their case and punctuation; one column may be named many times.
/// </summary>
internal sealed class ColumnSlots
{
    private const int MostNames = 5_000;

    private readonly Dictionary<string, List<int>> _byNormalName = [];
    private readonly Dictionary<string, List<int>?> _byName = [];
    private readonly List<string> _columns = [];
    private SourceValue?[] _values = [];

    /// <summary>Makes room for columns; they are the range that is returned.</summary>
    public Range Add(IEnumerable<string> columns)
    {
        var start = _columns.Count;
        foreach (var column in columns)
        {
            var name = FieldName.Normalise(column);
            if (!_byNormalName.TryGetValue(name, out var slots))
            {
                _byNormalName.Add(name, slots = []);
            }

            slots.Add(_columns.Count);
            _columns.Add(column);
        }

        _values = new SourceValue?[_columns.Count];
        return start.._columns.Count;
    }

    /// <summary>The columns of a range, as the profile names them.</summary>
    public IEnumerable<string> Columns(Range range) => _columns[range];

    /// <summary>Whether a file with this header has one of the columns of a range.</summary>
    public bool IsIn(Range range, IReadOnlySet<string> normalNames) =>
        Columns(range).Any(column => normalNames.Contains(FieldName.Normalise(column)));

    /// <summary>Whether a row has one of the columns of a range, be it empty.</summary>
    public bool IsThere(Range range) => Values(range).Any(value => value is not null);

    /// <summary>The values of a range; null for columns that the row does not have.</summary>
    public IReadOnlyList<SourceValue?> Values(Range range) => _values[range];

    /// <summary>The first value of a range that is not empty.</summary>
    public SourceValue First(Range range) =>
        Values(range).FirstOrDefault(value => value is { Kind: not SourceValueKind.Null }) ?? default;

    /// <summary>Takes the values of a row; the fields that no column is named for are returned.</summary>
    public List<SourceField> Fill(IReadOnlyList<SourceField> fields, Func<SourceValue, SourceValue> read)
    {
        Array.Clear(_values);
        var others = new List<SourceField>();
        foreach (var field in fields)
        {
            if (Find(field.Name) is { } slots)
            {
                var value = read(field.Value);
                foreach (var slot in slots)
                {
                    _values[slot] = _values[slot] is { Kind: not SourceValueKind.Null } ? _values[slot] : value;
                }
            }
            else
            {
                others.Add(field);
            }
        }

        return others;
    }

    private List<int>? Find(string name)
    {
        if (!_byName.TryGetValue(name, out var slots))
        {
            slots = _byNormalName.GetValueOrDefault(FieldName.Normalise(name));
            if (_byName.Count < MostNames)
            {
                _byName.Add(name, slots);
            }
        }

        return slots;
    }
}
