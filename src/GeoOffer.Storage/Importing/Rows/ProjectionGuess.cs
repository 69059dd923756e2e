using GeoOffer.Query.Crs;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>Guesses which reference system puts a position inside the region, to propose it; nobody acts on the guess alone.</summary>
internal sealed class ProjectionGuess(ImportContext context)
{
    // Systems that differ by less than the region is wide put a position inside just the same: the region's own goes first.
    private readonly Transformation[] _ways =
    [
        .. CoordinateSystems.Known.Where(system => !system.IsGeographic)
            .OrderByDescending(system => system.Srid == context.MetricSrid)
            .Select(system => CoordinateSystems.Between(system.Srid, 4326)),
    ];

    /// <summary>A system in words, and the option that says so; null when none fits.</summary>
    public (string Name, string Option)? Of(Coordinate position)
    {
        foreach (var way in _ways)
        {
            if (Fits(way, position.X, position.Y))
            {
                return ($"EPSG:{way.From.Srid} ({way.From.Name})", $"--crs EPSG:{way.From.Srid}");
            }
        }

        foreach (var way in _ways)
        {
            if (Fits(way, position.Y, position.X))
            {
                return ($"EPSG:{way.From.Srid} ({way.From.Name}) with its axes swapped", $"--crs EPSG:{way.From.Srid} --swap-axes");
            }
        }

        return null;
    }

    private bool Fits(Transformation way, double x, double y)
    {
        if (!way.From.Contains(x, y))
        {
            return false;
        }

        var (longitude, latitude) = way.Transform(x, y);
        return context.Extent.Contains(longitude, latitude);
    }
}
