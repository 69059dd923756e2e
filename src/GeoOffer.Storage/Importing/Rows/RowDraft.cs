using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Reading;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>A row on its way from the file to the staging table, with what was found wrong with it.</summary>
internal sealed class RowDraft(ImportCollection collection, SourceRow source)
{
    private const int MostProblems = 50;

    private readonly object?[] _values = new object?[collection.Fields.Count];
    private readonly List<RowProblem> _rejections = [];
    private readonly List<RowProblem> _warnings = [];

    /// <summary>The row of the file.</summary>
    public SourceRow Source { get; } = source;

    /// <summary>Values in the order of the fields.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>The geometry as the file states it, in whatever reference system; null when it states none, or none that can be read.</summary>
    public Geometry? Stated { get; set; }

    /// <summary>The EPSG code of the system that the row itself states; null when it states none.</summary>
    public int? Srid { get; set; } = source.Srid;

    /// <summary>Whether <see cref="Stated"/> is all that the row has to say of its place.</summary>
    public bool IsGeometryRead { get; set; }

    /// <summary>Whether the row is no record at all, so that nothing else is to be said of it.</summary>
    public bool IsBroken { get; set; }

    /// <summary>The geometry in EPSG:4326, x east, of the type that is stored.</summary>
    public Geometry? Geometry { get; set; }

    /// <summary>JSON of the fields that the collection does not name.</summary>
    public string? Attributes { get; set; }

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<RowProblem> Rejections => _rejections;

    /// <summary>What is doubtful.</summary>
    public IReadOnlyList<RowProblem> Warnings => _warnings;

    /// <summary>The value of a field.</summary>
    public object? this[string column]
    {
        get => _values[collection.Ordinal(column)];
        set => _values[collection.Ordinal(column)] = value;
    }

    /// <summary>Whether something was found wrong with a field.</summary>
    public bool IsRejected(string column) => _rejections.Exists(problem => problem.Field == column);

    /// <summary>Gives fields without a value what they are without one, or says that they need one.</summary>
    public void Complete()
    {
        foreach (var field in collection.Fields.Where(field => this[field.Column] is null && !IsRejected(field.Column)))
        {
            if (field.IsRequired)
            {
                Reject(field.Column, null, RejectionCode.Missing, "a value is required");
            }
            else
            {
                this[field.Column] = field.Default;
            }
        }
    }

    /// <summary>Records what is wrong with a field, or with the row as a whole.</summary>
    public void Reject(string? field, string? value, RejectionCode code, string reason, string? fix = null)
    {
        if (_rejections.Count < MostProblems)
        {
            _rejections.Add(Problem(field, value, code, reason, fix));
        }
    }

    /// <summary>Records what is doubtful.</summary>
    public void Warn(
        string? field, string? value, RejectionCode code, string reason, string? fix = null, RepairedGeometry? repair = null) =>
        _warnings.Add(Problem(field, value, code, reason, fix) with { Repair = repair });

    private RowProblem Problem(string? field, string? value, RejectionCode code, string reason, string? fix) => new(
        Source.Number, Source.Place, Identifier(), field, value, code, reason, fix is null ? null : MessageText.Shorten(fix));

    private string? Identifier() => (this["code"] as string ?? Source.Id) is { } id ? MessageText.Shorten(id) : null;
}
