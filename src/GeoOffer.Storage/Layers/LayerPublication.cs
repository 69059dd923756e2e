using System.Globalization;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Publishing;

namespace GeoOffer.Storage.Layers;

/// <summary>Makes a layer that was built visible at one moment: its table, its description, its criterion and the facts of sites.</summary>
internal sealed class LayerPublication(
    StagingArea staging,
    LayerSchema schema,
    ImportRequest request,
    LayerSettings settings,
    LayerRow? before,
    LayerTable table,
    LayerMeasures? measures)
{
    /// <summary>Publishes.</summary>
    /// <returns>The version of the data.</returns>
    /// <exception cref="StalePlanException">Somebody else has published the layer since it was compared.</exception>
    public async Task<long> PublishAsync(string dataset, string sha256, CancellationToken cancellationToken)
    {
        var connection = staging.Connection;
        var (count, types) = await table.DescribeAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var changeSetId = await connection.ScalarAsync<long>(
            "SELECT geooffer.begin_change_set($1, 'import', $2)", cancellationToken, request.Author, $"{request.File.Name} → layer {request.Collection}");
        if (measures is not null || before is { IsMeasured: true })
        {
            await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(7702, 1)", cancellationToken);
        }

        await connection.ExecuteAsync(
            "SELECT pg_advisory_xact_lock(hashtextextended($1, 7702))", cancellationToken, $"layer {request.Collection}");
        var now = await connection.ScalarAsync<long>(
            "SELECT change_set_id FROM geooffer.layer WHERE name = $1 AND NOT dropped", cancellationToken, request.Collection);
        if (now != (before?.ChangeSetId ?? 0))
        {
            throw new StalePlanException();
        }

        var datasetId = await DatasetRow.WriteAsync(connection, request, dataset, sha256, changeSetId, cancellationToken);
        var name = string.Create(CultureInfo.InvariantCulture, $"{request.Collection}_{changeSetId}");
        var relation = settings.JoinedTo is null ? name : name + LayerRow.JoinedSuffix;
        var layerId = await WriteLayerAsync(relation, datasetId, changeSetId, count, types, cancellationToken);
        await MoveTablesAsync(name, relation, layerId, cancellationToken);
        if (measures is not null)
        {
            await measures.PublishAsync(layerId, datasetId, changeSetId, $"{LayerCollection.Schema}.{name}_pieces", cancellationToken);
        }
        else if (before is { IsMeasured: true })
        {
            await LayerCriterion.WithdrawAsync(connection, before, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return await connection.ScalarAsync<long>(
            "SELECT version FROM geooffer.change_set WHERE id = $1", CancellationToken.None, changeSetId);
    }

    private async Task<long> WriteLayerAsync(
        string relation, long datasetId, long changeSetId, long count, string[] types, CancellationToken cancellationToken)
    {
        var values = new object?[]
        {
            request.Collection, settings.Role.ToString().ToLowerInvariant(), settings.TitleIt, settings.TitleEn, settings.DescriptionIt, settings.DescriptionEn,
            relation, LayerColumn.Write(schema.Columns), schema.KeyColumn, schema.LabelColumn, types, count, settings.JoinedTo, schema.JoinColumn,
            settings.CodeYear, datasetId, changeSetId, measures?.CoverageBasis,
        };
        const string Extent = "(SELECT ST_SetSRID(ST_Extent(geom)::geometry, 4326) FROM {0})";
        var extent = string.Format(
            CultureInfo.InvariantCulture, Extent, settings.JoinedTo is null ? staging.Layer : $"geooffer.{Register}");
        const string Columns = """
            name, role, title_it, title_en, description_it, description_en, relation, columns, key_column, label_column, geometry_types, feature_count,
            joined_to, join_column, code_year, dataset_id, change_set_id, published_change_set_id, coverage_basis, extent
            """;
        var row = $"$1::text, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::jsonb, $9::text, $10::text, $11::text[], $12::bigint, $13::text, $14::text, $15::integer, $16::bigint, $17::bigint, $17::bigint, $18::text, {extent}";
        return await staging.Connection.ScalarAsync<long>(
            before is null
                ? $"INSERT INTO geooffer.layer ({Columns}) VALUES ({row}) RETURNING id"
                : $"UPDATE geooffer.layer SET ({Columns}) = ROW({row}) WHERE id = {before.Id} RETURNING id",
            cancellationToken, values);
    }

    private string Register => settings.JoinedTo == "municipalities" ? "municipality" : "province";

    /// <summary>Moves the tables out of staging under names of their own, and marks those before for the sweep.</summary>
    private async Task MoveTablesAsync(string name, string relation, long layerId, CancellationToken cancellationToken)
    {
        var connection = staging.Connection;
        await connection.ExecuteAsync(
            "UPDATE geooffer.layer_relation SET superseded_at = clock_timestamp() WHERE layer_id = $1 AND superseded_at IS NULL", cancellationToken, layerId);
        await MoveAsync(staging.Layer, name, layerId, cancellationToken);
        if (relation != name)
        {
            var columns = string.Concat(schema.Columns.Select(column => $", t.{LayerTable.Quote(column.Name)}"));
            var current = LayerTable.Quote(LayerJoin.CurrentCode(settings.JoinedTo!).Name);
            await connection.ExecuteAsync(
                $"""
                CREATE VIEW {LayerCollection.Schema}.{LayerTable.Quote(relation)} AS
                SELECT t.id, t.code{columns}, a.geom, t.change_set_id
                FROM {LayerCollection.Schema}.{LayerTable.Quote(name)} AS t LEFT JOIN geooffer.{Register} AS a ON a.code = t.{current}
                """,
                cancellationToken);
            await RecordAsync(relation, layerId, cancellationToken);
        }

        if (measures is not null)
        {
            await MoveAsync(staging.Pieces, $"{name}_pieces", layerId, cancellationToken);
        }
    }

    private async Task MoveAsync(string from, string name, long layerId, CancellationToken cancellationToken)
    {
        var table = from.Split('.')[1];
        await staging.Connection.ExecuteAsync(
            $"ALTER TABLE {from} SET SCHEMA {LayerCollection.Schema}; ALTER TABLE {LayerCollection.Schema}.{table} RENAME TO {LayerTable.Quote(name)}",
            cancellationToken);
        await RecordAsync(name, layerId, cancellationToken);
    }

    private async Task RecordAsync(string relation, long layerId, CancellationToken cancellationToken) => await staging.Connection.ExecuteAsync(
        "INSERT INTO geooffer.layer_relation (relation, layer_id) VALUES ($1, $2)", cancellationToken, relation, layerId);
}
