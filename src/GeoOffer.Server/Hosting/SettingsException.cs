namespace GeoOffer.Server.Hosting;

/// <summary>A setting that cannot be used.</summary>
/// <param name="Key">Its name, with colons between the sections.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Got">What is there; never a secret.</param>
internal sealed record SettingFault(string Key, string Expected, string Got)
{
    /// <summary>One sentence that names the key, the environment variable and what to put there.</summary>
    public override string ToString() => $"{Key} must be {Expected}, but is {Got}: set it in appsettings.json or as {EnvironmentVariable}.";

    private string EnvironmentVariable => Key.StartsWith("ConnectionStrings:", StringComparison.Ordinal)
        ? Key.Replace(":", "__", StringComparison.Ordinal)
        : "GEOOFFER__" + Key.Replace(":", "__", StringComparison.Ordinal);
}

/// <summary>The settings cannot be used; the message lists every fault.</summary>
internal sealed class SettingsException(IReadOnlyList<SettingFault> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>Everything that is wrong.</summary>
    public IReadOnlyList<SettingFault> Faults { get; } = faults;
}
