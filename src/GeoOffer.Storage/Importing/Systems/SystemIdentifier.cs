using GeoOffer.Storage.Importing.Reading;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Systems;

/// <summary>What a file that states its reference system turns out to mean.</summary>
/// <param name="System">The system; null when it cannot be told.</param>
/// <param name="Candidates">What it may be, when it cannot be told.</param>
/// <param name="Reason">Why it cannot be told.</param>
internal sealed record IdentifiedSystem(
    SourceSystem? System, IReadOnlyList<ReferenceSystemCandidate> Candidates, string? Reason);

/// <summary>Finds the system that a file states: by its code, or by its well-known text, which often has none.</summary>
internal sealed class SystemIdentifier(SystemCatalogue catalogue, ImportContext context)
{
    // Readings that agree so well need no question.
    private const double SameMetres = 1;

    /// <summary>Identifies a stated system.</summary>
    /// <param name="stated">As the file states it.</param>
    /// <param name="middle">The middle of the data in its coordinates, x east; null when there is no geometry.</param>
    /// <param name="cancellationToken">Until it is found.</param>
    public async Task<IdentifiedSystem> IdentifyAsync(
        StatedReferenceSystem stated, Coordinate? middle, CancellationToken cancellationToken)
    {
        var root = stated.WellKnownText is { } text ? WktNode.Parse(text) : null;
        if ((stated.Srid ?? root?.Code) is { } code)
        {
            if (await FindAsync(code, stated.Origin, cancellationToken) is { } known)
            {
                return known;
            }

            if (root is null)
            {
                return Unknown($"the {stated.Origin} states EPSG:{code}, which the database does not know");
            }
        }

        if (stated.WellKnownText is null)
        {
            return Unknown($"the {stated.Origin} names {MessageText.Shorten(stated.Text)}, which is no EPSG code");
        }

        if (root is null)
        {
            return Unknown($"the {stated.Origin} is no well-known text");
        }

        return SystemDefinition.Read(stated.WellKnownText) is { } definition
            ? await IdentifyAsync(definition, stated.Origin, middle, cancellationToken)
            : Of(new SourceSystem(null, Shorten(root.Name), stated.Origin) { Definition = root.ToString() });
    }

    private static IdentifiedSystem Of(SourceSystem system) => new(system, [], null);

    private static IdentifiedSystem Unknown(string reason) => new(null, [], reason);

    private static string Shorten(string? name) => MessageText.Shorten(name ?? "unnamed");

    private async Task<IdentifiedSystem?> FindAsync(int code, string origin, CancellationToken cancellationToken)
    {
        if (await catalogue.FindAsync(code, cancellationToken) is not { } system)
        {
            return null;
        }

        return system.IsGeocentric
            ? Unknown(
                $"the {origin} states EPSG:{code} ({system.Name}): geocentric X, Y (earth-centred metres), which are no map coordinates")
            : Of(new SourceSystem(code, system.Name, origin));
    }

    private async Task<IdentifiedSystem> IdentifyAsync(
        SystemDefinition definition, string origin, Coordinate? middle, CancellationToken cancellationToken)
    {
        var alike = (await catalogue.FindAsync(definition.Projection is not null, definition.IsLike, cancellationToken))
            .OrderByDescending(candidate => candidate.Srid == context.MetricSrid)
            .ThenBy(candidate => candidate.Definition.Name.EndsWith("(deprecated)", StringComparison.Ordinal))
            .ThenBy(candidate => candidate.Definition.Name.EndsWith("(N-E)", StringComparison.Ordinal))
            .ThenBy(candidate => WellKnownSystem.Rank(candidate.Srid))
            .ToList();
        if (definition.NamesDatum)
        {
            if (alike.Find(candidate => candidate.Definition.HasDatumOf(definition)) is { Srid: > 0 } same)
            {
                return Of(new SourceSystem(same.Srid, same.Definition.Name, origin));
            }

            if ((await catalogue.FindAsync(false, definition.HasDatumOf, cancellationToken)).Count > 0)
            {
                return Of(new SourceSystem(null, Shorten(definition.Name), origin) { Definition = definition.Root.ToString() });
            }
        }

        return await ReadAsync(definition, alike, origin, middle, cancellationToken);
    }

    /// <summary>The datum is not known: what the numbers are on each that they may be on, and how far that is apart.</summary>
    private async Task<IdentifiedSystem> ReadAsync(
        SystemDefinition definition,
        List<(int Srid, SystemDefinition Definition)> alike,
        string origin,
        Coordinate? middle,
        CancellationToken cancellationToken)
    {
        var codes = WellKnownSystem.All.Where(system => system.Area.Intersects(context.Extent)).Select(system => system.Srid).ToHashSet();
        var datums = (await catalogue.FindAsync(true, _ => true, cancellationToken))
            .Where(system => codes.Contains(system.Srid) && system.Definition.IsOnSameEllipsoid(definition))
            .OrderBy(system => WellKnownSystem.Rank(system.Srid))
            .Select(system => system.Definition)
            .DistinctBy(system => DatumName.Normalise(system.Datum))
            .Where(system => !alike.Exists(coded => coded.Definition.HasDatumOf(system)));
        var wgs84 = SystemDefinition.Read("""GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]""")!;
        List<(int? Srid, string Name, string? Definition)> readings =
        [
            .. alike.Where(coded => !coded.Definition.Name.EndsWith("(deprecated)", StringComparison.Ordinal)).Take(4)
                .Select(coded => ((int?)coded.Srid, coded.Definition.Name, (string?)null)),
            .. datums.Select(datum => ((int?)null, $"read on the datum {datum.Geographic.Name}", (string?)definition.Over(datum))),
            (null, "read on the datum WGS 84", definition.Over(wgs84)),
            (null, "read without its datum", definition.Root.ToString()),
        ];
        var shifts = middle is null
            ? new double?[readings.Count]
            : await catalogue.ShiftsAsync(middle, [.. readings.Select(reading => (reading.Srid, reading.Definition))], cancellationToken);
        var candidates = readings.Select((reading, i) => new ReferenceSystemCandidate(
                reading.Srid, reading.Name, Round(shifts[i]), reading.Srid is { } srid ? $"--crs EPSG:{srid}" : null))
            .ToList();
        if (candidates[0].Srid is { } likeliest && definition.IsModern && candidates.TrueForAll(candidate => candidate.ShiftM < SameMetres))
        {
            return Of(new SourceSystem(likeliest, candidates[0].Name, origin));
        }

        return new IdentifiedSystem(
            null,
            candidates,
            $"the {origin} {Shorten(definition.Name)} names no known datum ({Shorten(definition.Datum)}, on the ellipsoid "
            + $"{Shorten(definition.EllipsoidName)}); it may be {RefusedSystem.Describe(candidates)}");
    }

    private static double? Round(double? metres) => metres is { } shift ? Math.Round(shift, 2) : null;
}
