using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(GeoOffer.PostGis.Tests.PostGisCluster))]

namespace GeoOffer.PostGis.Tests;

/// <summary>A throw-away PostgreSQL cluster with one PostGIS database, on the loopback address.</summary>
public sealed class PostGisCluster : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"geooffer-cluster-{Guid.NewGuid():N}");
    private bool _started;

    /// <summary>Connections of the cluster's owner, with NetTopologySuite mapped.</summary>
    public NpgsqlDataSource DataSource { get; private set; } = null!;

    public string ConnectionString { get; private set; } = "";

    private string DataFolder => Path.Combine(_folder, "data");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_folder);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres", _folder);
        }

        await RunAsOwnerAsync("initdb", "-D", DataFolder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        var port = FreePort();
        await RunAsOwnerAsync(
            "pg_ctl", "-D", DataFolder, "-l", Path.Combine(_folder, "log"), "-w", "start", "-o",
            $"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories={_folder} -c fsync=off -c full_page_writes=off");
        _started = true;

        ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Maximum Pool Size=8";
        var builder = new NpgsqlDataSourceBuilder(ConnectionString);
        builder.UseNetTopologySuite();
        DataSource = builder.Build();

        await using var connection = await DataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("CREATE EXTENSION postgis", connection);
        await command.ExecuteNonQueryAsync();
        await connection.ReloadTypesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_started)
        {
            await DataSource.DisposeAsync();
            await RunAsOwnerAsync("pg_ctl", "-D", DataFolder, "-m", "immediate", "-w", "stop");
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string ProgramPath(string program)
    {
        const string Debian = "/usr/lib/postgresql";
        var folder = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(path => path, StringComparer.Ordinal).FirstOrDefault()
            : null;
        return folder is null ? program : Path.Combine(folder, "bin", program);
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static Task RunAsOwnerAsync(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess
            ? RunAsync("runuser", ["-u", "postgres", "--", ProgramPath(program), .. arguments])
            : RunAsync(ProgramPath(program), arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Pipes would be inherited by the daemon and never close; it has its own log.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = Path.GetTempPath() };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("""exec "$0" "$@" </dev/null >/dev/null 2>&1""");
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
    }
}
