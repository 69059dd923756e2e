using GeoOffer.Storage.Importing.Fields;

namespace GeoOffer.Storage.Importing.Publishing;

/// <summary>Rows of a dataset that a file which replaces it does not have.</summary>
/// <param name="Collection">Their collection.</param>
/// <param name="Kept">Codes that stay even so.</param>
internal sealed record GoneRows(ImportCollection Collection, IReadOnlyCollection<string> Kept)
{
    private bool AreSites => Collection.Role == CollectionRole.Sites;

    /// <summary>Plans their removal; sites are withdrawn.</summary>
    public Task PlanAsync(StagingArea staging, long datasetId, CancellationToken cancellationToken) => staging.Connection.ExecuteAsync(
        $"""
        INSERT INTO {staging.Plan} (row_number, code, action, moved, seen_change_set_id)
        SELECT NULL, t.code, 'removed', {(AreSites ? "false" : "true")}, t.change_set_id
        FROM geooffer.{Collection.Table} AS t
        WHERE t.dataset_id = $1 AND {IsGone} AND NOT EXISTS (SELECT FROM {staging.Rows} AS s WHERE s.code = t.code)
        """,
        cancellationToken, datasetId, Kept.ToArray());

    /// <summary>Whether there are more of them than were planned: another import has stored rows since.</summary>
    public Task<bool> AreMoreAsync(StagingArea staging, string collection, string dataset, CancellationToken cancellationToken) =>
        staging.Connection.ScalarAsync<bool>(
            $"""
            SELECT EXISTS (
              SELECT FROM geooffer.{Collection.Table} AS t JOIN geooffer.dataset AS d ON d.id = t.dataset_id
              WHERE (d.collection, d.name) = ($1, $3) AND {IsGone} AND NOT EXISTS (SELECT FROM {staging.Plan} AS p WHERE p.code = t.code))
            """,
            cancellationToken, collection, Kept.ToArray(), dataset);

    private string IsGone => $"t.code <> ALL ($2){(AreSites ? " AND (t.lifecycle_state <> 'withdrawn' OR t.is_public)" : "")}";
}
