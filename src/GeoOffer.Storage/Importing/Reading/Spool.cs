namespace GeoOffer.Storage.Importing.Reading;

/// <summary>Keeps on disk for a while what has to be read out of order, or by its path.</summary>
internal static class Spool
{
    /// <summary>The stream itself when it can seek, or else a copy in a temporary file that goes with the stream.</summary>
    /// <param name="stream">What is owned from here on.</param>
    /// <param name="cancellationToken">Ends copying.</param>
    /// <exception cref="UnreadableFileException">There is no room for the copy.</exception>
    public static async Task<Stream> SeekableAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (stream.CanSeek)
        {
            return stream;
        }

        await using (stream)
        {
            return await CopyAsync(
                stream, Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileOptions.DeleteOnClose, cancellationToken);
        }
    }

    /// <summary>A copy of a file in a temporary folder, under the given name.</summary>
    /// <exception cref="UnreadableFileException">The file cannot be read, or there is no room for the copy.</exception>
    public static async Task<TemporaryFile> ToFileAsync(ImportFile file, string name, CancellationToken cancellationToken)
    {
        var copy = TemporaryFile.Create(name);
        try
        {
            await CopyAsync(file, copy.Path, cancellationToken);
            return copy;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    /// <summary>Copies a file to a path where there is none.</summary>
    /// <returns>Its length in bytes.</returns>
    /// <exception cref="UnreadableFileException">The file cannot be read, or there is no room for the copy.</exception>
    public static async Task<long> CopyAsync(ImportFile file, string path, CancellationToken cancellationToken)
    {
        await using var stream = await file.OpenStreamAsync(cancellationToken);
        await using var copy = await CopyAsync(stream, path, FileOptions.None, cancellationToken);
        return copy.Length;
    }

    private static async Task<FileStream> CopyAsync(Stream stream, string path, FileOptions fileOptions, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.Asynchronous | fileOptions,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        FileStream? copy = null;
        try
        {
            copy = new FileStream(path, options);
            await stream.CopyToAsync(copy, cancellationToken);
            await copy.FlushAsync(cancellationToken);
            copy.Position = 0;
            return copy;
        }
        catch (Exception exception)
        {
            await (copy?.DisposeAsync() ?? ValueTask.CompletedTask);
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw new UnreadableFileException(
                    new FileFault(
                        FileFaultCode.NotOpened,
                        $"it cannot be unpacked to {Path.GetTempPath()}: {MessageText.Shorten(exception.Message)}",
                        "make room there, or unpack it yourself"),
                    exception);
            }

            throw;
        }
    }
}
