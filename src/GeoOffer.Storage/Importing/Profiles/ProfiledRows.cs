using System.Globalization;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Importing.Rows;

namespace GeoOffer.Storage.Importing.Profiles;

/// <summary>Makes rows of a register into rows whose fields are called, coded and measured as here.</summary>
internal sealed class ProfiledRows
{
    private const string Longitude = "lon";
    private const string Latitude = "lat";
    private const string WholeGeometry = "wkt";

    private static readonly char[] BetweenCoordinates = [',', ';', ' '];

    private readonly ImportProfile _profile;
    private readonly ColumnSlots _slots = new();
    private readonly List<(ProfileField Field, Range Columns)> _fields = [];
    private readonly List<(ProfileCondition Condition, Range Columns, IReadOnlyList<TextPattern> Patterns)> _conditions = [];
    private readonly HashSet<string> _ownNames;
    private readonly HashSet<string> _leftOutColumns;
    private readonly (Range X, Range Y, Range Geometry, Range Pair, Range System) _position;

    public ProfiledRows(ImportProfile profile, ImportCollection collection, ImportRequest request)
    {
        _profile = profile;
        foreach (var field in FieldsOf(profile, collection, request))
        {
            _fields.Add((field, _slots.Add(field.Columns)));
        }

        var parameters = profile.Parameters.ToDictionary(
            parameter => parameter.Key, parameter => request.ProfileValues.GetValueOrDefault(parameter.Key, parameter.Value));
        foreach (var condition in profile.Rows.Select(condition => condition.With(parameters)))
        {
            _conditions.Add((condition, _slots.Add(condition.Columns), [.. condition.AnyOf.Select(text => new TextPattern(text))]));
        }

        var position = PositionOf(profile, collection, request);
        _position = (
            _slots.Add(position.X), _slots.Add(position.Y), _slots.Add(position.Geometry), _slots.Add(position.Pair),
            _slots.Add(position.SystemColumns));
        _leftOutColumns = [.. request.Mapping.Where(pair => pair.Value.Length == 0).Select(pair => FieldName.Normalise(pair.Key))];
        _ownNames =
        [
            .. collection.Fields.Select(field => FieldName.Normalise(field.Column)),
            .. PositionNames.All.SelectMany(part => part.Names).Select(FieldName.Normalise),
        ];
    }

    /// <summary>What must hold of a row, in words.</summary>
    public string Conditions => string.Join(" and ", _conditions.Select(condition => condition.Condition));

    /// <summary>Holds the header of a file against the profile.</summary>
    /// <exception cref="UnreadableFileException">It lacks what every row must have.</exception>
    public void CheckHeader(IReadOnlyList<string> columns)
    {
        var names = columns.Select(FieldName.Normalise).ToHashSet();
        var missing = _fields
            .Where(field => field.Field.Field.IsRequired && field.Field.WhenEmpty is null)
            .Select(field => (What: field.Field.Field.Column, field.Columns))
            .Concat(_conditions.Select(condition => (What: "the condition of rows", condition.Columns)))
            .Where(need => !_slots.IsIn(need.Columns, names))
            .Select(need => $"{need.What} ({string.Join(", ", _slots.Columns(need.Columns))})")
            .ToList();
        if (missing.Count > 0)
        {
            throw new UnreadableFileException(new FileFault(
                FileFaultCode.Header,
                $"the profile {_profile.Name} finds no column for {string.Join(", ", missing)}; "
                + $"the header has {MessageText.Shorten(string.Join(", ", columns))}",
                "check that the file is of this register, or name the column with --map COLUMN=FIELD",
                1));
        }
    }

    /// <summary>The row as it is here; null when it is left out.</summary>
    public SourceRow? Read(SourceRow row)
    {
        var others = _slots.Fill(row.Fields, Value);
        if (!_conditions.TrueForAll(Holds))
        {
            return null;
        }

        var fields = new List<SourceField>(_fields.Count + others.Count);
        var doubts = new List<SourceFault>(row.Doubts);
        foreach (var (field, columns) in _fields.Where(field => _slots.IsThere(field.Columns) || field.Field.WhenEmpty is not null))
        {
            fields.Add(new SourceField(field.Field.Column, field.Read(_slots.Values(columns), doubts)));
        }

        var carriesGeometry = row.CarriesGeometry && (row.Geometry is not null || row.Fault is not null || !HasPosition());
        if (!carriesGeometry)
        {
            AddPosition(fields);
        }

        foreach (var other in others.Where(other => !_leftOutColumns.Contains(FieldName.Normalise(other.Name))))
        {
            fields.Add(_ownNames.Contains(FieldName.Normalise(other.Name)) ? other with { Name = $"{other.Name} (of the file)" } : other);
        }

        return row with
        {
            Fields = fields,
            Columns = null,
            CarriesGeometry = carriesGeometry,
            Doubts = doubts,
            Srid = Srid(out var fault) ?? row.Srid,
            Fault = row.Fault ?? (carriesGeometry || HasPosition() ? fault : null),
        };
    }

    private static IEnumerable<ProfileField> FieldsOf(ImportProfile profile, ImportCollection collection, ImportRequest request)
    {
        var mapped = request.Mapping
            .Where(pair => pair.Value.Length > 0 && (collection.Find(pair.Value) is not null || ColumnMap.PositionOf(pair.Value) is null))
            .ToLookup(pair => Require(collection, pair.Value), pair => pair.Key);
        var constants = profile.FixedValues.Keys.Concat(request.FixedValues.Keys)
            .Select(name => collection.Find(name)).ToHashSet();
        foreach (var field in profile.Fields.Where(field => !constants.Contains(field.Field)))
        {
            yield return field with { Columns = [.. mapped[field.Field], .. field.Columns] };
        }

        var others = mapped.Where(group => !constants.Contains(group.Key) && !profile.Fields.Any(field => field.Field == group.Key));
        foreach (var columns in others)
        {
            yield return new ProfileField(columns.Key, [.. columns]);
        }
    }

    private static ProfilePosition PositionOf(ImportProfile profile, ImportCollection collection, ImportRequest request)
    {
        var mapped = request.Mapping.Where(pair => collection.Find(pair.Value) is null)
            .ToLookup(pair => ColumnMap.PositionOf(pair.Value), pair => pair.Key);
        var position = profile.Position;
        return position with
        {
            X = [.. mapped[PositionPart.Longitude], .. position.X],
            Y = [.. mapped[PositionPart.Latitude], .. position.Y],
            Geometry = [.. mapped[PositionPart.WellKnownText], .. position.Geometry],
            Pair = [.. mapped[PositionPart.Pair], .. position.Pair],
        };
    }

    private static ImportField Require(ImportCollection collection, string name) => collection.Find(name)
        ?? throw new ImportRequestException(
            "mapping",
            $"{collection.Name} have no field '{name}'; fields are {string.Join(", ", collection.Fields.Select(field => field.Column))}");

    private SourceValue Value(SourceValue value) =>
        value.Kind == SourceValueKind.Text
        && _profile.Missing.Count > 0
        && _profile.Missing.Contains(TextPattern.Key(value.Stated ?? value.Text!))
            ? default
            : value;

    private bool Holds((ProfileCondition Condition, Range Columns, IReadOnlyList<TextPattern> Patterns) condition) =>
        _slots.Values(condition.Columns).OfType<SourceValue>().SelectMany(value => value.Items()).Any(item =>
            item.Text is { } text && condition.Patterns.Any(pattern => pattern.Matches(TextPattern.Key(text))));

    private bool HasPosition() =>
        _slots.First(_position.Geometry).Kind != SourceValueKind.Null
        || _slots.First(_position.Pair).Kind != SourceValueKind.Null
        || (_slots.First(_position.X).Kind != SourceValueKind.Null && _slots.First(_position.Y).Kind != SourceValueKind.Null);

    private void AddPosition(List<SourceField> fields)
    {
        if (_slots.IsThere(_position.Geometry))
        {
            fields.Add(new SourceField(WholeGeometry, _slots.First(_position.Geometry)));
        }

        if (_slots.IsThere(_position.X) && _slots.IsThere(_position.Y))
        {
            fields.Add(new SourceField(Longitude, _slots.First(_position.X)));
            fields.Add(new SourceField(Latitude, _slots.First(_position.Y)));
        }
        else if (_slots.First(_position.Pair) is { Kind: SourceValueKind.Text } pair
            && pair.Text!.Split(BetweenCoordinates, StringSplitOptions.RemoveEmptyEntries) is [var first, var second])
        {
            var (x, y) = _profile.Position.IsLongitudeFirst ? (first, second) : (second, first);
            fields.Add(new SourceField(Longitude, SourceValue.OfText(x)));
            fields.Add(new SourceField(Latitude, SourceValue.OfText(y)));
        }
        else if (_slots.IsThere(_position.Pair))
        {
            fields.Add(new SourceField(WholeGeometry, _slots.First(_position.Pair)));
        }
    }

    private int? Srid(out SourceFault? fault)
    {
        fault = null;
        var named = _slots.First(_position.System);
        if (named.Text is not { } text)
        {
            return _profile.Position.Srid;
        }

        var found = _profile.Position.Systems.Find(text);
        if (found.IsKnown || _profile.Position.Systems.Others == UnknownValue.Replaced)
        {
            return int.Parse(found.Text!, CultureInfo.InvariantCulture);
        }

        fault = new SourceFault(
            RejectionCode.OutsideDomain, _slots.Columns(_position.System).First(), named.Describe(),
            "it is no reference system that the profile knows",
            MessageText.Nearest(TextPattern.Key(text), _profile.Position.Systems.Names) is { } nearest
                ? $"did you mean {nearest.ToUpperInvariant()}? Otherwise state the one of all rows with --crs"
                : "state the one of all rows with --crs, or add the name to the profile");
        return null;
    }
}
