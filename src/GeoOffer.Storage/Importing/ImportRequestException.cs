namespace GeoOffer.Storage.Importing;

/// <summary>A request that cannot be meant so: an unknown collection or field, or settings that exclude each other.</summary>
/// <param name="setting">The setting at fault, as <see cref="ImportRequest"/> names it.</param>
/// <param name="reason">What is wrong, with what would be right.</param>
public sealed class ImportRequestException(string setting, string reason) : Exception(reason)
{
    /// <summary>The setting at fault.</summary>
    public string Setting { get; } = setting;
}
