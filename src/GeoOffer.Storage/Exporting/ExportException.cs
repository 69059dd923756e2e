namespace GeoOffer.Storage.Exporting;

/// <summary>What is there cannot be written so: the format, or the reference system, has no way to say it.</summary>
/// <param name="message">What and why, in a sentence.</param>
public sealed class ExportException(string message) : Exception(message)
{
    internal ExportException(string collection, ReadOnlySpan<byte> feature, string reason)
        : this($"Feature {System.Text.Encoding.UTF8.GetString(feature)} of {collection}: {reason}.")
    {
    }
}
