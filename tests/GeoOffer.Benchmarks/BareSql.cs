using GeoOffer.Storage;
using Npgsql;

namespace GeoOffer.Benchmarks;

/// <summary>One prepared statement on a connection of its own; its answers are taken as bytes and let go.</summary>
internal sealed class BareSql : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _command;

    private BareSql(NpgsqlConnection connection, NpgsqlCommand command) => (_connection, _command) = (connection, command);

    /// <summary>Prepares a statement.</summary>
    /// <param name="database">Where.</param>
    /// <param name="sql">The statement, which gives one column of text or bytes.</param>
    /// <param name="parameters">A value of the type of each parameter.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<BareSql> PrepareAsync(GeoOfferDatabase database, string sql, object[] parameters, CancellationToken cancellationToken)
    {
        var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        await command.PrepareAsync(cancellationToken);
        return new BareSql(connection, command);
    }

    /// <summary>Runs it; how many rows came.</summary>
    public async Task<int> RunAsync(object[] values, CancellationToken cancellationToken)
    {
        for (var index = 0; index < values.Length; index++)
        {
            _command.Parameters[index].Value = values[index];
        }

        await using var reader = await _command.ExecuteReaderAsync(cancellationToken);
        var rows = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            _ = reader.GetFieldValue<byte[]>(0);
            rows++;
        }

        return rows;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
