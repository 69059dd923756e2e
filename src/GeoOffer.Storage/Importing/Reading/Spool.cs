namespace GeoOffer.Storage.Importing.Reading;

/// <summary>Keeps on disk for a while what has to be read out of order.</summary>
internal static class Spool
{
    /// <summary>The stream itself when it can seek, or else a copy in a temporary file that goes with the stream.</summary>
    /// <param name="stream">What is owned from here on.</param>
    /// <param name="cancellationToken">Ends copying.</param>
    public static async Task<Stream> SeekableAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (stream.CanSeek)
        {
            return stream;
        }

        await using (stream)
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            var copy = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
            try
            {
                await stream.CopyToAsync(copy, cancellationToken);
                copy.Position = 0;
                return copy;
            }
            catch
            {
                await copy.DisposeAsync();
                throw;
            }
        }
    }
}
