using System.Diagnostics;
using System.Globalization;
using GeoOffer.Storage.Importing;
using Spectre.Console;

namespace GeoOffer.Server.Commands;

/// <summary>Shows how far an import is: a bar with rate and remaining time on a terminal, plain lines elsewhere.</summary>
internal static class ImportProgressDisplay
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    /// <summary>Runs an import and shows its progress.</summary>
    public static async Task<ImportReport> RunAsync(
        IAnsiConsole console, TextWriter error, Func<IProgress<ImportProgress>, Task<ImportReport>> run)
    {
        if (!console.Profile.Capabilities.Interactive || Console.IsErrorRedirected || error != Console.Error)
        {
            return await run(new Lines(error));
        }

        return await console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn(),
                new SpinnerColumn())
            .StartAsync(context => run(new Bars(context)));
    }

    private static string Describe(ImportProgress progress, double seconds)
    {
        var rows = progress.Rows.ToString("N0", CultureInfo.InvariantCulture);
        return progress.Stage switch
        {
            ImportStage.Reading => $"reading: {rows} rows{Rate(progress.Rows, seconds)}",
            ImportStage.Comparing => $"comparing {rows} rows with the data",
            ImportStage.Facts when progress.Rows == 0 => "distances and overlaps of sites",
            ImportStage.Facts => $"distances and overlaps: {rows} sites{Rate(progress.Rows, seconds)}",
            _ => $"publishing {rows} rows",
        };
    }

    private static string Rate(long rows, double seconds) =>
        seconds > 0.5 ? string.Create(CultureInfo.InvariantCulture, $", {rows / seconds:N0}/s") : "";

    private sealed class Bars(ProgressContext context) : IProgress<ImportProgress>
    {
        private readonly Lock _lock = new();
        private ImportStage? _stage;
        private ProgressTask? _task;

        public void Report(ImportProgress value)
        {
            lock (_lock)
            {
                if (_stage != value.Stage)
                {
                    _task?.StopTask();
                    _stage = value.Stage;
                    _task = context.AddTask(Markup.Escape(Describe(value, 0)));
                    _task.IsIndeterminate = value.Share is null;
                }

                _task!.Description = Markup.Escape(Describe(value, _task.ElapsedTime?.TotalSeconds ?? 0));
                _task.Value = 100 * (value.Share ?? 0);
            }
        }
    }

    private sealed class Lines(TextWriter error) : IProgress<ImportProgress>
    {
        private readonly Lock _lock = new();
        private ImportStage? _stage;
        private long _stageStarted;
        private long _lastLine;

        public void Report(ImportProgress value)
        {
            lock (_lock)
            {
                var isNew = _stage != value.Stage;
                if (isNew)
                {
                    (_stage, _stageStarted) = (value.Stage, Stopwatch.GetTimestamp());
                }

                if (isNew || Stopwatch.GetElapsedTime(_lastLine) >= LineInterval)
                {
                    _lastLine = Stopwatch.GetTimestamp();
                    error.WriteLine(Describe(value, Stopwatch.GetElapsedTime(_stageStarted).TotalSeconds) + Remaining(value));
                }
            }
        }

        private string Remaining(ImportProgress value)
        {
            var seconds = Stopwatch.GetElapsedTime(_stageStarted).TotalSeconds;
            return value.Share is > 0.01 and < 1 and var share && seconds > 1
                ? string.Create(
                    CultureInfo.InvariantCulture, $", {share:P0}, {TimeSpan.FromSeconds(seconds * (1 - share) / share):m\\:ss} left")
                : "";
        }
    }
}
