using System.Diagnostics;
using GeoOffer.Server.Commands;
using GeoOffer.Testing;
using Microsoft.Extensions.Configuration;

namespace GeoOffer.Server.Tests;

/// <summary>The sample data with a feature in every collection and two imported layers, for the clients of others.</summary>
public sealed class ClientService(PostGisCluster cluster) : IAsyncLifetime
{
    /// <summary>Every collection there is.</summary>
    public static readonly string[] Collections =
        ["sites", "municipalities", "provinces", "agreements", "poles", "pilot-areas", "infrastructure", "constraints", "wells", "power_lines"];

    private const string Registers =
        """
        INSERT INTO geooffer.agreement (code, municipality_code, name_it, state, signed_on, geom)
        VALUES ('A-1', '015146', 'Accordo', 'signed', '2024-03-01', ST_SetSRID(ST_MakePoint(9.2, 45.4), 4326)), ('A-2', '016024', 'Senza luogo', 'unknown', NULL, NULL);
        INSERT INTO geooffer.pole (code, name_it, geom) VALUES ('P-1', 'Polo', ST_Multi(ST_MakeEnvelope(9.1, 45.4, 9.2, 45.5, 4326)));
        INSERT INTO geooffer.pilot_area (code, pole_code, name_it, geom) VALUES ('X-1', 'P-1', 'Area pilota', ST_Multi(ST_MakeEnvelope(9.12, 45.42, 9.14, 45.44, 4326)));
        INSERT INTO geooffer.constraint_area (code, kind, severity, name_it, geom)
        SELECT 'C-' || n, 'protected_area', 'informs', 'Parco ' || n, ST_Multi(ST_Difference(ST_Buffer(ST_SetSRID(ST_MakePoint(9.3 + n * 0.05, 45.55), 4326), 0.02), ST_Buffer(ST_SetSRID(ST_MakePoint(9.3 + n * 0.05, 45.55), 4326), 0.005)))
        FROM generate_series(1, 3) AS n;
        """;

    private RunningService? _service;

    internal HttpClient Client => _service!.Client;

    /// <summary>The landing page.</summary>
    internal string Landing => $"{Client.BaseAddress}ogc";

    public async ValueTask InitializeAsync()
    {
        _service = await RunningService.StartAsync(cluster, SampleData.Sql + Registers);
        await ImportAsync("wells", Enumerable.Range(0, 23).Select(n => FormattableString.Invariant(
            $$$"""{"type":"Feature","id":"w{{{n}}}","properties":{"name":"Pozzo d'acqua {{{n}}}","depth_m":{{{n * 10}}},"checked":"2024-01-{{{n + 1:00}}}"},"geometry":{"type":"Point","coordinates":[{{{9.1 + (n * 0.01)}}},45.2]}}""")));
        await ImportAsync("power_lines", Enumerable.Range(0, 9).Select(n => FormattableString.Invariant(
            $$$"""{"type":"Feature","id":"{{{n}}}","properties":{"Tensione (kV)":{{{(n % 2 == 0 ? 132 : 380)}}}},"geometry":{"type":"LineString","coordinates":[[{{{9 + (n * 0.03)}}},45.1],[9.4,45.{{{n + 1}}}5]]}}""")));
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
    }

    /// <summary>Runs a program that reads the service; skips the test where it is not installed.</summary>
    /// <returns>What it printed, errors and diagnostics last.</returns>
    internal static async Task<string> RunAsync(string program, string package, params IEnumerable<string> arguments)
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        Assert.SkipUnless(
            File.Exists(program) || folders.Any(folder => File.Exists(Path.Combine(folder, program))),
            $"needs {program}, which is not installed (apt-get install --no-install-recommends {package})");
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["QT_QPA_PLATFORM"] = "offscreen";
        using var process = Process.Start(start)!;
        var stop = TestContext.Current.CancellationToken;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.WaitForExitAsync(stop);
        Assert.True(process.ExitCode == 0, await output + await error);
        return await output + await error;
    }

    private async Task ImportAsync(string name, IEnumerable<string> features)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, $"{name}.geojson");
            await File.WriteAllTextAsync(file, $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""");
            await using var output = new StringWriter();
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(
                new Dictionary<string, string?> { ["ConnectionStrings:GeoOffer"] = _service!.ConnectionString }).Build();
            Assert.True(await CommandLine.RunAsync(["import", "layer", name, file, "--source", "made up"], output, output, configuration) == 0, output.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
