using System.Globalization;
using System.Net;
using GeoOffer.Storage;
using Npgsql;

namespace GeoOffer.Server.Hosting;

/// <summary>What the service needs to know before it starts, checked.</summary>
internal sealed record ServiceSettings
{
    /// <summary>Npgsql connection string, with the longest time of a statement.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The region that a new database is made for.</summary>
    public required RegionSettings Region { get; init; }

    /// <summary>Who publishes the data.</summary>
    public required PublisherSettings Publisher { get; init; }

    /// <summary>The greatest body of a brief, bytes.</summary>
    public required int BriefBytes { get; init; }

    /// <summary>The greatest body of a feature, bytes.</summary>
    public required int FeatureBytes { get; init; }

    /// <summary>How long a page of features may become before it ends short of its limit, bytes.</summary>
    public required long PageBytes { get; init; }

    /// <summary>The most memory that tiles may take that are kept for whoever asks next, bytes.</summary>
    public required long TileCacheBytes { get; init; }

    /// <summary>How long requests in flight may take once the service is told to stop.</summary>
    public required TimeSpan ShutdownTime { get; init; }

    /// <summary>The path under which a proxy publishes the service; empty for the root.</summary>
    public required string PathBase { get; init; }

    /// <summary>Networks of proxies whose <c>X-Forwarded-*</c> headers are believed.</summary>
    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }

    /// <summary>How tokens are checked; null when only API keys are accepted.</summary>
    public required JwtSettings? Jwt { get; init; }

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingsException">Some cannot be used; all are named.</exception>
    public static ServiceSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var settings = new ServiceSettings
        {
            ConnectionString = ReadConnectionString(reader),
            Region = ReadRegion(reader),
            Publisher = PublisherSettings.Read(reader),
            BriefBytes = reader.Whole("Limits:BriefBytes", 1024, 64 * 1024 * 1024, 1024 * 1024),
            FeatureBytes = reader.Whole("Limits:FeatureBytes", 1024, 256 * 1024 * 1024, 16 * 1024 * 1024),
            PageBytes = reader.Whole("Limits:PageMegabytes", 1, 64 * 1024, 512) * 1024L * 1024L,
            TileCacheBytes = reader.Whole("Limits:TileCacheMegabytes", 0, 64 * 1024, 64) * 1024L * 1024L,
            ShutdownTime = TimeSpan.FromSeconds(reader.Whole("Limits:ShutdownSeconds", 1, 600, 20)),
            PathBase = ReadPathBase(reader),
            TrustedProxies = ReadProxies(reader),
            Jwt = JwtSettings.Read(reader),
        };
        reader.ThrowIfFaulty();
        return settings;
    }

    /// <summary>Reads what a command needs that only speaks to the database.</summary>
    /// <exception cref="SettingsException">The connection string cannot be used.</exception>
    public static string ReadConnectionString(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var connectionString = ReadConnectionString(reader);
        reader.ThrowIfFaulty();
        return connectionString;
    }

    /// <summary>Reads the region that a new database is made for.</summary>
    /// <exception cref="SettingsException">Some settings cannot be used.</exception>
    public static RegionSettings ReadRegion(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var region = ReadRegion(reader);
        reader.ThrowIfFaulty();
        return region;
    }

    private static string ReadConnectionString(SettingsReader reader)
    {
        const string Key = "ConnectionStrings:GeoOffer";
        var text = reader.Text(Key, "an Npgsql connection string (Host=…;Database=…;Username=…)");
        var seconds = reader.Whole("Limits:StatementSeconds", 1, 3600, 30);
        try
        {
            return text.Length == 0 ? "" : new NpgsqlConnectionStringBuilder(text) { CommandTimeout = seconds }.ConnectionString;
        }
        catch (ArgumentException)
        {
            // What was written may hold a password.
            reader.Fault(Key, "an Npgsql connection string (Host=…;Database=…;Username=…)", "something else");
            return "";
        }
    }

    private static RegionSettings ReadRegion(SettingsReader reader)
    {
        var languages = reader.List("Region:Languages");
        if (languages.Count == 0 || languages.Any(language => language is not ("it" or "en")))
        {
            reader.Fault("Region:Languages", "a list of 'it' and 'en', the default first", Show(languages));
        }

        return new RegionSettings(
            reader.Text("Region:Code", "the ISTAT code of the region"),
            reader.Text("Region:NameIt", "the Italian name of the region"),
            reader.Text("Region:NameEn", "the English name of the region"),
            reader.Whole("Region:MetricSrid", 1, 999_999),
            reader.Number("Region:ScaleBound", 0, 0.1),
            ReadExtent(reader),
            languages);
    }

    private static List<double> ReadExtent(SettingsReader reader)
    {
        var texts = reader.List("Region:Extent");
        var numbers = texts
            .Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)
            .ToList();
        if (numbers is not [>= -180 and <= 180, >= -90 and <= 90, >= -180 and <= 180, >= -90 and <= 90]
            || numbers[0] >= numbers[2]
            || numbers[1] >= numbers[3])
        {
            reader.Fault("Region:Extent", "west, south, east and north in degrees", Show(texts));
        }

        return numbers;
    }

    private static string ReadPathBase(SettingsReader reader)
    {
        var path = reader.Optional("Http:PathBase")?.TrimEnd('/') ?? "";
        if (path.Length > 0 && (path[0] != '/' || !Uri.IsWellFormedUriString(path, UriKind.Relative)))
        {
            reader.Fault("Http:PathBase", "empty or a path that begins with '/'", $"'{path}'");
        }

        return path;
    }

    private static List<IPNetwork> ReadProxies(SettingsReader reader)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in reader.List("Http:TrustedProxies"))
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(text, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                reader.Fault("Http:TrustedProxies", "addresses or networks such as 10.0.0.0/8", $"'{text}'");
            }
        }

        return networks;
    }

    private static string Show(IReadOnlyList<string> texts) => texts.Count == 0 ? "not set" : $"'{string.Join(", ", texts)}'";
}
