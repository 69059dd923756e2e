using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Paging;
using GeoOffer.Query.Sql;
using Npgsql;

namespace GeoOffer.Storage.Reading;

/// <summary>Runs queries of features.</summary>
public sealed class FeatureReader(GeoOfferDatabase database)
{
    /// <summary>The rows of a page, and one more where there is a next page. The caller disposes the cursor.</summary>
    public Task<RowCursor> OpenAsync(FeatureQuery query, CancellationToken cancellationToken) =>
        RowCursor.OpenAsync(database.Reading, FeatureSql.Select(query), cancellationToken);

    /// <summary>Where the page after that of a query begins; null where there is none.</summary>
    public async Task<Cursor?> EndAsync(FeatureQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await database.Reading.OpenConnectionAsync(cancellationToken);
        return await EndAsync(connection, query, cancellationToken);
    }

    /// <summary>How many features fulfil the condition of a query, all told.</summary>
    public async Task<long> CountAsync(FeatureQuery query, CancellationToken cancellationToken)
    {
        await using var connection = await database.Reading.OpenConnectionAsync(cancellationToken);
        await using var command = FeatureSql.Count(query).ToCommand(connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The one feature of an id, or no row where there is none or the role may not see it.</summary>
    public Task<RowCursor> OpenSingleAsync(Collection collection, Role role, string id, CancellationToken cancellationToken) =>
        RowCursor.OpenAsync(database.Reading, FeatureSql.Single(collection, role, id), cancellationToken);

    /// <summary>The secret that seals paging cursors, the same for all instances on the database.</summary>
    public async Task<byte[]> CursorSecretAsync(CancellationToken cancellationToken)
    {
        await using var command = database.Reading.CreateCommand("SELECT value FROM geooffer.instance_secret WHERE name = 'cursor'");
        return (byte[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The same on a connection that stays the caller's.</summary>
    internal static async Task<Cursor?> EndAsync(NpgsqlConnection connection, FeatureQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var end = query.End();
        await using var rows = await RowCursor.OpenAsync(connection, FeatureSql.Select(end), cancellationToken);
        if (!await rows.ReadAsync(cancellationToken))
        {
            return null;
        }

        var position = rows.Position(end);
        return await rows.ReadAsync(cancellationToken) ? position : null;
    }
}
