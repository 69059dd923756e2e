using GeoOffer.Storage.Importing.Publishing;
using GeoOffer.Storage.Importing.Rows;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoOffer.Storage.Importing.Systems;

/// <summary>
/// Transforms with PROJ, in the database, what the process itself cannot: many geometries in one statement, over a connection of its own,
/// as the other copies rows meanwhile.
/// </summary>
internal sealed class PositionTransformer(NpgsqlDataSource source) : IAsyncDisposable
{
    private static readonly GeometryFactory Wgs84 = new(new PrecisionModel(), 4326);

    private NpgsqlConnection? _connection;

    /// <summary>The geometries in EPSG:4326, x east; null for one that has a position outside what its system can have.</summary>
    /// <param name="geometries">In one system, x east, in two dimensions, none of them empty.</param>
    /// <param name="system">The system.</param>
    /// <param name="cancellationToken">Until all are transformed.</param>
    public async Task<Geometry?[]> TransformAsync(
        IReadOnlyList<Geometry> geometries, SourceSystem system, CancellationToken cancellationToken)
    {
        var results = new Geometry?[geometries.Count];
        _connection ??= await TransformFunction.OpenConnectionAsync(source, cancellationToken);
        await TransformAsync(geometries, 0, geometries.Count, system, results, cancellationToken);
        return results;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    private async Task TransformAsync(
        IReadOnlyList<Geometry> geometries, int start, int count, SourceSystem system, Geometry?[] results, CancellationToken cancellationToken)
    {
        var positions = new List<Coordinate>();
        for (var i = start; i < start + count; i++)
        {
            positions.AddRange(geometries[i].Coordinates);
        }

        if (await TransformAsync(positions, system, cancellationToken) is { } transformed)
        {
            var next = 0;
            for (var i = start; i < start + count; i++)
            {
                results[i] = PositionEditor.Replace(geometries[i], transformed, ref next);
            }
        }
        else if (count > 1)
        {
            // One that fails takes all with it: the halves find it in a few steps.
            await TransformAsync(geometries, start, count / 2, system, results, cancellationToken);
            await TransformAsync(geometries, start + (count / 2), count - (count / 2), system, results, cancellationToken);
        }
    }

    /// <summary>One line through all positions: PROJ is set up once for all of them, and nothing but numbers goes to and fro.</summary>
    private async Task<CoordinateSequence?> TransformAsync(
        List<Coordinate> positions, SourceSystem system, CancellationToken cancellationToken)
    {
        if (positions.Count == 0)
        {
            return Wgs84.CoordinateSequenceFactory.Create([]);
        }

        var line = Wgs84.CreateLineString([.. positions, positions[^1]]);
        var transformed = await _connection!.ScalarAsync<LineString>(
            $"SELECT {TransformFunction.Name}(ST_SetSRID($1::geometry, $2::integer), $3::text, 4326)",
            cancellationToken,
            line,
            system.Srid ?? 0,
            system.Definition);
        return transformed is { CoordinateSequence: var sequence } && AreFinite(sequence) ? sequence : null;
    }

    private static bool AreFinite(CoordinateSequence sequence)
    {
        for (var i = 0; i < sequence.Count; i++)
        {
            if (!double.IsFinite(sequence.GetX(i)) || !double.IsFinite(sequence.GetY(i)))
            {
                return false;
            }
        }

        return true;
    }
}
