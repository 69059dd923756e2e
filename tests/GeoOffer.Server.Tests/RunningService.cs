using GeoOffer.Storage;
using GeoOffer.Storage.Matching;
using GeoOffer.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using Serilog.Extensions.Logging;

namespace GeoOffer.Server.Tests;

/// <summary>The service on a port of the loopback address, over a database of its own.</summary>
internal sealed class RunningService : WebApplicationFactory<Program>
{
    private readonly TestDatabase? _database;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly ILoggerProvider? _log;

    private RunningService(TestDatabase? database, IReadOnlyDictionary<string, string> settings, ILoggerProvider? log)
    {
        _database = database;
        _settings = settings;
        _log = log;
        UseKestrel();
        StartServer();
        Client = CreateClient();
    }

    /// <summary>Speaks to the service.</summary>
    public HttpClient Client { get; }

    /// <summary>Connects to its database as superuser.</summary>
    public string ConnectionString => _database!.ConnectionString;

    /// <summary>Starts the service on a migrated database, with the given rows.</summary>
    public static async Task<RunningService> StartAsync(
        PostGisCluster cluster, string? sql = null, IReadOnlyDictionary<string, string>? settings = null, ILoggerProvider? log = null)
    {
        var database = await cluster.CreateDatabaseAsync("migrated_with_briefs", MigrateAsync);
        if (sql is not null)
        {
            await ExecuteAsync(database.ConnectionString, sql);
        }

        return new RunningService(database, settings ?? new Dictionary<string, string>(), log);
    }

    /// <summary>Starts the service on a connection string that leads nowhere, or wherever it says.</summary>
    public static RunningService StartOn(string connectionString) =>
        new(null, new Dictionary<string, string> { ["ConnectionStrings:GeoOffer"] = connectionString }, null);

    /// <summary>Migrates as <c>geooffer migrate</c> does.</summary>
    public static async Task MigrateAsync(string connectionString)
    {
        await using var database = GeoOfferDatabase.Open(connectionString);
        await database.MigrateAsync(Lombardy);
        await new BriefStore(database).KeepDecreeBriefsAsync(CancellationToken.None);
    }

    public static RegionSettings Lombardy { get; } = Hosting.ServiceSettings.ReadRegion(
        new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json")).Build());

    public Task ExecuteAsync(string sql) => ExecuteAsync(ConnectionString, sql);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        if (_database is not null)
        {
            builder.UseSetting("ConnectionStrings:GeoOffer", _database.ConnectionString);
        }

        builder.UseSetting("urls", "http://127.0.0.1:0");
        builder.ConfigureLogging(logging => logging.AddFilter<SerilogLoggerProvider>(null, LogLevel.None));
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        if (_log is not null)
        {
            builder.ConfigureLogging(logging => logging.AddProvider(_log));
        }
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
