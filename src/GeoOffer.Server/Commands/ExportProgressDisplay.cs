using System.Diagnostics;
using System.Globalization;
using GeoOffer.Storage.Exporting;
using Spectre.Console;

namespace GeoOffer.Server.Commands;

/// <summary>Shows how far an export is: a bar with rate and remaining time on a terminal, a line now and then elsewhere.</summary>
internal static class ExportProgressDisplay
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    /// <summary>Runs an export and shows its progress.</summary>
    public static async Task<ExportReport> RunAsync(
        IAnsiConsole console, TextWriter error, Func<IProgress<ExportProgress>, Task<ExportReport>> run)
    {
        if (!console.Profile.Capabilities.Interactive || Console.IsErrorRedirected || error != Console.Error)
        {
            return await run(new Lines(error));
        }

        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => run(new Bars(context)));
    }

    private static string Describe(ExportProgress progress, TimeSpan elapsed)
    {
        var rate = elapsed.TotalSeconds > 0.5
            ? string.Create(CultureInfo.InvariantCulture, $", {progress.Written / elapsed.TotalSeconds:N0}/s")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{progress.Collection}: {progress.Written:N0} of {progress.Total:N0} features{rate}");
    }

    private sealed class Bars(ProgressContext context) : IProgress<ExportProgress>
    {
        private string? _collection;
        private long _started;
        private ProgressTask? _task;

        public void Report(ExportProgress value)
        {
            if (_collection != value.Collection)
            {
                _task?.StopTask();
                (_collection, _started) = (value.Collection, Stopwatch.GetTimestamp());
                _task = context.AddTask(Markup.Escape(value.Collection), maxValue: Math.Max(value.Total, 1));
            }

            _task!.Description = Markup.Escape(Describe(value, Stopwatch.GetElapsedTime(_started)));
            _task.Value = value.Written;
        }
    }

    private sealed class Lines(TextWriter error) : IProgress<ExportProgress>
    {
        private string? _collection;
        private long _started;
        private long _lastLine;

        public void Report(ExportProgress value)
        {
            if (_collection != value.Collection)
            {
                (_collection, _started) = (value.Collection, Stopwatch.GetTimestamp());
                _lastLine = _started;
            }
            else if (Stopwatch.GetElapsedTime(_lastLine) >= LineInterval)
            {
                _lastLine = Stopwatch.GetTimestamp();
                error.WriteLine(Describe(value, Stopwatch.GetElapsedTime(_started)));
            }
        }
    }
}
