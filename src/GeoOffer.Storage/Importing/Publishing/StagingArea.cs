using System.Data;
using GeoOffer.Storage.Importing.Fields;
using Npgsql;

namespace GeoOffer.Storage.Importing.Publishing;

/// <summary>
/// The tables beside the data that one import works in. They are unlogged and go with it; those of an import that was killed are swept
/// by the next one, which can tell by the lock that ended with its session.
/// </summary>
internal sealed class StagingArea : IAsyncDisposable
{
    private const string Schema = "geooffer_staging";

    private static readonly string[] Suffixes = ["", "_plan", "_source", "_facts", "_layer", "_pieces", "_registry"];

    private StagingArea(NpgsqlConnection connection, string name) => (Connection, Name) = (connection, name);

    /// <summary>What the names of all its tables begin with.</summary>
    public string Name { get; }

    /// <summary>The connection that holds the area.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>The rows of the file: <c>row_number</c>, <c>place</c>, and the columns of the collection's table.</summary>
    public string Rows => $"{Schema}.{Name}";

    /// <summary>What is to become of each row: its number and code, the action, whether it moves, and the change set seen.</summary>
    public string Plan => $"{Schema}.{Name}_plan";

    /// <summary>Sites whose facts are to be computed, in the order of their places.</summary>
    public string FactSource => $"{Schema}.{Name}_source";

    /// <summary>Facts of sites, by row number.</summary>
    public string Facts => $"{Schema}.{Name}_facts";

    /// <summary>The features of a layer, in the table that they are published in.</summary>
    public string Layer => $"{Schema}.{Name}_layer";

    /// <summary>The same in small pieces, for measuring.</summary>
    public string Pieces => $"{Schema}.{Name}_pieces";

    /// <summary>What sites are measured against once the layer is published.</summary>
    public string Registry => $"{Schema}.{Name}_registry";

    /// <summary>Makes the area of an import into a collection.</summary>
    public static Task<StagingArea> CreateAsync(
        NpgsqlDataSource source, ImportCollection collection, CancellationToken cancellationToken) => CreateAsync(
        source,
        $"AS SELECT NULL::bigint AS row_number, NULL::text AS place, {string.Join(", ", StagedColumns(collection))} FROM geooffer.{collection.Table} WITH NO DATA",
        cancellationToken);

    /// <summary>Makes the area of an import.</summary>
    /// <param name="source">The database.</param>
    /// <param name="rows">What follows the name in the statement that creates the table of rows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<StagingArea> CreateAsync(NpgsqlDataSource source, string rows, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            var area = new StagingArea(connection, $"import_{Guid.NewGuid():N}");
            await area.PrepareSchemaAsync(cancellationToken);
            await connection.ExecuteAsync("SELECT pg_advisory_lock(hashtextextended($1, 7702))", cancellationToken, area.Name);
            await connection.ExecuteAsync(
                $"""
                CREATE UNLOGGED TABLE {area.Rows} {rows};
                CREATE UNLOGGED TABLE {area.Plan} (
                  row_number bigint, code text NOT NULL, action text NOT NULL, moved boolean NOT NULL, seen_change_set_id bigint);
                """,
                cancellationToken);
            return area;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The columns of a collection that a staging table has, in the order in which rows are copied.</summary>
    public static IEnumerable<string> StagedColumns(ImportCollection collection)
    {
        var columns = collection.Fields.Select(field => field.Column).Append("geom");
        return collection.IsLayers ? columns.Append("attributes") : columns;
    }

    /// <summary>Whether any row has a geometry.</summary>
    public Task<bool> HasGeometriesAsync(CancellationToken cancellationToken) =>
        Connection.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM {Rows} WHERE geom IS NOT NULL)", cancellationToken);

    /// <summary>Takes rows out again that something turned out to be wrong with.</summary>
    public Task RemoveRowsAsync(IReadOnlyList<RowProblem> rejections, CancellationToken cancellationToken) => Connection.ExecuteAsync(
        $"DELETE FROM {Rows} WHERE row_number = ANY ($1)",
        cancellationToken,
        [rejections.Select(problem => problem.Row).OfType<long>().ToArray()]);

    public async ValueTask DisposeAsync()
    {
        // When the connection is gone, its lock went with it: the next import sweeps.
        if (Connection.State == ConnectionState.Open)
        {
            try
            {
                await DropAsync(Connection, Name, CancellationToken.None);
                await Connection.ExecuteAsync("SELECT pg_advisory_unlock_all()", CancellationToken.None);
            }
            catch (NpgsqlException)
            {
                // So it is when the connection goes now.
            }
        }

        await Connection.DisposeAsync();
    }

    private static async Task DropAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            $"DROP TABLE IF EXISTS {string.Join(", ", Suffixes.Select(suffix => $"{Schema}.{name}{suffix}"))}",
            cancellationToken);
        await connection.ExecuteAsync("SELECT pg_advisory_unlock(hashtextextended($1, 7702))", cancellationToken, name);
    }

    private async Task PrepareSchemaAsync(CancellationToken cancellationToken)
    {
        await CreateSchemaAsync(cancellationToken);
        var names = await Connection.ScalarAsync<string[]>(
            """
            SELECT array_agg(relname::text) FROM pg_class
            WHERE relnamespace = $1::regnamespace AND relkind = 'r' AND relname ~ '^import_[0-9a-f]{32}$'
            """,
            cancellationToken, Schema);
        foreach (var name in names ?? [])
        {
            if (await Connection.ScalarAsync<bool>("SELECT pg_try_advisory_lock(hashtextextended($1, 7702))", cancellationToken, name))
            {
                await DropAsync(Connection, name, cancellationToken);
            }
        }
    }

    private async Task CreateSchemaAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await Connection.BeginTransactionAsync(cancellationToken);
        await Connection.ExecuteAsync("SELECT pg_advisory_xact_lock(7702, 2)", cancellationToken);
        await Connection.ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS {Schema}", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
