using System.Collections.Immutable;
using GeoOffer.Domain.Registers;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Demonstration;

/// <summary>How near a place is to what makes a plot worth something.</summary>
/// <param name="StationMetres">To the nearest passenger station.</param>
/// <param name="JunctionMetres">To the nearest motorway junction.</param>
/// <param name="TerminalMetres">To the nearest freight terminal.</param>
internal readonly record struct Surroundings(double StationMetres, double JunctionMetres, double TerminalMetres);

/// <summary>Looks around a place; straight lines, good enough to make sheets plausible.</summary>
internal sealed class Lookout(ImmutableArray<Infrastructure> infrastructure)
{
    private readonly ImmutableArray<Coordinate> _stations = Places(infrastructure, "passenger_station");
    private readonly ImmutableArray<Coordinate> _junctions = Places(infrastructure, "motorway_junction");
    private readonly ImmutableArray<Coordinate> _terminals = Places(infrastructure, "freight_terminal");

    /// <summary>What lies around a position.</summary>
    public Surroundings Around(Coordinate position)
    {
        var frame = new LocalFrame(position);
        return new Surroundings(
            _stations.Min(frame.DistanceMetres), _junctions.Min(frame.DistanceMetres), _terminals.Min(frame.DistanceMetres));
    }

    private static ImmutableArray<Coordinate> Places(ImmutableArray<Infrastructure> infrastructure, string kind) =>
        [.. infrastructure.Where(feature => feature.Kind == kind).Select(feature => feature.Geom.Coordinate)];
}
