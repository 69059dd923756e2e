using Npgsql;

namespace GeoOffer.Storage.Importing.Publishing;

/// <summary>Computes facts on several connections at once, a batch of neighbours each.</summary>
internal static class FactBatches
{
    private const int BatchSize = 2_000;

    /// <summary>Runs a statement for all places from 1 to the count.</summary>
    /// <param name="source">The database.</param>
    /// <param name="statement">Computes the facts of the places from $1 to $2, both included.</param>
    /// <param name="count">How many places there are.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Ends all connections.</param>
    public static async Task RunAsync(
        NpgsqlDataSource source, string statement, long count, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(new ImportProgress(ImportStage.Facts, 0, 0));
        var workers = (int)Math.Clamp((count + BatchSize - 1) / BatchSize, 0, Environment.ProcessorCount);
        using var failure = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batch = -1L;
        var done = 0L;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync()));

        async Task WorkAsync()
        {
            try
            {
                await using var worker = await source.OpenConnectionAsync(failure.Token);

                // A generic plan expects few rows of any batch, and takes ten times as long.
                await worker.ExecuteAsync("SET jit = off; SET join_collapse_limit = 1; SET plan_cache_mode = force_custom_plan", failure.Token);
                while (Interlocked.Increment(ref batch) * BatchSize is var first && first < count)
                {
                    await worker.ExecuteAsync(statement, failure.Token, first + 1, Math.Min(first + BatchSize, count));
                    var rows = Interlocked.Add(ref done, Math.Min(BatchSize, count - first));
                    progress?.Report(new ImportProgress(ImportStage.Facts, rows, (double)rows / count));
                }
            }
            catch
            {
                await failure.CancelAsync();
                throw;
            }
        }
    }
}
