using GeoOffer.Server.Hosting;
using Microsoft.Extensions.Configuration;

namespace GeoOffer.Server.Tests;

public sealed class SettingsTests
{
    private static readonly Dictionary<string, string?> Good = new()
    {
        ["ConnectionStrings:GeoOffer"] = "Host=localhost;Database=geooffer",
        ["Region:Code"] = "03",
        ["Region:NameIt"] = "Lombardia",
        ["Region:NameEn"] = "Lombardy",
        ["Region:MetricSrid"] = "32632",
        ["Region:ScaleBound"] = "0.001",
        ["Region:Extent:0"] = "8.4",
        ["Region:Extent:1"] = "44.6",
        ["Region:Extent:2"] = "11.5",
        ["Region:Extent:3"] = "46.7",
        ["Region:Languages:0"] = "it",
        ["Region:Languages:1"] = "en",
        ["Publisher:IpaCode"] = "r_test",
        ["Publisher:Name"] = "Regione",
        ["Publisher:Url"] = "https://region.example",
        ["Publisher:PositionalAccuracyMetres"] = "10",
    };

    [Fact]
    public void Good_settings_are_taken()
    {
        var settings = Read(Good);
        Assert.Equal([8.4, 44.6, 11.5, 46.7], settings.Region.Extent);
        Assert.Equal(1024 * 1024, settings.BriefBytes);
        Assert.Equal(TimeSpan.FromSeconds(20), settings.ShutdownTime);
        Assert.Null(settings.Jwt);
    }

    [Theory]
    [InlineData("ConnectionStrings:GeoOffer", "")]
    [InlineData("ConnectionStrings:GeoOffer", "Hots=localhost")]
    [InlineData("Region:Code", null)]
    [InlineData("Region:MetricSrid", "UTM 32N")]
    [InlineData("Region:ScaleBound", "0")]
    [InlineData("Region:Extent", null, "Region:Extent:3")]
    [InlineData("Region:Extent", "44", "Region:Extent:3")]
    [InlineData("Region:Languages", "de", "Region:Languages:1")]
    [InlineData("Publisher:IpaCode", null)]
    [InlineData("Publisher:Url", "region")]
    [InlineData("Publisher:MetadataSrid", "32632")]
    [InlineData("Limits:BriefBytes", "10")]
    [InlineData("Limits:StatementSeconds", "soon")]
    [InlineData("Limits:ShutdownSeconds", "-1")]
    [InlineData("Http:PathBase", "geooffer")]
    [InlineData("Http:TrustedProxies", "proxy.example", "Http:TrustedProxies:0")]
    [InlineData("Jwt:Key", "short")]
    [InlineData("Jwt:Key", "-----BEGIN PUBLIC KEY-----\nnonsense\n-----END PUBLIC KEY-----")]
    [InlineData("Jwt:Authority", "http://issuer.example")]
    [InlineData("Jwt:Audience", null, "Jwt:Key", "a secret that is long enough for HS256")]
    [InlineData("Jwt:Issuer", null, "Jwt:Key", "a secret that is long enough for HS256")]
    public void A_bad_setting_is_named_with_what_to_do(string key, string? value, string? at = null, string? atValue = null)
    {
        var settings = new Dictionary<string, string?>(Good) { ["Jwt:Dummy"] = null };
        settings[at ?? key] = atValue ?? value;
        var fault = Assert.Throws<SettingsException>(() => Read(settings));
        Assert.Contains(fault.Faults, found => found.Key == key);
        Assert.Contains(key.Replace(":", "__", StringComparison.Ordinal), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_bad_settings_are_named_at_once_and_secrets_are_not_repeated()
    {
        var fault = Assert.Throws<SettingsException>(() => Read(new Dictionary<string, string?>(Good)
        {
            ["ConnectionStrings:GeoOffer"] = "Host=x;Passwort=hunter2",
            ["Jwt:Key"] = "swordfish",
            ["Region:MetricSrid"] = "0",
        }));
        Assert.Equal(
            ["ConnectionStrings:GeoOffer", "Jwt:Audience", "Jwt:Issuer", "Jwt:Key", "Region:MetricSrid"],
            fault.Faults.Select(found => found.Key).Order());
        Assert.DoesNotContain("hunter2", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", fault.Message, StringComparison.Ordinal);
    }

    private static ServiceSettings Read(IEnumerable<KeyValuePair<string, string?>> settings) =>
        ServiceSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
