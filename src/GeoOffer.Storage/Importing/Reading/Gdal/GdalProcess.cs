using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace GeoOffer.Storage.Importing.Reading.Gdal;

/// <summary>
/// A program of GDAL at work on a file that may be hostile: in a folder of its own, without shell, network and settings of the user, and ended
/// when it takes too much.
/// </summary>
/// <param name="program">Its path.</param>
/// <param name="folder">The folder that it works in.</param>
/// <param name="options">What it may use up.</param>
/// <param name="length">The length of the file that it reads, in bytes.</param>
internal sealed class GdalProcess(string program, string folder, GdalOptions options, long length)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>What of the environment an installation may need to find its parts.</summary>
    private static readonly string[] Inherited =
        ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "GDAL_DATA", "GDAL_DRIVER_PATH", "PROJ_DATA", "PROJ_LIB"];

    private static readonly (string Name, string Value)[] Settings =
    [
        ("LC_ALL", "C.UTF-8"),
        ("CPL_DEBUG", "OFF"),
        ("PROJ_NETWORK", "OFF"),

        // Nobody answers there: what a file tells to fetch is not.
        ("GDAL_HTTP_PROXY", "127.0.0.1:9"),
        ("GDAL_HTTPS_PROXY", "127.0.0.1:9"),
        ("GDAL_HTTP_MAX_RETRY", "0"),
        ("GML_DOWNLOAD_SCHEMA", "NO"),
        ("GML_SKIP_RESOLVE_ELEMS", "ALL"),
        ("GML_FIELDTYPES", "ALWAYS_STRING"),
        ("OGR_SQLITE_SYNCHRONOUS", "OFF"),
    ];

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="settings">Settings of GDAL besides those that always hold.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="UnreadableFileException">It cannot be started, or took too much.</exception>
    public async Task<GdalMessages> RunAsync(
        IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> settings, CancellationToken cancellationToken)
    {
        using var process = Start(arguments, settings);
        var messages = new GdalMessages();
        try
        {
            process.StandardInput.Close();
            var reading = Task.WhenAll(messages.ReadOutputAsync(process.StandardOutput), messages.ReadErrorsAsync(process.StandardError));
            await WatchAsync(process, cancellationToken);
            await reading.WaitAsync(cancellationToken);
            messages.HasSucceeded = process.ExitCode == 0;
            return messages;
        }
        finally
        {
            await EndAsync(process);
        }
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private Process Start(IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> settings)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        var inherited = Inherited.Select(name => (name, Environment.GetEnvironmentVariable(name))).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in ((string, string?)[])
        [
            .. inherited, .. Settings, .. settings,
            .. ((string[])["HOME", "TMPDIR", "TMP", "TEMP", "CPL_TMPDIR"]).Select(name => (name, folder)),
        ])
        {
            if (value is not null)
            {
                start.Environment[name] = value;
            }
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw GdalProgram.Missing($"GDAL cannot be run: {MessageText.Shorten(exception.Message)}", exception);
        }
    }

    private async Task WatchAsync(Process process, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var most = Math.Max(options.AlwaysWritten, options.GreatestGrowth * length);
        var exit = process.WaitForExitAsync(cancellationToken);
        while (await Task.WhenAny(exit, Task.Delay(Interval, cancellationToken)) != exit)
        {
            cancellationToken.ThrowIfCancellationRequested();
            process.Refresh();
            if (Stopwatch.GetElapsedTime(started) > options.Longest)
            {
                throw TooMuch(string.Create(CultureInfo.InvariantCulture, $"takes longer than {options.Longest}"));
            }

            if (!process.HasExited && process.WorkingSet64 > options.GreatestMemory)
            {
                throw TooMuch(string.Create(CultureInfo.InvariantCulture, $"needs more than {options.GreatestMemory >> 20} MiB of memory"));
            }

            if (Written() > most)
            {
                throw TooMuch(string.Create(CultureInfo.InvariantCulture, $"writes more than {most >> 20} MiB"));
            }
        }

        await exit;
    }

    private long Written()
    {
        long sum = 0;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
        {
            try
            {
                sum += file.LinkTarget is null ? file.Length : 0;
            }
            catch (FileNotFoundException)
            {
                // It was a temporary one.
            }
        }

        return sum;
    }

    private static UnreadableFileException TooMuch(string what) => new(new FileFault(
        FileFaultCode.RecordTooLarge, $"GDAL {what} over the file, and was ended", "convert a part of it to GeoPackage, and import that"));
}
