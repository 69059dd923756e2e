using GeoOffer.Query.Sql;
using GeoOffer.Storage.Layers;
using GeoOffer.Storage.Reading;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoOffer.Storage.Editing;

/// <summary>What follows from the change of one feature of a layer: what the layer says of itself, its pieces, and the facts of sites.</summary>
/// <param name="connection">The connection, whose transaction holds the locks of the layer.</param>
/// <param name="target">The table of the layer.</param>
/// <param name="layer">The layer.</param>
internal sealed class LayerEdit(NpgsqlConnection connection, EditTarget target, LayerRow layer)
{
    /// <summary>Brings all that up to date.</summary>
    /// <param name="featureId">The number of the feature.</param>
    /// <param name="before">Its geometry as it was; null where it had none.</param>
    /// <param name="after">Its geometry as it is; null where it has none.</param>
    /// <param name="more">How many features there are more than before.</param>
    /// <param name="cancellationToken">Up to the commit.</param>
    public async Task CompleteAsync(long featureId, Geometry? before, Geometry? after, int more, CancellationToken cancellationToken)
    {
        // A feature that lay inside the box of all others leaves it as it is, whatever becomes of it.
        var isAtBorder = before is not null && (layer.Extent is not { } box || !Inside(before.EnvelopeInternal, box));
        var extent = isAtBorder
            ? $"(SELECT ST_SetSRID(ST_Extent(geom)::geometry, 4326) FROM {target.Table})"
            : "ST_Envelope(ST_Collect(extent, $3))";
        await connection.ExecuteEditAsync(
            $"""
            UPDATE geooffer.layer SET feature_count = feature_count + $2, extent = {(layer.JoinedTo is null ? extent : "extent")},
              geometry_types = CASE WHEN $3 IS NULL THEN geometry_types
                ELSE ARRAY(SELECT DISTINCT unnest(geometry_types || GeometryType($3)) ORDER BY 1) END
            WHERE id = $1
            """,
            cancellationToken, layer.Id, more, Parameter(after));
        if (layer.IsMeasured)
        {
            await MeasureAsync(featureId, before, after, cancellationToken);
        }
    }

    private async Task MeasureAsync(long featureId, Geometry? before, Geometry? after, CancellationToken cancellationToken)
    {
        await using var find = connection.EditCommand("SELECT piece_table FROM geooffer.fact_layer WHERE layer_id = $1", layer.Id);
        if (await find.ExecuteScalarAsync(cancellationToken) is not string pieces)
        {
            return;
        }

        await connection.ExecuteEditAsync($"DELETE FROM {pieces} WHERE feature_id = $1", cancellationToken, featureId);
        var sql = LayerPieces.Insert(pieces, target.Table, layer.Name, layer.Role, layer.Severity, LayerCondition.Of(layer))
            .Append(" AND t.id = ").AppendParameter(featureId, SqlParameterType.Integer).Build();
        await using (var command = sql.ToCommand(connection))
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await connection.ExecuteEditAsync(
            "SELECT geooffer.refresh_facts_around($1, $2, ARRAY[$3, $4])", cancellationToken, layer.Name, featureId, Parameter(before), Parameter(after));
    }

    private static bool Inside(Envelope inner, Envelope outer) =>
        inner.MinX > outer.MinX && inner.MinY > outer.MinY && inner.MaxX < outer.MaxX && inner.MaxY < outer.MaxY;

    private static NpgsqlParameter Parameter(Geometry? geometry) => new() { Value = geometry ?? (object)DBNull.Value, DataTypeName = "geometry" };
}
