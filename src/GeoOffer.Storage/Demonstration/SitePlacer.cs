using System.Collections.Immutable;
using GeoOffer.Domain.Registers;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.OverlayNG;

namespace GeoOffer.Storage.Demonstration;

/// <summary>
/// Finds room for plots: inside the drawn area of one municipality, out of the lakes, clear of the plots placed before, and
/// with the wanted share of protected area.
/// </summary>
internal sealed class SitePlacer
{
    private const int Attempts = 400;

    private readonly STRtree<Municipality> _municipalities = new();
    private readonly ImmutableDictionary<string, IPreparedGeometry> _areas;
    private readonly ImmutableArray<Polygon> _lakes;
    private readonly Geometry _parks;
    private readonly IPreparedGeometry _preparedParks;
    private readonly List<Geometry> _placed = [];

    public SitePlacer(DemonstrationRegisters registers)
    {
        foreach (var municipality in registers.Municipalities)
        {
            _municipalities.Insert(municipality.Geom!.EnvelopeInternal, municipality);
        }

        _areas = registers.Municipalities.ToImmutableDictionary(m => m.Code, m => PreparedGeometryFactory.Prepare(m.Geom));
        _lakes = registers.Lakes;
        _parks = TerritoryDrawing.Join(registers.Constraints.Where(area => area.Kind == "protected_area").Select(area => area.Geom));
        _preparedParks = PreparedGeometryFactory.Prepare(_parks);
    }

    /// <summary>The first drawing that fits, around centres that wander away from a start.</summary>
    /// <param name="random">Where to try.</param>
    /// <param name="start">The first centre, degrees.</param>
    /// <param name="reachDegrees">How far the last centres may lie from it, in degrees of latitude.</param>
    /// <param name="parks">The wanted share of protected area; null: whatever there is.</param>
    /// <param name="draw">Plots around a centre; they lie in one municipality together.</param>
    /// <returns>The plots and their municipality, or null when nothing fits.</returns>
    public (IReadOnlyList<Geometry> Plots, Municipality Municipality)? TryPlace(
        SplitMix64 random, Coordinate start, double reachDegrees, ParkShare? parks, Func<Coordinate, IReadOnlyList<Geometry>> draw)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var reach = reachDegrees * attempt / Attempts;
            var centre = new Coordinate(start.X + (random.Between(-reach, reach) / 0.7), start.Y + random.Between(-reach, reach));
            var plots = draw(centre);
            if (Holder(centre) is { } municipality && plots.All(plot => Fits(plot, municipality, parks)))
            {
                _placed.AddRange(plots);
                return (plots, municipality);
            }
        }

        return null;
    }

    private Municipality? Holder(Coordinate centre) => _municipalities.Query(new Envelope(centre))
        .Where(municipality => _areas[municipality.Code].Contains(municipality.Geom!.Factory.CreatePoint(centre)))
        .MinBy(municipality => municipality.Code, StringComparer.Ordinal);

    private bool Fits(Geometry plot, Municipality municipality, ParkShare? parks)
    {
        var box = plot.EnvelopeInternal;
        return plot.IsValid
            && _areas[municipality.Code].ContainsProperly(plot)
            && !_lakes.Any(lake => lake.EnvelopeInternal.Intersects(box) && lake.Intersects(plot))
            && !_placed.Any(other => other.EnvelopeInternal.Intersects(box) && other.Intersects(plot))
            && (parks is not { } wanted || Holds(wanted, plot));
    }

    private bool Holds(ParkShare wanted, Geometry plot)
    {
        if (!_preparedParks.Intersects(plot))
        {
            return wanted.Least <= 0;
        }

        // Most plots want no park at all: then the costly overlay has nothing to add.
        return wanted.Most > 0 && wanted.Holds(OverlayNGRobust.Overlay(plot, _parks, OverlayNG.INTERSECTION).Area / plot.Area);
    }
}

/// <summary>The share of a plot that lies in protected areas, both bounds included.</summary>
internal readonly record struct ParkShare(double Least, double Most)
{
    /// <summary>No protected area at all.</summary>
    public static ParkShare None => new(0, 0);

    /// <summary>Whether a share is as wanted.</summary>
    public bool Holds(double share) => share >= Least && share <= Most;
}
