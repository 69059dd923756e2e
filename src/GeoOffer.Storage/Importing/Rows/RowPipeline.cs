using GeoOffer.Storage.Importing.Publishing;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Importing.Systems;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>
/// Takes the rows of a file to the staging table. The first of them show which reference system the file is in; after that a row goes
/// straight through, unless its positions wait for the database to transform them with those of others.
/// </summary>
internal sealed class RowPipeline(
    RowReader reader,
    GeometryChecker checker,
    ImportRequest request,
    SystemChoice systems,
    SystemGuess guess,
    PositionTransformer transformer,
    ReportBuilder report,
    RowCopier copier)
{
    private const int MostWaiting = 500;
    private const int MostPositions = 100_000;

    private readonly List<RowDraft> _waiting = [];
    private readonly Dictionary<SourceSystem, PositionEditor> _editors = [];
    private int _positions;
    private SourceSystem? _system;
    private PositionEditor? _direct;
    private bool _isStated;

    /// <summary>Takes a row; it is read at once, and stored at the latest with <see cref="CompleteAsync"/>.</summary>
    /// <exception cref="UnreadableFileException">The reference system of the file is refused.</exception>
    public async ValueTask AddAsync(SourceRow source, SourceDescription file, CancellationToken cancellationToken)
    {
        var row = reader.Begin(source);
        if (_direct is { } editor && _waiting.Count == 0 && (row.Srid is null || request.Srid is not null))
        {
            await FinishAsync(row, _system!, row.Stated is { } stated ? editor.Edit(stated) : null, cancellationToken);
            return;
        }

        _waiting.Add(row);
        _positions += row.Stated?.NumPoints ?? 0;
        if (_waiting.Count >= MostWaiting || _positions >= MostPositions)
        {
            await FlushAsync(file, cancellationToken);
        }
    }

    /// <summary>Stores the rows that wait.</summary>
    /// <exception cref="UnreadableFileException">
    /// The reference system of the file is refused, or was named too late: after the features that it is for.
    /// </exception>
    public async Task CompleteAsync(SourceDescription file, CancellationToken cancellationToken)
    {
        await FlushAsync(file, cancellationToken);
        if (!_isStated && request.Srid is null && file.ReferenceSystem is { } late && !SourceSystem.IsWgs84Degrees(late.Srid))
        {
            throw RefusedSystem.Because(
                $"the {late.Origin} stands after the features, and names {MessageText.Shorten(late.Text)}: they were read as longitude and latitude",
                late.Srid is { } srid ? $"state it with --crs EPSG:{srid}" : "state the reference system with --crs EPSG:n");
        }
    }

    /// <summary>Reports what is wrong with the rows that wait, of a file that cannot be read on.</summary>
    public async Task TellAsync(SourceDescription file, CancellationToken cancellationToken)
    {
        if (_system is not null)
        {
            await FlushAsync(file, cancellationToken);
            return;
        }

        foreach (var row in _waiting)
        {
            report.Add(row);
        }
    }

    private async Task FlushAsync(SourceDescription file, CancellationToken cancellationToken)
    {
        _system ??= await ChooseAsync(file, cancellationToken);
        var (ofRows, placed) = await PlaceAsync(_system, cancellationToken);
        for (var i = 0; i < _waiting.Count; i++)
        {
            await FinishAsync(_waiting[i], ofRows[i], placed[i], cancellationToken);
        }

        _waiting.Clear();
        _positions = 0;
    }

    private async Task<SourceSystem> ChooseAsync(SourceDescription file, CancellationToken cancellationToken)
    {
        var sample = _waiting.Where(row => row is { Srid: null, Stated.IsEmpty: false })
            .Select(row => row.Stated!.EnvelopeInternal.Centre)
            .ToList();
        var system = await systems.ChooseAsync(file, sample, cancellationToken);
        _isStated = file.ReferenceSystem is not null;
        _direct = system.NeedsDatabase ? null : Editor(system);
        return system;
    }

    /// <summary>The system of each waiting row, and its geometry in EPSG:4326 where it can be had.</summary>
    private async Task<(SourceSystem[] Systems, Geometry?[] Placed)> PlaceAsync(SourceSystem ofFile, CancellationToken cancellationToken)
    {
        var ofRows = new SourceSystem[_waiting.Count];
        var placed = new Geometry?[_waiting.Count];
        for (var i = 0; i < ofRows.Length; i++)
        {
            var row = _waiting[i];
            var own = row.Srid is { } srid && request.Srid is null ? await systems.OfRowAsync(srid, cancellationToken) : ofFile;
            ofRows[i] = own ?? new SourceSystem(row.Srid, "unknown", "row");
            if (own is not null && row.Stated is { IsEmpty: false } stated)
            {
                placed[i] = Editor(own).Edit(stated);
            }
        }

        var groups = Enumerable.Range(0, ofRows.Length)
            .Where(i => placed[i] is not null && ofRows[i].NeedsDatabase)
            .GroupBy(i => ofRows[i]);
        foreach (var group in groups)
        {
            var rows = group.ToList();
            var transformed = await transformer.TransformAsync([.. rows.Select(i => placed[i]!)], group.Key, cancellationToken);
            for (var i = 0; i < rows.Count; i++)
            {
                placed[rows[i]] = transformed[i];
            }
        }

        return (ofRows, placed);
    }

    private async ValueTask FinishAsync(RowDraft row, SourceSystem system, Geometry? placed, CancellationToken cancellationToken)
    {
        if (!guess.IsReady && checker.Guesses(system, placed))
        {
            await guess.LoadAsync(cancellationToken);
        }

        reader.Finish(row, system, placed);
        report.Add(row);
        if (row.Rejections.Count == 0)
        {
            await copier.WriteAsync(row, cancellationToken);
        }
    }

    private PositionEditor Editor(SourceSystem system)
    {
        if (!_editors.TryGetValue(system, out var editor))
        {
            _editors.Add(system, editor = system.MakeEditor(request.SwapAxes));
        }

        return editor;
    }
}
