using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace GeoOffer.Server.Tests.Faults;

/// <summary>The built command, importing in a process of its own.</summary>
internal sealed class ImporterProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private ImporterProcess(Process process) =>
        (_process, _output, _error) = (process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

    /// <summary>Starts to import a file of sites as the dataset of the test.</summary>
    public static ImporterProcess Start(string connectionString, string file) =>
        StartImport(connectionString, "sites", file, "--name", "sites", "--source", "test", "--replace");

    /// <summary>Starts to import a file as the layer <c>fields</c>, which sites are measured against.</summary>
    public static ImporterProcess StartLayer(string connectionString, string file) => StartImport(
        connectionString, "layer", "fields", file, "--role", "proximity", "--key", "code", "--title-it", "Campi", "--title-en", "Fields", "--source", "test");

    private static ImporterProcess StartImport(string connectionString, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "geooffer.dll"), "import", .. arguments, "--quiet"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment["ConnectionStrings__GeoOffer"] = connectionString;
        return new ImporterProcess(Process.Start(start)!);
    }

    /// <summary>Writes a file of so many square sites, those of a later edition a little larger.</summary>
    public static string WriteSites(int count, int edition)
    {
        var path = Path.Combine(Path.GetTempPath(), $"geooffer-sites-{Guid.NewGuid():N}.csv");
        var text = new StringBuilder("code,kind,name,description,wkt\n");
        for (var i = 0; i < count; i++)
        {
            var (x, y, side) = (8.6 + (i % 200 * 0.01), 44.9 + (i / 200 * 0.01), 0.004 + (edition * 0.0001));
            text.Append(CultureInfo.InvariantCulture, $"S{i},greenfield,Site {i},{new string('x', 500)},\"POLYGON (({x} {y}, {x + side} {y}, {x + side} {y + side}, {x} {y + side}, {x} {y}))\"\n");
        }

        File.WriteAllText(path, text.ToString());
        return path;
    }

    /// <summary>Kills it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Its exit code and all that it said.</summary>
    public async Task<(int Code, string Output, string Error)> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
        return (_process.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
