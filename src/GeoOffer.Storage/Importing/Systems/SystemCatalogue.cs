using GeoOffer.Storage.Importing.Publishing;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoOffer.Storage.Importing.Systems;

/// <summary>A reference system as the database has it.</summary>
/// <param name="Srid">Its EPSG code.</param>
/// <param name="Name">The name that the authority gives it.</param>
/// <param name="IsGeocentric">Whether its coordinates are metres from the middle of the earth.</param>
internal sealed record CatalogueSystem(int Srid, string Name, bool IsGeocentric);

/// <summary>The reference systems that the database knows, and what PROJ makes of them there.</summary>
internal sealed class SystemCatalogue(NpgsqlDataSource source)
{
    private const string ShiftsSql =
        $"""
        SELECT ST_Distance(first_value(place) OVER (ORDER BY ordinal)::geography, place::geography)
        FROM (
          SELECT ordinal, {TransformFunction.Name}(
            ST_SetSRID(ST_MakePoint($1, $2), coalesce(srid, 0)), CASE WHEN srid IS NULL THEN definition END, 4326) AS place
          FROM unnest($3::integer[], $4::text[]) WITH ORDINALITY AS r (srid, definition, ordinal)) AS r
        ORDER BY ordinal
        """;

    private const string BoxesSql =
        $"""
        SELECT c.ordinal, split_part(s.srtext, '"', 2), {TransformFunction.Name}(ST_Segmentize(c.area, 0.5), NULL, c.srid)
        FROM unnest($1::integer[], $2::geometry[]) WITH ORDINALITY AS c (srid, area, ordinal)
        JOIN spatial_ref_sys AS s ON s.srid = c.srid
        """;

    /// <summary>The system of a code; null when the database has none.</summary>
    public async Task<CatalogueSystem?> FindAsync(int srid, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command(
            "SELECT split_part(srtext, '\"', 2), srtext LIKE 'GEOCCS%' FROM spatial_ref_sys WHERE srid = $1", srid);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new CatalogueSystem(srid, reader.GetString(0), reader.GetBoolean(1))
            : null;
    }

    /// <summary>The systems of EPSG whose definitions fulfil a condition, by code.</summary>
    /// <param name="isProjected">Whether to look at projected systems, or at those of longitude and latitude.</param>
    /// <param name="condition">What is looked for.</param>
    /// <param name="cancellationToken">Until all have been looked at.</param>
    public async Task<IReadOnlyList<(int Srid, SystemDefinition Definition)>> FindAsync(
        bool isProjected, Func<SystemDefinition, bool> condition, CancellationToken cancellationToken)
    {
        var found = new List<(int, SystemDefinition)>();
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.Command(
            "SELECT srid, srtext FROM spatial_ref_sys WHERE auth_name = 'EPSG' AND starts_with(srtext, $1) ORDER BY srid",
            isProjected ? "PROJCS[" : "GEOGCS[");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (SystemDefinition.Read(reader.GetString(1)) is { } definition && condition(definition))
            {
                found.Add((reader.GetInt32(0), definition));
            }
        }

        return found;
    }

    /// <summary>
    /// How far a position lies from where the first of several systems puts it, in metres on the ellipsoid; null for a system that cannot
    /// have it.
    /// </summary>
    /// <param name="position">In the coordinates that all of them read, x east.</param>
    /// <param name="systems">By their codes or, where they have none, by well-known text.</param>
    /// <param name="cancellationToken">Until all are computed.</param>
    public async Task<IReadOnlyList<double?>> ShiftsAsync(
        Coordinate position, IReadOnlyList<(int? Srid, string? Definition)> systems, CancellationToken cancellationToken)
    {
        var shifts = new List<double?>();
        await using var connection = await TransformFunction.OpenConnectionAsync(source, cancellationToken);
        await using var command = connection.Command(
            ShiftsSql,
            position.X,
            position.Y,
            systems.Select(system => system.Srid).ToArray(),
            systems.Select(system => system.Definition).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            shifts.Add(reader.IsDBNull(0) ? null : reader.GetDouble(0));
        }

        return shifts;
    }

    /// <summary>The boxes that areas have in the coordinates of systems; a system that cannot have its area is left out.</summary>
    /// <param name="areas">Systems, each with an area in degrees.</param>
    /// <param name="cancellationToken">Until all are computed.</param>
    public async Task<IReadOnlyDictionary<int, (string Name, Envelope Box)>> BoxesAsync(
        IReadOnlyList<(int Srid, Envelope Area)> areas, CancellationToken cancellationToken)
    {
        var boxes = new Dictionary<int, (string, Envelope)>();
        var factory = new GeometryFactory(new PrecisionModel(), 4326);
        await using var connection = await TransformFunction.OpenConnectionAsync(source, cancellationToken);
        await using var command = connection.Command(
            BoxesSql,
            areas.Select(area => area.Srid).ToArray(),
            areas.Select(area => factory.ToGeometry(area.Area)).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (!reader.IsDBNull(2))
            {
                boxes[areas[(int)reader.GetInt64(0) - 1].Srid] =
                    (reader.GetString(1), reader.GetFieldValue<Geometry>(2).EnvelopeInternal);
            }
        }

        return boxes;
    }
}
