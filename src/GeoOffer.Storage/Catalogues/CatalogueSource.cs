using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Storage.Layers;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoOffer.Storage.Catalogues;

/// <summary>The catalogue as the database has it, kept in memory and checked for a newer version once a second.</summary>
public sealed class CatalogueSource(GeoOfferDatabase database, TimeProvider? time = null) : IDisposable
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private Snapshot? _snapshot;

    /// <summary>The catalogue, at most a second old.</summary>
    public async ValueTask<Catalogue> GetAsync(CancellationToken cancellationToken = default) =>
        (await SnapshotAsync(cancellationToken)).Catalogue;

    /// <summary>What sites are measured against, at most a second old.</summary>
    public async ValueTask<IReadOnlyList<FactLayer>> LayersAsync(CancellationToken cancellationToken = default) =>
        (await SnapshotAsync(cancellationToken)).Layers;

    /// <summary>
    /// The version of all data, the catalogue's among them, at most a second old: what is read after it was asked for is of that version or
    /// a later one.
    /// </summary>
    public async ValueTask<long> DataVersionAsync(CancellationToken cancellationToken = default) =>
        (await SnapshotAsync(cancellationToken)).DataVersion;

    /// <summary>The catalogue as of now: for use before saying that a collection does not exist.</summary>
    public async Task<Catalogue> RefreshAsync(CancellationToken cancellationToken = default) =>
        (await RefreshAsync(isForced: true, cancellationToken)).Catalogue;

    /// <inheritdoc />
    public void Dispose() => _refreshing.Dispose();

    private async ValueTask<Snapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        var snapshot = Volatile.Read(ref _snapshot);
        return snapshot is not null && _time.GetElapsedTime(snapshot.CheckedAt) < CheckEvery
            ? snapshot
            : await RefreshAsync(isForced: false, cancellationToken);
    }

    private async Task<Snapshot> RefreshAsync(bool isForced, CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            if (!isForced && _snapshot is { } recent && _time.GetElapsedTime(recent.CheckedAt) < CheckEvery)
            {
                return recent;
            }

            var checkedAt = _time.GetTimestamp();
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            var (version, dataVersion) = await ReadVersionsAsync(connection, cancellationToken);
            var snapshot = _snapshot is { } known && known.Catalogue.Version == version
                ? known with { CheckedAt = checkedAt, DataVersion = dataVersion }
                : await ReadAsync(connection, version, dataVersion, checkedAt, cancellationToken);
            Volatile.Write(ref _snapshot, snapshot);
            return snapshot;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private static async Task<(long Catalogue, long Data)> ReadVersionsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Layers and datasets are stamped with the change set that wrote them, whose version tells the order of commits.
        await using var command = new NpgsqlCommand(
            """
            SELECT coalesce(max(version), 0), (SELECT version FROM geooffer.data_version) FROM geooffer.change_set
            WHERE id IN (SELECT revision FROM geooffer.fact_layer UNION SELECT change_set_id FROM geooffer.dataset UNION SELECT change_set_id FROM geooffer.layer)
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private async Task<Snapshot> ReadAsync(
        NpgsqlConnection connection, long version, long dataVersion, long checkedAt, CancellationToken cancellationToken)
    {
        var layers = new List<FactLayer>();
        var attributions = new Dictionary<string, Attribution>();
        BoundingBox? extent = null;
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("SELECT name, role = 'proximity', title_it, title_en, collection, default_severity = 'excludes' FROM geooffer.fact_layer ORDER BY ordinal"),
                new("SELECT DISTINCT ON (collection) collection, source, licence, as_of FROM geooffer.dataset ORDER BY collection, as_of DESC NULLS LAST, id DESC"),
                new("SELECT extent FROM geooffer.region"),
                new(LayerRow.Sql("")),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            layers.Add(new FactLayer(
                reader.GetString(0), reader.GetBoolean(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), !reader.IsDBNull(5) && reader.GetBoolean(5)));
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            attributions.Add(reader.GetString(0), new Attribution(
                reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<DateOnly>(3)));
        }

        await reader.NextResultAsync(cancellationToken);
        if (await reader.ReadAsync(cancellationToken))
        {
            var box = reader.GetFieldValue<Geometry>(0).EnvelopeInternal;
            extent = new BoundingBox(box.MinX, box.MinY, box.MaxX, box.MaxY);
        }

        var imported = new List<LayerRow>();
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            imported.Add(LayerRow.Read(reader));
        }

        await using var context = database.CreateContext();
        var catalogue = new CatalogueBuilder(context.Model).Build(new CatalogueState(version, layers, imported, attributions, extent));
        return new Snapshot(catalogue, layers, dataVersion, checkedAt);
    }

    private sealed record Snapshot(Catalogue Catalogue, IReadOnlyList<FactLayer> Layers, long DataVersion, long CheckedAt);
}
