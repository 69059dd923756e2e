using Npgsql;

namespace GeoOffer.Storage.Importing.Publishing;

/// <summary>The row that says where data come from.</summary>
/// <param name="Id">Its key; null when the dataset is new.</param>
/// <param name="Differs">Whether the request says something else than the row.</param>
internal sealed record DatasetRow(long? Id, bool Differs)
{
    /// <summary>What imports of a dataset lock, so that one publishes after the other.</summary>
    public static string Lock(string collection, string name) => $"dataset {collection}/{name}";

    /// <summary>Finds the dataset of a request.</summary>
    public static async Task<DatasetRow> FindAsync(
        NpgsqlConnection connection, ImportRequest request, string name, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(
            """
            SELECT id,
              (source, as_of, licence) IS DISTINCT FROM (coalesce($3::text, source), coalesce($4::date, as_of), coalesce($5::text, licence))
            FROM geooffer.dataset WHERE collection = $1 AND name = $2
            """,
            request.Collection, name, request.Source, request.AsOf, request.Licence);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new DatasetRow(reader.GetInt64(0), reader.GetBoolean(1))
            : new DatasetRow(null, true);
    }

    /// <summary>Writes the row in the open change set; what the request leaves open stays.</summary>
    public static async Task<long> WriteAsync(
        NpgsqlConnection connection,
        ImportRequest request,
        string name,
        string sha256,
        long changeSetId,
        CancellationToken cancellationToken) =>
        await connection.ScalarAsync<long>(
            """
            INSERT INTO geooffer.dataset AS d (collection, name, source, as_of, licence, file_name, file_sha256, change_set_id)
            VALUES ($1, $2, coalesce($3::text, $6), $4::date, $5::text, $6, $7, $8)
            ON CONFLICT (collection, name) DO UPDATE SET
              source = coalesce($3::text, d.source), as_of = coalesce($4::date, d.as_of), licence = coalesce($5::text, d.licence),
              file_name = $6, file_sha256 = $7, imported_at = clock_timestamp(), change_set_id = $8
            RETURNING id
            """,
            cancellationToken,
            request.Collection, name, request.Source, request.AsOf, request.Licence, request.File.Name, sha256, changeSetId);
}
