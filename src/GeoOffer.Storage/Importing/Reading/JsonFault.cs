using System.Text.Json;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>Broken JSON in words.</summary>
internal static class JsonFault
{
    /// <summary>The fault of a document that was read from its beginning.</summary>
    public static FileFault Of(JsonException exception) => new(
        FileFaultCode.Syntax,
        $"the JSON is broken: {Reason(exception)}",
        "export the file again; a copy or download may have been cut",
        exception.LineNumber + 1,
        exception.BytePositionInLine + 1);

    /// <summary>What the parser says, without the position, which is told apart.</summary>
    public static string Reason(JsonException exception)
    {
        var position = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return MessageText.Shorten((position < 0 ? exception.Message : exception.Message[..position]).TrimEnd('.'));
    }
}
