using GeoOffer.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(GeoOffer.PostGis.Tests.PostGisDatabase))]

namespace GeoOffer.PostGis.Tests;

/// <summary>One database with PostGIS for all tests of this room, and connections with NetTopologySuite mapped.</summary>
public sealed class PostGisDatabase : IAsyncLifetime
{
    private readonly PostGisCluster _cluster = new();
    private TestDatabase? _database;

    public NpgsqlDataSource DataSource { get; private set; } = null!;

    public string ConnectionString => _database!.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        _database = await _cluster.CreateDatabaseAsync();
        var builder = new NpgsqlDataSourceBuilder(ConnectionString);
        builder.UseNetTopologySuite();
        DataSource = builder.Build();
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await DataSource.DisposeAsync();
            await _database.DisposeAsync();
        }

        await _cluster.DisposeAsync();
    }
}
