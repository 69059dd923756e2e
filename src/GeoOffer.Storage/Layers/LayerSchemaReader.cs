using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Importing.Rows;

namespace GeoOffer.Storage.Layers;

/// <summary>
/// Finds the columns of a file and their types: as the format declares them, or else as the values look. The first rows are a guess;
/// where a later row contradicts it, all are looked at.
/// </summary>
internal sealed class LayerSchemaReader(Source file, ImportRequest request, LayerSettings settings, LayerRow? known)
{
    private const int GuessedRows = 5_000;
    private const int MostColumns = 1_500;
    private const int LongestName = 1_000;

    private readonly LayerDefinition _definition = request.Layer!;
    private readonly List<string> _names = [];
    private readonly Dictionary<string, ColumnEvidence> _evidence = [];
    private bool _carriesGeometry;

    /// <summary>Reads the schema.</summary>
    /// <param name="isGuess">Whether the first rows are enough.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="ImportRequestException">The definition names a column that the file does not have.</exception>
    public async Task<LayerSchema> ReadAsync(bool isGuess, CancellationToken cancellationToken)
    {
        _names.Clear();
        _evidence.Clear();
        var declared = file.Description.Columns;
        var isCut = await LookAsync(declared is not null ? 1 : isGuess ? GuessedRows : long.MaxValue, cancellationToken);
        var types = declared?.ToDictionary(column => column.Name, Declared) ?? _evidence.ToDictionary(pair => pair.Key, pair => pair.Value.Type);
        var titles = declared?.Select(column => column.Name).ToList() ?? _names;
        var parts = _carriesGeometry ? [] : titles.Select(PositionOf).ToHashSet();
        var makesPoints = parts.Contains(PositionPart.Longitude) && parts.Contains(PositionPart.Latitude);
        titles = [.. titles.Where(title => PositionOf(title) is not { } part || _carriesGeometry || (part is PositionPart.Longitude or PositionPart.Latitude && !makesPoints))];
        if (settings.JoinedTo is { } joined)
        {
            titles.Remove(LayerJoin.CurrentCode(joined).Name);
        }

        if (titles.Count > MostColumns)
        {
            throw new UnreadableFileException(new FileFault(
                FileFaultCode.Structure, $"the rows have more than {MostColumns} different columns", "check that the rows are of one kind"));
        }

        if (titles.Find(title => StorableText.Fault(title, LongestName) is not null) is { } unstorable)
        {
            throw new UnreadableFileException(new FileFault(
                FileFaultCode.Header,
                $"the name of the column '{MessageText.Shorten(unstorable)}' is longer than {LongestName} characters, or holds NUL or another control character",
                "rename the column where the file is made"));
        }

        var key = await KeyAsync(titles, cancellationToken);
        var columns = Columns(titles, types, key);
        var label = _definition.LabelColumn is { } stated
            ? (columns.FirstOrDefault(column => column.Title == Require(titles, stated, "--label")) ?? throw Unknown(titles, stated, "--label")).Name
            : known?.LabelColumn is { } kept && columns.Any(column => column.Name == kept) ? kept
            : LayerSchema.GuessLabel(columns);
        string? join = null;
        if (settings.JoinedTo is { } register)
        {
            join = Require(titles, _definition.JoinColumn ?? known!.JoinColumn!, "--join-column");
            if (join != key && columns.TrueForAll(column => column.Title != join))
            {
                throw new ImportRequestException("--join-column", $"--join-column '{MessageText.Shorten(join)}': --map leaves the column out");
            }

            columns.Add(LayerJoin.CurrentCode(register));
        }

        return new LayerSchema(columns, key, label, join, isCut && declared is null);
    }

    private PositionPart? PositionOf(string title) => ColumnMap.PositionOf(
        request.Mapping.FirstOrDefault(pair => FieldName.Normalise(pair.Key) == FieldName.Normalise(title)).Value ?? title);

    private static PropertyType Declared(SourceColumn column) => column.Type switch
    {
        SourceColumnType.Integer => PropertyType.Integer,
        SourceColumnType.Number => PropertyType.Number,
        SourceColumnType.Boolean => PropertyType.Boolean,
        SourceColumnType.Date => PropertyType.Date,
        SourceColumnType.Timestamp => PropertyType.Timestamp,
        _ => PropertyType.Text,
    };

    /// <summary>Looks at the values of the first rows; whether there were more.</summary>
    private async Task<bool> LookAsync(long rows, CancellationToken cancellationToken)
    {
        await foreach (var row in file.ReadAsync(cancellationToken))
        {
            _carriesGeometry = row.CarriesGeometry;
            foreach (var name in row.Columns ?? [])
            {
                Evidence(name);
            }

            foreach (var field in row.Fields)
            {
                Evidence(field.Name).Add(field.Value);
            }

            if (row.Number >= rows)
            {
                return true;
            }
        }

        return false;
    }

    private ColumnEvidence Evidence(string name)
    {
        if (!_evidence.TryGetValue(name, out var evidence))
        {
            _evidence.Add(name, evidence = new ColumnEvidence());
            _names.Add(name);
        }

        return evidence;
    }

    private List<LayerColumn> Columns(List<string> titles, Dictionary<string, PropertyType> types, string? key)
    {
        var stated = _definition.Types.ToDictionary(pair => Require(titles, pair.Key, "--type"), pair => pair.Value);
        var leftOut = request.Mapping.Where(pair => pair.Value.Length == 0).Select(pair => FieldName.Normalise(pair.Key)).ToHashSet();
        var renamed = request.Mapping.Where(pair => pair.Value.Length > 0).ToDictionary(pair => FieldName.Normalise(pair.Key), pair => pair.Value);

        // A column called code is the key itself; one of another name is a property too.
        var kept = titles.Where(title => !leftOut.Contains(FieldName.Normalise(title)) && !(title == key && LayerNames.ToColumn(title) == "code")).ToList();
        var names = LayerNames.ToColumns(kept.Select(title => renamed.GetValueOrDefault(FieldName.Normalise(title), title)));
        return [.. kept.Zip(names, (title, name) => new LayerColumn(name, stated.TryGetValue(title, out var type) ? type : Settle(name, title, types[title]), title))];
    }

    /// <summary>A column that the layer has already keeps its type where the values allow it.</summary>
    private PropertyType Settle(string name, string title, PropertyType seen)
    {
        var before = known?.Properties.FirstOrDefault(column => column.Name == name)?.Type;
        var hasValues = !_evidence.TryGetValue(title, out var evidence) || evidence.HasValues;
        return (before, seen) switch
        {
            ({ } type, _) when !hasValues && file.Description.Columns is null => type,
            (PropertyType.Text, _) => PropertyType.Text,
            (PropertyType.Number, PropertyType.Integer) => PropertyType.Number,
            (PropertyType.TextArray, PropertyType.Text) => PropertyType.TextArray,
            _ => seen,
        };
    }

    private async Task<string?> KeyAsync(List<string> titles, CancellationToken cancellationToken)
    {
        var stated = _definition.KeyColumn is { Length: > 0 } name ? Require(titles, name, "--key") : null;
        if (_definition.KeyColumn is not null || (known?.KeyColumn is { } before && titles.Contains(before)))
        {
            var kept = _definition.KeyColumn is null ? known!.KeyColumn! : stated;
            return kept is not null && known?.KeyColumn == kept && await IsExportedAsync(titles, kept, cancellationToken) ? "code" : kept;
        }

        var code = titles.FirstOrDefault(title => LayerNames.ToColumn(title) == "code");
        return code is not null && await IsUniqueAsync(code, cancellationToken) ? code : null;
    }

    /// <summary>
    /// Whether the file is an export of the layer, which has the key as <c>code</c> beside the column that it was made of: another of that
    /// name is no property of the layer, and says the same in every row.
    /// </summary>
    private async Task<bool> IsExportedAsync(List<string> titles, string key, CancellationToken cancellationToken)
    {
        if (key == "code" || !titles.Contains("code") || known!.Properties.Any(column => column.Title == "code"))
        {
            return false;
        }

        await foreach (var row in file.ReadAsync(cancellationToken))
        {
            var code = row.Fields.FirstOrDefault(field => field.Name == "code").Value;
            var value = row.Fields.FirstOrDefault(field => field.Name == key).Value;
            if (code.Text is null || !KeyOfFeature.IsSame(code.Stated ?? code.Text, value))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> IsUniqueAsync(string column, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>();
        await foreach (var row in file.ReadAsync(cancellationToken))
        {
            var value = row.Fields.FirstOrDefault(field => field.Name == column).Value.Text;
            if (value is null || !seen.Add(value))
            {
                return false;
            }
        }

        return true;
    }

    private static string Require(List<string> titles, string name, string option) =>
        titles.FirstOrDefault(title => FieldName.Normalise(title) == FieldName.Normalise(name)) ?? throw Unknown(titles, name, option);

    private static ImportRequestException Unknown(List<string> titles, string name, string option) => new(
        option, $"{option} '{MessageText.Shorten(name)}': the file has no such column; it has {MessageText.Shorten(string.Join(", ", titles))}");
}
