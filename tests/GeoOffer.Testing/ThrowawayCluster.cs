using System.Diagnostics;

namespace GeoOffer.Testing;

/// <summary>
/// A cluster made by <c>scripts/throwaway-cluster</c>, which lives as long as its standard input is open: it goes with this process even
/// when that is killed.
/// </summary>
public sealed class ThrowawayCluster : IAsyncDisposable
{
    private readonly Process _script;

    private ThrowawayCluster(Process script, string connectionString)
    {
        _script = script;
        ConnectionString = connectionString;
    }

    /// <summary>Connects to the database <c>postgres</c> as superuser.</summary>
    public string ConnectionString { get; }

    /// <summary>Makes and starts one.</summary>
    /// <exception cref="InvalidOperationException">The cluster does not start; the message says why, in the words of the script.</exception>
    public static async Task<ThrowawayCluster> StartAsync()
    {
        var script = Process.Start(new ProcessStartInfo(Path.Combine(Checkout.Root, "scripts", "throwaway-cluster"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("scripts/throwaway-cluster does not start.");

        var complaint = script.StandardError.ReadToEndAsync();
        var connectionString = await script.StandardOutput.ReadLineAsync();
        if (connectionString is null)
        {
            await script.WaitForExitAsync();
            throw new InvalidOperationException($"No throw-away cluster: {(await complaint).Trim()}");
        }

        return new ThrowawayCluster(script, connectionString);
    }

    /// <summary>Stops and removes it.</summary>
    public async ValueTask DisposeAsync()
    {
        _script.StandardInput.Close();
        await _script.WaitForExitAsync();
        _script.Dispose();
    }
}
