using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Npgsql;
using Xunit;

namespace GeoOffer.Testing;

/// <summary>
/// A throw-away PostgreSQL cluster with PostGIS, started when the first test asks for a database. Register it once per test assembly:
/// <c>[assembly: AssemblyFixture(typeof(PostGisCluster))]</c>, and take it as a constructor parameter.
/// </summary>
/// <remarks>
/// With <c>GEOOFFER_TEST_CLUSTER</c> set (the connection string of a superuser on a throw-away server, as <c>scripts/test</c> sets it)
/// all assemblies share that cluster and its templates; without it each makes its own.
/// </remarks>
public sealed partial class PostGisCluster : IAsyncDisposable
{
    private const string Variable = "GEOOFFER_TEST_CLUSTER";
    private const string PostGisTemplate = "postgis";

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _templates = new();
    private readonly Lazy<Task<ThrowawayCluster?>> _own;

    public PostGisCluster() => _own = new(async () =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable))
            ? await ThrowawayCluster.StartAsync()
            : null);

    /// <summary>Connects to the database <c>postgres</c> as superuser, for tests of roles and of the server itself.</summary>
    public async Task<string> GetConnectionStringAsync() =>
        (await _own.Value)?.ConnectionString ?? Environment.GetEnvironmentVariable(Variable)!;

    /// <summary>An empty database with the extension PostGIS.</summary>
    public Task<TestDatabase> CreateDatabaseAsync() => CloneAsync(EnsurePostGisTemplateAsync());

    /// <summary>A copy of a template that is built once per cluster; copying takes some 60 ms, however long building took.</summary>
    /// <param name="templateName">
    /// What the template holds, in lower case (<c>migrated</c>, <c>demo</c>). The cluster is shared, so one name means one content in all
    /// test assemblies.
    /// </param>
    /// <param name="build">Fills an empty database with PostGIS, given its connection string; called at most once per cluster.</param>
    /// <exception cref="ArgumentException">The name is not one of lower-case letters, digits and underscores, 24 at most.</exception>
    public Task<TestDatabase> CreateDatabaseAsync(string templateName, Func<string, Task> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        if (!TemplateName().IsMatch(templateName) || templateName == PostGisTemplate)
        {
            throw new ArgumentException($"'{templateName}' cannot name a template database.", nameof(templateName));
        }

        return CloneAsync(EnsureTemplateAsync(templateName, EnsurePostGisTemplateAsync, build));
    }

    /// <summary>Stops and removes the cluster when it is this assembly's own.</summary>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_own.IsValueCreated && !_own.Value.IsFaulted && await _own.Value is { } own)
        {
            await own.DisposeAsync();
        }
    }

    private Task<string> EnsurePostGisTemplateAsync() =>
        EnsureTemplateAsync(PostGisTemplate, () => Task.FromResult("template0"), async connectionString =>
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync();
            await ExecuteAsync(connection, "CREATE EXTENSION postgis");
        });

    /// <summary>One attempt per process: tests that need a template that cannot be built fail alike, and fast.</summary>
    private Task<string> EnsureTemplateAsync(string templateName, Func<Task<string>> parent, Func<string, Task> build) =>
        _templates.GetOrAdd(templateName, name => new(() => BuildTemplateAsync($"template_{name}", parent, build))).Value;

    private async Task<string> BuildTemplateAsync(string database, Func<Task<string>> parent, Func<string, Task> build)
    {
        var parentDatabase = await parent();
        var clusterConnectionString = await GetConnectionStringAsync();
        await using var cluster = new NpgsqlConnection(clusterConnectionString);
        await cluster.OpenAsync();

        // Other test assemblies may want the same template at the same moment; the lock ends with the session at the latest.
        await ExecuteAsync(cluster, "SELECT pg_advisory_lock(hashtextextended($1, 0))", database);
        try
        {
            if (!await IsCompleteAsync(cluster, database))
            {
                await ExecuteAsync(cluster, $"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
                await ExecuteAsync(cluster, $"CREATE DATABASE {database} TEMPLATE {parentDatabase}");
                await build(new TestDatabase(clusterConnectionString, database).ConnectionString);
                await CompleteAsync(cluster, database);
            }
        }
        finally
        {
            await ExecuteAsync(cluster, "SELECT pg_advisory_unlock(hashtextextended($1, 0))", database);
        }

        return database;
    }

    /// <summary>A template is marked as one only when built to the end, so that a half-built one is never cloned.</summary>
    private static async Task<bool> IsCompleteAsync(NpgsqlConnection cluster, string database)
    {
        await using var command = new NpgsqlCommand("SELECT datistemplate FROM pg_database WHERE datname = $1", cluster)
        {
            Parameters = { new() { Value = database } },
        };
        return await command.ExecuteScalarAsync() is true;
    }

    /// <summary>Closes the template to sessions: a database that somebody is connected to cannot be cloned.</summary>
    private static async Task CompleteAsync(NpgsqlConnection cluster, string database)
    {
        await ExecuteAsync(cluster, $"ALTER DATABASE {database} IS_TEMPLATE true ALLOW_CONNECTIONS false");
        await ExecuteAsync(cluster, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", database);
    }

    private async Task<TestDatabase> CloneAsync(Task<string> template)
    {
        var templateDatabase = await template;
        var clusterConnectionString = await GetConnectionStringAsync();
        var database = new TestDatabase(clusterConnectionString, $"test_{Guid.NewGuid():N}");

        var cancellationToken = TestContext.Current.CancellationToken;
        await using var cluster = new NpgsqlConnection(clusterConnectionString);
        await cluster.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {database.Name} TEMPLATE {templateDatabase}", cluster);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return database;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params string[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        await command.ExecuteNonQueryAsync();
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,23}$")]
    private static partial Regex TemplateName();
}
