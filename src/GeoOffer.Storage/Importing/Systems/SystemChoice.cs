using System.Globalization;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Importing.Rows;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Systems;

/// <summary>
/// Settles which reference system a file is in: as the request says, as the file says, or longitude and latitude; and refuses where its
/// first rows contradict that.
/// </summary>
internal sealed class SystemChoice(
    ImportRequest request,
    ImportContext context,
    SystemCatalogue catalogue,
    SystemGuess guess,
    PositionTransformer transformer,
    ReportBuilder report)
{
    private const int MostCandidates = 6;

    private readonly SystemIdentifier _identifier = new(catalogue, context);
    private readonly Dictionary<int, SourceSystem> _ofRows = [];

    /// <summary>The system of the option, looked up before anything is read.</summary>
    /// <exception cref="ImportRequestException">The database does not know it, or it has no map coordinates.</exception>
    public async Task RequireOptionAsync(CancellationToken cancellationToken)
    {
        if (request.Srid is not { } srid)
        {
            return;
        }

        var system = await catalogue.FindAsync(srid, cancellationToken);
        if (system is null or { IsGeocentric: true })
        {
            throw new ImportRequestException("reference system", system is null
                ? $"EPSG:{srid} is not known to the database; expected a code of EPSG, such as EPSG:{context.MetricSrid}"
                : $"EPSG:{srid} ({system.Name}) has geocentric coordinates, which are no map coordinates");
        }
    }

    /// <summary>The system of the file.</summary>
    /// <param name="file">What the file says of itself.</param>
    /// <param name="sample">The middle of each of its first geometries, as the file states them.</param>
    /// <param name="cancellationToken">Until it is settled.</param>
    /// <exception cref="UnreadableFileException">It cannot be told, or what was told is implausible.</exception>
    public async Task<SourceSystem> ChooseAsync(
        SourceDescription file, IReadOnlyList<Coordinate> sample, CancellationToken cancellationToken)
    {
        IReadOnlyList<Coordinate> positions = request.SwapAxes
            ? [.. sample.Select(position => new Coordinate(position.Y, position.X))]
            : sample;
        var middle = Middle(positions);
        var stated = file.ReferenceSystem is { } name ? await _identifier.IdentifyAsync(name, middle, cancellationToken) : null;
        SourceSystem system;
        if (request.Srid is { } srid)
        {
            system = new SourceSystem(srid, (await catalogue.FindAsync(srid, cancellationToken))!.Name, "--crs");
        }
        else if (stated is null)
        {
            system = SourceSystem.Assumed;
            NoticeAssumption(file, positions);
        }
        else
        {
            system = stated.System ?? await AssumeAsync(file, stated, positions, cancellationToken);
        }

        Keep(system, []);
        var isConfirmed = request.Srid is not null && stated?.System?.Srid == request.Srid;
        if (positions.Count > 0 && !isConfirmed)
        {
            await CheckPlausibleAsync(system, positions, cancellationToken);
        }

        if (request.Srid is not null && stated?.System is { } other)
        {
            await NoticeContradictionAsync(system, other, middle, cancellationToken);
        }

        return system;
    }

    /// <summary>The system that a row states itself; null when the database does not know it.</summary>
    public async ValueTask<SourceSystem?> OfRowAsync(int srid, CancellationToken cancellationToken)
    {
        if (!_ofRows.TryGetValue(srid, out var system))
        {
            if (await catalogue.FindAsync(srid, cancellationToken) is not { IsGeocentric: false } known)
            {
                return null;
            }

            _ofRows.Add(srid, system = new SourceSystem(srid, known.Name, "row"));
        }

        return system;
    }

    private static Coordinate? Middle(IReadOnlyList<Coordinate> positions) => positions.Count == 0
        ? null
        : new Coordinate(Median(positions.Select(position => position.X)), Median(positions.Select(position => position.Y)));

    private static double Median(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static bool AreDegrees(Coordinate position) => Math.Abs(position.X) <= 180 && Math.Abs(position.Y) <= 90;

    private static bool Most<T>(IReadOnlyCollection<T> all, Func<T, bool> condition) => all.Count(condition) * 2 > all.Count;

    /// <summary>A name that says nothing does no harm where degrees inside the region speak for themselves.</summary>
    private async Task<SourceSystem> AssumeAsync(
        SourceDescription file, IdentifiedSystem stated, IReadOnlyList<Coordinate> positions, CancellationToken cancellationToken)
    {
        if (stated.Candidates.Count == 0 && positions.Count > 0 && Most(positions, context.Extent.Contains))
        {
            report.Notice($"{stated.Reason}: its coordinates are degrees inside the region, and are taken as EPSG:4326");
            return SourceSystem.Assumed;
        }

        Keep(
            new SourceSystem(file.ReferenceSystem!.Srid, MessageText.Shorten(file.ReferenceSystem.Text), file.ReferenceSystem.Origin),
            stated.Candidates);
        if (stated.Candidates.Count > 0)
        {
            throw RefusedSystem.Because(
                stated.Reason!, stated.Candidates[0].Option is { } option ? $"state it with {option}" : "state the right one with --crs EPSG:n");
        }

        await guess.LoadAsync(cancellationToken);
        await RefuseAsync(stated.Reason!, SourceSystem.Assumed, guess.Of(positions), positions, cancellationToken);
        throw RefusedSystem.Because(stated.Reason!, "state the right one with --crs EPSG:n");
    }

    private void NoticeAssumption(SourceDescription file, IReadOnlyList<Coordinate> positions)
    {
        if (file.Format is SourceFormat.Shapefile or SourceFormat.GeoPackage or SourceFormat.FlatGeobuf or SourceFormat.Gdal
            && positions.Count > 0
            && Most(positions, AreDegrees))
        {
            report.Notice("the file states no reference system: its coordinates are degrees, and are taken as EPSG:4326");
        }
    }

    private async Task CheckPlausibleAsync(
        SourceSystem system, IReadOnlyList<Coordinate> positions, CancellationToken cancellationToken)
    {
        var placed = await PlaceAsync(system, positions, cancellationToken);
        if (!Most(placed, place => place is null || !context.Extent.Contains(place))
            || (system.IsWgs84 && !Most(positions, position => !AreDegrees(position))))
        {
            return;
        }

        await guess.LoadAsync(cancellationToken);
        var likely = guess.Of(positions)
            .Where(likely => (system.IsWgs84 || likely.Kind != GuessKind.Elsewhere)
                && !(likely.Kind == GuessKind.InRegion && likely.Srid == system.Srid))
            .ToList();
        var place = placed.FirstOrDefault(place => place is not null);
        var reason = system == SourceSystem.Assumed
            ? $"no reference system is stated, and the coordinates ({PositionText.Of(positions[0])}) are no degrees"
            : $"{system.Describe()}, stated by {system.Origin}, "
            + (place is null ? "cannot have the coordinates " : $"puts most features outside the region (at {PositionText.Of(place)}): ")
            + PositionText.Of(positions[0]);
        await RefuseAsync(reason, system, likely, positions, cancellationToken);
    }

    /// <summary>Refuses when there is something to propose; what nothing is known about is told row by row.</summary>
    private async Task RefuseAsync(
        string reason,
        SourceSystem system,
        IReadOnlyList<GuessedSystem> likely,
        IReadOnlyList<Coordinate> positions,
        CancellationToken cancellationToken)
    {
        if (likely.Count == 0)
        {
            return;
        }

        var first = likely[0];
        likely = [.. likely.Where(other => other.Kind == first.Kind).Take(MostCandidates)];
        if (first.Kind == GuessKind.Geocentric)
        {
            throw RefusedSystem.Because($"{reason}; they look {first}", first.Fix);
        }

        var middle = Middle(positions)!;
        var shifts = await catalogue.ShiftsAsync(
            first.Kind == GuessKind.InRegionSwapped ? new Coordinate(middle.Y, middle.X) : middle,
            [.. likely.Select(candidate => ((int?)candidate.Srid, (string?)null))],
            cancellationToken);
        var candidates = likely
            .Select((candidate, i) => new ReferenceSystemCandidate(
                candidate.Srid, candidate.Name, shifts[i] is { } shift ? Math.Round(shift, 2) : null, candidate.Fix))
            .ToList();
        Keep(system, candidates);
        throw RefusedSystem.Because(
            first.Kind == GuessKind.Elsewhere
                ? $"{reason}; nothing puts them inside the region, but it could be {string.Join(" or ", likely)}"
                : $"{reason}; inside the region they lie as {RefusedSystem.Describe(candidates)}"
                + (first.Kind == GuessKind.InRegionSwapped ? ", with their axes swapped" : ""),
            $"if so, state it with {first.Fix}");
    }

    private async Task<Coordinate?[]> PlaceAsync(
        SourceSystem system, IReadOnlyList<Coordinate> positions, CancellationToken cancellationToken)
    {
        var points = positions.Select(position => (Geometry)new Point(position)).ToList();
        if (system.NeedsDatabase)
        {
            return [.. (await transformer.TransformAsync(points, system, cancellationToken)).Select(point => point?.Coordinate)];
        }

        var editor = system.MakeEditor(swapAxes: false);
        return [.. points.Select(point => editor.Edit(point).Coordinate)];
    }

    private async Task NoticeContradictionAsync(
        SourceSystem system, SourceSystem stated, Coordinate? middle, CancellationToken cancellationToken)
    {
        if (system.Srid == stated.Srid || middle is null)
        {
            return;
        }

        var shifts = await catalogue.ShiftsAsync(
            middle, [(system.Srid, system.Definition), (stated.Srid, stated.Definition)], cancellationToken);
        if (shifts[1] is not < 0.01)
        {
            report.Notice(
                $"{system.Describe()} was used, as --crs says, though the {stated.Origin} says {stated.Describe()}"
                + (shifts[1] is { } shift
                    ? string.Create(CultureInfo.InvariantCulture, $": that would put the middle of the data {shift:0.##} m away")
                    : ""));
        }
    }

    private void Keep(SourceSystem system, IReadOnlyList<ReferenceSystemCandidate> candidates) =>
        report.ReferenceSystem = new ImportReferenceSystem
        {
            Srid = system.Srid,
            Name = system.Name,
            Origin = system.Origin,
            Candidates = candidates,
        };
}
