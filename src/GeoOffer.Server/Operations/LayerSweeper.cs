using GeoOffer.Storage.Layers;
using Npgsql;

namespace GeoOffer.Server.Operations;

/// <summary>Sweeps now and then what replaced and dropped layers have left behind; instances take turns by themselves.</summary>
internal sealed partial class LayerSweeper(LayerStore layers, TimeProvider time, ILogger<LayerSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await layers.SweepAsync(null, stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                LogFailure(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The sweep of layers failed; the next one tries again.")]
    private partial void LogFailure(Exception exception);
}
