namespace GeoOffer.Server.Hosting;

/// <summary>
/// Where settings come from, the later winning: <c>appsettings.json</c> beside the program, the environment, <c>GEOOFFER__…</c> of the
/// environment, the command line.
/// </summary>
internal static class Configuration
{
    private const string Prefix = "GEOOFFER__";

    public static void AddServiceSettings(this IConfigurationBuilder configuration, string[] args) => configuration
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .AddEnvironmentVariables(Prefix)
        .AddCommandLine(args);

    /// <summary>The settings of a command, outside the host.</summary>
    public static IConfiguration Read()
    {
        var configuration = new ConfigurationBuilder();
        configuration.AddServiceSettings([]);
        return configuration.Build();
    }
}
