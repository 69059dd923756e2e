using GeoOffer.Query.Crs;

namespace GeoOffer.Server.Hosting;

/// <summary>Who publishes the data, as metadata and catalogues must say.</summary>
/// <param name="IpaCode">The code in the index of public administrations, which begins the identifiers of metadata.</param>
/// <param name="Name">The name of the organisation.</param>
/// <param name="Url">Its address in the web.</param>
/// <param name="Email">Where it can be written to; null when that is not set, which RNDT does not accept.</param>
/// <param name="ReferenceSystem">The reference system that metadata declare: one of the list of RNDT.</param>
/// <param name="ScaleDenominator">The scale that the data are fit for.</param>
/// <param name="PositionalAccuracyMetres">The positional accuracy.</param>
internal sealed record PublisherSettings(
    string IpaCode, string Name, string Url, string? Email, ReferenceSystem ReferenceSystem, int ScaleDenominator, double PositionalAccuracyMetres)
{
    // The systems of the list of RNDT that are served. It lacks the one that most data are measured in.
    private static readonly int[] Listed = [25832, 6707, 7791, 3003, 4326];

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingsException">Some cannot be used; all are named.</exception>
    public static PublisherSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var settings = Read(reader);
        reader.ThrowIfFaulty();
        return settings;
    }

    internal static PublisherSettings Read(SettingsReader reader)
    {
        var srid = reader.Whole("Publisher:MetadataSrid", 1, 999_999, 25832);
        if (!Listed.Contains(srid))
        {
            reader.Fault("Publisher:MetadataSrid", $"a reference system of the list of RNDT: {string.Join(", ", Listed)}", $"'{srid}'");
            srid = Listed[0];
        }

        var url = reader.Text("Publisher:Url", "the address of the organisation in the web");
        if (url.Length > 0 && !Uri.IsWellFormedUriString(url, UriKind.Absolute))
        {
            reader.Fault("Publisher:Url", "an absolute address", $"'{url}'");
        }

        return new PublisherSettings(
            reader.Text("Publisher:IpaCode", "the code of the organisation in the index of public administrations"),
            reader.Text("Publisher:Name", "the name of the organisation"),
            url,
            reader.Optional("Publisher:Email"),
            CoordinateSystems.Get(srid),
            reader.Whole("Publisher:ScaleDenominator", 1, 100_000_000, 10_000),
            reader.Number("Publisher:PositionalAccuracyMetres", 0, 1e6));
    }
}
