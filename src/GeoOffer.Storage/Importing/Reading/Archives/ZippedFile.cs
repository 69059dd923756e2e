namespace GeoOffer.Storage.Importing.Reading.Archives;

/// <summary>A file in a ZIP archive.</summary>
/// <param name="Archive">The archive.</param>
/// <param name="Ordinal">Its place among the entries: names may be there twice.</param>
/// <param name="FullName">Its name with folders. It is compared and shown, and never used as a path.</param>
/// <param name="Length">Its length in bytes, as the archive states it.</param>
internal sealed record ZippedFile(ImportFile Archive, int Ordinal, string FullName, long Length)
{
    /// <summary>Its name without folders.</summary>
    public string Name => FullName[Folder.Length..];

    /// <summary>Its folders, with the slash after them.</summary>
    public string Folder => FullName[..(FullName.LastIndexOfAny(['/', '\\']) + 1)];

    /// <summary>Whether an entry is a file of its own, not a folder or what macOS leaves behind.</summary>
    public static bool IsFile(string fullName) =>
        fullName.Length > 0
        && fullName[^1] is not ('/' or '\\')
        && !fullName.StartsWith("__MACOSX/", StringComparison.OrdinalIgnoreCase)
        && !fullName[(fullName.LastIndexOfAny(['/', '\\']) + 1)..].StartsWith('.');

    /// <summary>The file, to be read.</summary>
    public ImportFile ToImportFile() => new(Name, async cancellationToken => await OpenAsync(cancellationToken), Length);

    private async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        var archive = await ZipFileSystem.OpenArchiveAsync(Archive, cancellationToken);
        try
        {
            // Another file may have been put in the place of the archive since it was listed.
            var entry = Ordinal < archive.Entries.Count ? archive.Entries[Ordinal] : throw UnpackedStream.Damaged();
            if (entry.IsEncrypted)
            {
                throw new UnreadableFileException(new FileFault(
                    FileFaultCode.NotOpened, $"{MessageText.Shorten(FullName)} is encrypted in the archive", "unpack it with its password"));
            }

            var check = new ArchiveCheck(entry.Crc32, (uint)entry.Length, entry.Length);
            return new UnpackedStream(await entry.OpenAsync(cancellationToken), entry.CompressedLength, check, archive);
        }
        catch (Exception exception)
        {
            await archive.DisposeAsync();
            if (exception is InvalidDataException or EndOfStreamException or IOException)
            {
                throw UnpackedStream.Damaged(exception);
            }

            throw;
        }
    }
}
