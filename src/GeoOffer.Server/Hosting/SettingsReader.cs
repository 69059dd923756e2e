using System.Globalization;

namespace GeoOffer.Server.Hosting;

/// <summary>Reads typed settings and collects what is wrong with them.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<SettingFault> _faults = [];

    public string Text(string key, string expected)
    {
        var text = configuration[key];
        if (string.IsNullOrWhiteSpace(text))
        {
            Fault(key, expected, "not set");
        }

        return text ?? "";
    }

    public string? Optional(string key) => configuration[key] is { Length: > 0 } text ? text : null;

    public IReadOnlyList<string> List(string key) =>
        [.. configuration.GetSection(key).GetChildren().Select(child => child.Value).OfType<string>()];

    public int Whole(string key, int least, int most, int? fallback = null)
    {
        if (Optional(key) is not { } text)
        {
            return fallback ?? Missing(key, $"a whole number from {least} to {most}", 0);
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most)
        {
            return number;
        }

        Fault(key, $"a whole number from {least} to {most}", $"'{text}'");
        return 0;
    }

    public double Number(string key, double above, double below)
    {
        var expected = string.Create(CultureInfo.InvariantCulture, $"a number above {above} and below {below}");
        if (Optional(key) is not { } text)
        {
            return Missing(key, expected, 0.0);
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > above && number < below)
        {
            return number;
        }

        Fault(key, expected, $"'{text}'");
        return 0;
    }

    public void Fault(string key, string expected, string got) => _faults.Add(new SettingFault(key, expected, got));

    /// <exception cref="SettingsException">Something was wrong.</exception>
    public void ThrowIfFaulty()
    {
        if (_faults.Count > 0)
        {
            throw new SettingsException(_faults);
        }
    }

    private T Missing<T>(string key, string expected, T stand)
    {
        Fault(key, expected, "not set");
        return stand;
    }
}
