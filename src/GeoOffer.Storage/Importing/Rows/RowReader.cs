using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Importing.Systems;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>Makes rows of a collection out of rows of a file: every value read and checked, all problems of a row found at once.</summary>
internal sealed class RowReader : IDisposable
{
    private const int MostIgnored = 500;

    private readonly ImportCollection _collection;
    private readonly ImportContext _context;
    private readonly ColumnMap _columns;
    private readonly GeometryChecker _geometries;
    private readonly PositionFields _positions = new();
    private readonly GeometryColumns _geometryColumns = new();
    private readonly AttributesWriter _attributes = new();
    private readonly Dictionary<string, object?> _fixed = [];
    private readonly HashSet<string> _seen = [];
    private readonly HashSet<string> _ignored = [];
    private readonly (SourceField Source, ColumnTarget Target)?[] _chosen;

    /// <exception cref="ImportRequestException">A fixed value or a mapping of the request makes no sense.</exception>
    public RowReader(ImportCollection collection, ImportRequest request, ImportContext context, GeometryChecker geometries)
    {
        (_collection, _context, _geometries) = (collection, context, geometries);
        _columns = new ColumnMap(collection, request);
        _chosen = new (SourceField, ColumnTarget)?[collection.Fields.Count];
        foreach (var (name, text) in request.FixedValues)
        {
            var field = collection.Find(name)!;
            var reading = field.Type.Read(SourceValue.OfText(text));
            _fixed[field.Column] = reading.Problem is { } problem
                ? throw new ImportRequestException(
                    "fixed value",
                    $"{field.Column} '{MessageText.Shorten(text)}': {problem.Reason}"
                    + (problem.Fix is null ? "" : $" (did you mean {problem.Fix}?)"))
                : reading.Value;
            _seen.Add(field.Column);
        }
    }

    /// <summary>Fields that some row had, or the request fixed.</summary>
    public IReadOnlySet<string> SeenFields => _seen;

    /// <summary>Whether some row had a geometry, or columns for one.</summary>
    public bool SawGeometry { get; private set; }

    /// <summary>Whether some row had a geometry, or columns for one, and the collection takes none.</summary>
    public bool LeftGeometryOut { get; private set; }

    /// <summary>Names in the file that no field took.</summary>
    public IReadOnlyCollection<string> IgnoredColumns => _ignored;

    /// <summary>Reads the values of a row and the geometry that it states; after that the row of the file may go.</summary>
    /// <exception cref="UnreadableFileException">The header lacks what every row must have.</exception>
    public RowDraft Begin(SourceRow source)
    {
        if (source is { Number: 1, Columns: { } columns })
        {
            CheckHeader(source, columns);
        }

        var row = new RowDraft(_collection, source);
        if (source.Fault is { IsOfGeometry: false } broken)
        {
            row.Reject(broken.Field, broken.Value, broken.Code, broken.Reason, broken.Fix);
            row.IsBroken = true;
            return row;
        }

        foreach (var doubt in source.Doubts)
        {
            row.Warn(doubt.Field, doubt.Value, doubt.Code, doubt.Reason, doubt.Fix);
        }

        ReadFields(row);
        ReadGeometry(row);
        if (source.Fault is { } misplaced)
        {
            row.Reject(misplaced.Field, misplaced.Value, misplaced.Code, misplaced.Reason, misplaced.Fix);
        }

        return row;
    }

    /// <summary>Checks the place of a row that was begun, and settles what depends on it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="system">The system that its geometry is stated in.</param>
    /// <param name="placed">The geometry in EPSG:4326; null when it states none, or one that its system cannot have.</param>
    public void Finish(RowDraft row, SourceSystem system, Geometry? placed)
    {
        if (row.IsBroken)
        {
            return;
        }

        if (row.IsGeometryRead)
        {
            _geometries.Check(row, system, placed);
        }

        TakeIdentifier(row);
        foreach (var rule in _collection.Rules)
        {
            rule.Apply(row, _context);
        }

        row.Complete();
    }

    public void Dispose() => _attributes.Dispose();

    private void CheckHeader(SourceRow source, IReadOnlyList<string> columns)
    {
        var targets = columns.Select(_columns.Find).ToList();
        var missing = _collection.Fields
            .Where(field => field.IsRequired && !_fixed.ContainsKey(field.Column) && !targets.Exists(target => target.Field == field))
            .Select(field => field.Column)
            .Where(column => column != "code" || source.Id is null)
            .ToList();
        var positions = targets.Select(target => target.Position).ToHashSet();
        SawGeometry = source.CarriesGeometry
            || positions.Contains(PositionPart.WellKnownText)
            || positions.Contains(PositionPart.Pair)
            || (positions.Contains(PositionPart.Longitude) && positions.Contains(PositionPart.Latitude));
        if (_collection.Geometry.Missing == MissingGeometry.Rejected && !SawGeometry)
        {
            missing.Add("lon and lat, or wkt");
        }

        if (missing.Count > 0)
        {
            throw new UnreadableFileException(new FileFault(
                FileFaultCode.Header,
                $"the header has no column for {string.Join(", ", missing)}; it has {MessageText.Shorten(string.Join(", ", columns))}",
                $"name them with --map COLUMN=FIELD, such as --map COLUMN={missing[0].Split(' ')[0]}",
                1));
        }
    }

    /// <summary>Reads all values but the columns that make a geometry, which are set apart by their part.</summary>
    private void ReadFields(RowDraft row)
    {
        Array.Clear(_chosen);
        _positions.Clear();
        List<SourceField>? unknown = null;
        foreach (var source in row.Source.Fields)
        {
            var target = _columns.Find(source.Name);
            if (target.Position is { } part && !row.Source.CarriesGeometry)
            {
                if (_positions.Take(part, source, target.Rank) is { } worseNamed)
                {
                    (unknown ??= []).Add(worseNamed);
                }
            }
            else if (target.Field is null)
            {
                if (!target.IsLeftOut)
                {
                    (unknown ??= []).Add(source);
                }
            }
            else if (Choose(row, source, target) is { } other)
            {
                (unknown ??= []).Add(other);
            }
        }

        for (var i = 0; i < _chosen.Length; i++)
        {
            ReadField(row, _collection.Fields[i], _chosen[i]?.Source);
        }

        KeepUnknown(row, unknown);
    }

    private void ReadGeometry(RowDraft row)
    {
        if (_collection.Geometry.Types.Count == 0)
        {
            LeftGeometryOut |= row.Source.Geometry is not null || _positions.MakeGeometry;
            return;
        }

        if (row.Source.CarriesGeometry)
        {
            SawGeometry = true;
            row.Stated = row.Source.Geometry;
            row.IsGeometryRead = row.Source.Fault is null;
            return;
        }

        SawGeometry |= _positions.MakeGeometry;
        var before = row.Rejections.Count;
        row.Stated = _geometryColumns.Read(row, _positions);
        row.IsGeometryRead = row.Rejections.Count == before && row.Source.Fault is null;
    }

    private void TakeIdentifier(RowDraft row)
    {
        if (row["code"] is null && !row.IsRejected("code") && row.Source.Id is { } id)
        {
            ReadField(row, _collection.Fields[_collection.Ordinal("code")], new SourceField("id", SourceValue.OfText(id)));
        }
    }

    /// <summary>Of several columns for one field the best named goes first, unless it is empty; the other is told.</summary>
    private SourceField? Choose(RowDraft row, SourceField source, ColumnTarget target)
    {
        var ordinal = _collection.Ordinal(target.Field!.Column);
        if (_chosen[ordinal] is not { } earlier)
        {
            _chosen[ordinal] = (source, target);
            return null;
        }

        if (earlier.Target.Rank == target.Rank && earlier.Source.Name == source.Name)
        {
            row.Reject(
                target.Field.Column, null, RejectionCode.Twice,
                $"the member {MessageText.Shorten(source.Name)} is there twice", "remove one of them");
            return null;
        }

        var isEmpty = source.Value.Kind == SourceValueKind.Null;
        var isEarlierEmpty = earlier.Source.Value.Kind == SourceValueKind.Null;
        if (!isEmpty && (isEarlierEmpty || target.Rank < earlier.Target.Rank))
        {
            _chosen[ordinal] = (source, target);
            return earlier.Source;
        }

        return source;
    }

    private void ReadField(RowDraft row, ImportField field, SourceField? source)
    {
        if (_fixed.TryGetValue(field.Column, out var value))
        {
            row[field.Column] = value;
            return;
        }

        if (source is not { } stated)
        {
            return;
        }

        _seen.Add(field.Column);
        if (stated.Value.Kind == SourceValueKind.Null)
        {
            return;
        }

        var reading = field.Type.Read(stated.Value);
        if (reading.Problem is { } problem)
        {
            row.Reject(
                field.Column,
                field.IsPersonal ? "(withheld)" : stated.Value.Describe(),
                problem.Code, problem.Reason, field.IsPersonal ? null : problem.Fix);
        }
        else
        {
            row[field.Column] = reading.Value;
        }

        if (reading.Doubt is { } doubt)
        {
            row.Warn(
                field.Column,
                field.IsPersonal ? "(withheld)" : stated.Value.Describe(),
                doubt.Code, doubt.Reason, field.IsPersonal ? null : doubt.Fix);
        }
    }

    private void KeepUnknown(RowDraft row, List<SourceField>? unknown)
    {
        if (_collection.IsLayers)
        {
            row.Attributes = unknown is null ? "{}" : _attributes.Write(unknown, row);
        }
        else if (unknown is not null)
        {
            foreach (var source in unknown.Where(_ => _ignored.Count < MostIgnored))
            {
                _ignored.Add(MessageText.Shorten(source.Name));
            }
        }
    }
}
