using System.Security.Cryptography;
using System.Text;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>Opens files, with what is wrong in words.</summary>
internal static class SourceFiles
{
    /// <summary>Opens a file from its beginning.</summary>
    /// <exception cref="UnreadableFileException">It cannot be opened.</exception>
    public static async ValueTask<Stream> OpenStreamAsync(this ImportFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await file.OpenAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var reason = exception switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                UnauthorizedAccessException => "it may not be read, or is a folder",
                _ => MessageText.Shorten(exception.Message),
            };
            throw new UnreadableFileException(
                new FileFault(FileFaultCode.NotOpened, reason, "check the path and its permissions"), exception);
        }
    }

    /// <summary>A text as UTF-8; letters that it does not have come as U+FFFD.</summary>
    /// <param name="text">The text, which is closed with what is returned.</param>
    /// <param name="encoding">What it is transcoded from; null when it is UTF-8.</param>
    public static Stream AsUtf8(this Stream text, Encoding? encoding) =>
        encoding is null ? text : Encoding.CreateTranscodingStream(text, encoding, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    /// <summary>SHA-256 of a file, in hexadecimal.</summary>
    public static async Task<string> Sha256Async(this ImportFile file, CancellationToken cancellationToken)
    {
        await using var stream = await file.OpenStreamAsync(cancellationToken);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}
