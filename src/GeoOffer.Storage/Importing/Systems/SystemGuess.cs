using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Systems;

/// <summary>How a guess came about.</summary>
internal enum GuessKind
{
    /// <summary>The system puts the position inside the region.</summary>
    InRegion,

    /// <summary>It does when the axes are exchanged.</summary>
    InRegionSwapped,

    /// <summary>The coordinates are metres from the middle of the earth.</summary>
    Geocentric,

    /// <summary>The system puts the position where the system is used, which is elsewhere.</summary>
    Elsewhere,
}

/// <summary>A reference system that a position may be in.</summary>
/// <param name="Kind">How that came about.</param>
/// <param name="Srid">Its EPSG code; that of WGS 84 in three dimensions for geocentric coordinates.</param>
/// <param name="Name">Its name.</param>
internal sealed record GuessedSystem(GuessKind Kind, int Srid, string Name)
{
    /// <summary>What to do about it.</summary>
    public string Fix => Kind switch
    {
        GuessKind.Geocentric => "export easting and northing, or longitude and latitude",
        GuessKind.InRegionSwapped => $"--crs EPSG:{Srid} --swap-axes",
        _ => $"--crs EPSG:{Srid}",
    };

    /// <inheritdoc />
    public override string ToString() => Kind switch
    {
        GuessKind.Geocentric => "geocentric X, Y (earth-centred metres), which are no map coordinates",
        GuessKind.InRegionSwapped => $"EPSG:{Srid} ({Name}) with its axes swapped",
        _ => $"EPSG:{Srid} ({Name})",
    };
}

/// <summary>
/// Guesses which reference system a position is in, to propose it; nobody acts on the guess alone. Each system is known by the box that
/// the region has in its coordinates, and by that of its own area of use: they are asked for once, and a guess costs nothing then.
/// </summary>
internal sealed class SystemGuess(SystemCatalogue catalogue, ImportContext context)
{
    private const double GreaterHalfAxisMetres = 6_378_137;
    private const double LesserHalfAxisMetres = 6_356_752;
    private const int Geocentric = 4978;

    private const double ZoneDegrees = 6;

    private static readonly Envelope Europe = new(-25, 45, 34, 72);

    private List<Candidate>? _candidates;

    /// <summary>Whether a guess can be made.</summary>
    public bool IsReady => _candidates is not null;

    /// <summary>Makes ready.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (IsReady)
        {
            return;
        }

        var systems = WellKnownSystem.All.Select(system => (system.Srid, Area: (Envelope?)system.Area)).ToList();
        if (!systems.Exists(system => system.Srid == context.MetricSrid))
        {
            systems.Add((context.MetricSrid, null));
        }

        // Systems that differ by less than the region is wide put a position inside just the same: the region's own goes first.
        systems = [.. systems.OrderByDescending(system => system.Srid == context.MetricSrid)];
        var near = systems.Where(system => system.Area is null || IsNear(system.Area)).Select(system => (system.Srid, context.Extent));
        var regions = await catalogue.BoxesAsync([.. near], cancellationToken);
        var areas = await catalogue.BoxesAsync(
            [.. systems.Where(system => system.Area is not null).Select(system => (system.Srid, system.Area!))], cancellationToken);
        _candidates =
        [
            new Candidate(4326, "WGS 84", context.Extent, null),
            .. from system in systems
               let region = regions.GetValueOrDefault(system.Srid)
               let area = areas.GetValueOrDefault(system.Srid)
               where region.Box is not null || area.Box is not null
               select new Candidate(system.Srid, region.Name ?? area.Name, region.Box, area.Box),
        ];
    }

    /// <summary>The systems that a position may be in, the likeliest first; none when nothing fits.</summary>
    public IReadOnlyList<GuessedSystem> Of(Coordinate position)
    {
        var candidates = _candidates ?? throw new InvalidOperationException("Guesses are made when the systems are there.");
        var swapped = new Coordinate(position.Y, position.X);

        // What may be degrees is no metres within a stone's throw of the origin of a projection.
        var areDegrees = Math.Abs(position.X) <= 180 && Math.Abs(position.Y) <= 180;
        candidates = areDegrees ? candidates[..1] : candidates;
        var guesses = Fitting(GuessKind.InRegion, candidate => candidate.Region?.Contains(position) == true);
        if (guesses.Count == 0)
        {
            guesses = Fitting(GuessKind.InRegionSwapped, candidate => candidate.Region?.Contains(swapped) == true);
        }

        if (guesses.Count == 0 && IsGeocentricIn(context.Extent, position))
        {
            guesses = [new GuessedSystem(GuessKind.Geocentric, Geocentric, "geocentric")];
        }

        if (guesses.Count == 0)
        {
            guesses = Fitting(GuessKind.Elsewhere, candidate => candidate.Area?.Contains(position) == true);
        }

        return guesses.Count == 0 && IsGeocentricIn(Europe, position)
            ? [new GuessedSystem(GuessKind.Geocentric, Geocentric, "geocentric")]
            : guesses;

        List<GuessedSystem> Fitting(GuessKind kind, Func<Candidate, bool> fits) =>
            [.. candidates.Where(fits).Select(candidate => new GuessedSystem(kind, candidate.Srid, candidate.Name))];
    }

    /// <summary>
    /// The systems that more than half of the positions may be in, the likeliest first: those of most positions, and of the best reason.
    /// </summary>
    public IReadOnlyList<GuessedSystem> Of(IReadOnlyCollection<Coordinate> positions) =>
    [
        .. positions.SelectMany(Of)
            .GroupBy(guess => guess)
            .Where(group => group.Count() * 2 > positions.Count)
            .OrderBy(group => group.Key.Kind)
            .ThenByDescending(group => group.Count())
            .Select(group => group.Key),
    ];

    /// <summary>Whether the region may well have data in a system that is used in an area: its own zone, or the next to it.</summary>
    private bool IsNear(Envelope area)
    {
        var wider = area.Copy();
        wider.ExpandBy(ZoneDegrees, 0);
        return wider.Intersects(context.Extent);
    }

    /// <summary>Where X and Y from the middle of the earth would lie on the ellipsoid, north of the equator.</summary>
    private static bool IsGeocentricIn(Envelope area, Coordinate position)
    {
        var fromAxis = Math.Sqrt((position.X * position.X) + (position.Y * position.Y));
        if (fromAxis is < 1_000_000 or > GreaterHalfAxisMetres)
        {
            return false;
        }

        // From the reduced latitude of a point on the ellipsoid to its geographic one.
        var reduced = Math.Acos(fromAxis / GreaterHalfAxisMetres);
        var latitude = Math.Atan(Math.Tan(reduced) * GreaterHalfAxisMetres / LesserHalfAxisMetres);
        return area.Contains(double.RadiansToDegrees(Math.Atan2(position.Y, position.X)), double.RadiansToDegrees(latitude));
    }

    private sealed record Candidate(int Srid, string Name, Envelope? Region, Envelope? Area);
}
