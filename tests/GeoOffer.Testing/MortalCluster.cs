using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace GeoOffer.Testing;

/// <summary>A throw-away cluster of one test, which is killed and started again.</summary>
public sealed class MortalCluster : IAsyncDisposable
{
    private readonly ThrowawayCluster _cluster;
    private readonly string _dataFolder;
    private readonly string _control;
    private int _postmaster;

    private MortalCluster(ThrowawayCluster cluster, string dataFolder, int postmaster)
    {
        (_cluster, _dataFolder, _postmaster) = (cluster, dataFolder, postmaster);
        var server = File.ResolveLinkTarget(FormattableString.Invariant($"/proc/{postmaster}/exe"), returnFinalTarget: true)!;
        _control = Path.Combine(Path.GetDirectoryName(server.FullName)!, "pg_ctl");
    }

    /// <summary>Makes and starts one.</summary>
    public static async Task<MortalCluster> StartAsync()
    {
        var cluster = await ThrowawayCluster.StartAsync();
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var command = source.CreateCommand("SELECT current_setting('data_directory'), pg_backend_pid()");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new MortalCluster(cluster, reader.GetString(0), ParentOf(reader.GetInt32(1)));
    }

    /// <summary>Makes an empty database with PostGIS; what it connects with.</summary>
    /// <param name="name">A name of letters.</param>
    /// <param name="options">What follows in the statement that makes it.</param>
    public async Task<string> CreateDatabaseAsync(string name, string options = "")
    {
        await ExecuteAsync(_cluster.ConnectionString, $"CREATE DATABASE {name} {options}");
        var connectionString = new NpgsqlConnectionStringBuilder(_cluster.ConnectionString) { Database = name, Pooling = false }.ConnectionString;
        await ExecuteAsync(connectionString, "CREATE EXTENSION postgis");
        return connectionString;
    }

    /// <summary>Runs a statement in the database <c>postgres</c>.</summary>
    public Task ExecuteAsync(string sql) => ExecuteAsync(_cluster.ConnectionString, sql);

    /// <summary>Ends one of its processes as the kernel does when memory runs out; the others follow, and the cluster recovers.</summary>
    public static void KillBackend(int process)
    {
        using var backend = Process.GetProcessById(process);
        backend.Kill();
    }

    /// <summary>Ends all its processes, as a power cut does.</summary>
    public void Kill()
    {
        using var postmaster = Process.GetProcessById(_postmaster);
        postmaster.Kill(entireProcessTree: true);
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>Starts it again after it was killed.</summary>
    /// <exception cref="InvalidOperationException">It does not start.</exception>
    public async Task StartAgainAsync()
    {
        var port = new NpgsqlConnectionStringBuilder(_cluster.ConnectionString).Port.ToString(CultureInfo.InvariantCulture);
        string[] command =
        [
            .. Environment.UserName == "root" ? (string[])["runuser", "-u", "postgres", "--"] : [],
            _control, "start", "-D", _dataFolder, "-o", $"-p {port}", "-l", Path.Combine(_dataFolder, "..", "log", "postgres.log"), "-w", "-t", "60",
        ];

        // What is left of the processes that were killed may hold the memory of the cluster for a moment.
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using var control = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
            await control.WaitForExitAsync();
            if (control.ExitCode == 0)
            {
                await using var source = NpgsqlDataSource.Create(_cluster.ConnectionString);
                await using var backend = source.CreateCommand("SELECT pg_backend_pid()");
                _postmaster = ParentOf((int)(await backend.ExecuteScalarAsync())!);
                return;
            }

            await Task.Delay(500);
        }

        throw new InvalidOperationException("The cluster does not start again.");
    }

    /// <summary>Stops and removes it.</summary>
    public ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        return _cluster.DisposeAsync();
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static int ParentOf(int process)
    {
        var line = File.ReadLines(FormattableString.Invariant($"/proc/{process}/status")).First(text => text.StartsWith("PPid:", StringComparison.Ordinal));
        return int.Parse(line["PPid:".Length..], CultureInfo.InvariantCulture);
    }
}
