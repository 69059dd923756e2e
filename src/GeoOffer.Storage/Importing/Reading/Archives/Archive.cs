namespace GeoOffer.Storage.Importing.Reading.Archives;

/// <summary>Finds the file to read inside a ZIP or gzip file; it is unpacked as it is read, and nothing is written under its name.</summary>
internal static class Archive
{
    private static ReadOnlySpan<byte> ZipStart => "PK\u0003\u0004"u8;

    private static ReadOnlySpan<byte> EmptyZipStart => "PK\u0005\u0006"u8;

    private static ReadOnlySpan<byte> GzipStart => [0x1F, 0x8B];

    /// <summary>The file to read, and how: as they are given, unless the file is an archive.</summary>
    /// <exception cref="UnreadableFileException">It is an archive without a file that can be read, or with several.</exception>
    public static async Task<(ImportFile File, SourceOptions Options)> UnpackAsync(
        ImportFile file, SourceOptions options, CancellationToken cancellationToken)
    {
        var start = new byte[ZipStart.Length];
        await using (var stream = await file.OpenStreamAsync(cancellationToken))
        {
            await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        }

        if (start.AsSpan().SequenceEqual(ZipStart) || start.AsSpan().SequenceEqual(EmptyZipStart))
        {
            var zip = await ZipFileSystem.OpenAsync(file, cancellationToken);
            return ArchiveChoice.Choose(zip, options);
        }

        return start.AsSpan().StartsWith(GzipStart) ? (Gzip.Unpack(file), options) : (file, options);
    }
}
