using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace GeoOffer.Benchmarks;

/// <summary>The built command serving a database on a free port of the loopback address, as a process of its own.</summary>
internal sealed class ServedDatabase : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly HttpClient _client;
    private readonly byte[] _buffer = new byte[64 * 1024];

    private ServedDatabase(Process process, Uri address)
    {
        _process = process;
        _client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64, UseProxy = false }) { BaseAddress = address };
    }

    /// <summary>Starts it, and waits until it is ready.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="tileCacheMegabytes">How much it may keep of tiles; 0 for none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<ServedDatabase> StartAsync(string connectionString, int tileCacheMegabytes, CancellationToken cancellationToken)
    {
        var dll = Environment.GetEnvironmentVariable("GEOOFFER_DLL") ?? throw new InvalidOperationException("GEOOFFER_DLL is not set; run scripts/bench.");
        var port = FreePort();
        var start = new ProcessStartInfo("sh")
        {
            // What it logs goes nowhere, and the shell leaves the process to it.
            ArgumentList = { "-c", "exec dotnet \"$0\" serve > /dev/null", dll },
            Environment =
            {
                ["ConnectionStrings__GeoOffer"] = connectionString,
                ["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
                ["GEOOFFER__Limits__TileCacheMegabytes"] = tileCacheMegabytes.ToString(CultureInfo.InvariantCulture),
            },
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("The service does not start.");
        var served = new ServedDatabase(process, new Uri(start.Environment["ASPNETCORE_URLS"]!));
        try
        {
            await served.WaitAsync(cancellationToken);
            return served;
        }
        catch
        {
            await served.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the process has in memory, bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Takes a whole answer.</summary>
    public Task<Answer> GetAsync(string address, CancellationToken cancellationToken) => GetAsync(address, _buffer, cancellationToken);

    /// <summary>Takes a whole answer; several may at once, each with a buffer of its own.</summary>
    public async Task<Answer> GetAsync(string address, byte[] buffer, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var response = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var (bytes, first) = (0L, TimeSpan.Zero);
        for (var read = await body.ReadAsync(buffer, cancellationToken); read > 0; read = await body.ReadAsync(buffer, cancellationToken))
        {
            first = bytes == 0 ? clock.Elapsed : first;
            bytes += read;
        }

        return new Answer(bytes, first.TotalMilliseconds, clock.Elapsed.TotalMilliseconds);
    }

    /// <summary>Takes an answer as text.</summary>
    public Task<string> TextAsync(string address, CancellationToken cancellationToken) => _client.GetStringAsync(address, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(100, cancellationToken))
        {
            try
            {
                await GetAsync("health/ready", cancellationToken);
                return;
            }
            catch (HttpRequestException) when (clock.Elapsed < StartTime && !_process.HasExited)
            {
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>An answer that was taken and let go.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="First">When its first byte came, milliseconds.</param>
/// <param name="Last">When its last byte came, milliseconds.</param>
internal readonly record struct Answer(long Bytes, double First, double Last);
