using Npgsql;

namespace GeoOffer.Storage.Editing;

/// <summary>Statements of an edit, under the time limit of every request.</summary>
internal static class EditCommands
{
    /// <summary>A command; parameters are $1, $2 and so on.</summary>
    public static NpgsqlCommand EditCommand(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object?> parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter as NpgsqlParameter ?? new NpgsqlParameter { Value = parameter ?? DBNull.Value });
        }

        return command;
    }

    /// <summary>Runs a statement; the number of rows it wrote.</summary>
    public static async Task<int> ExecuteEditAsync(
        this NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object?[] parameters)
    {
        await using var command = connection.EditCommand(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
