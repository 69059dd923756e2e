using Npgsql;

namespace GeoOffer.Testing;

/// <summary>A database of one test, with PostGIS; dropped when disposed, whoever is still connected.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _clusterConnectionString;

    internal TestDatabase(string clusterConnectionString, string name)
    {
        _clusterConnectionString = clusterConnectionString;
        Name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(clusterConnectionString)
        {
            Database = name,
            IncludeErrorDetail = true,
        }.ConnectionString;
    }

    /// <summary>Name of the database in the cluster.</summary>
    public string Name { get; }

    /// <summary>Connects as the superuser of the cluster.</summary>
    public string ConnectionString { get; }

    /// <summary>Drops the database and ends every session in it.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (var own = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(own);
        }

        await using var cluster = new NpgsqlConnection(_clusterConnectionString);
        await cluster.OpenAsync(CancellationToken.None);

        // It waits for a checkpoint, which on a busy machine takes longer than any statement may.
        await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)", cluster) { CommandTimeout = 300 };
        await drop.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
