using System.IO.Compression;
using System.Text;

namespace GeoOffer.Storage.Importing.Reading.Archives;

/// <summary>The files in a ZIP archive; each is opened by opening the archive again, so that several can be read at once.</summary>
/// <param name="Name">The name of the archive.</param>
/// <param name="Entries">Its files, without folders and what macOS leaves behind.</param>
internal sealed record ZipFileSystem(string Name, IReadOnlyList<ZippedFile> Entries)
{
    private const string OpenDocument = "application/vnd.oasis.opendocument.";

    /// <summary>Lists an archive.</summary>
    /// <exception cref="UnreadableFileException">It is damaged, encrypted, or an office document, which is an archive too.</exception>
    public static async Task<ZipFileSystem> OpenAsync(ImportFile file, CancellationToken cancellationToken)
    {
        await using var archive = await OpenArchiveAsync(file, cancellationToken);
        await RefuseDocumentAsync(file, archive, cancellationToken);
        var entries = new List<ZippedFile>();
        for (var i = 0; i < archive.Entries.Count; i++)
        {
            if (ZippedFile.IsFile(archive.Entries[i].FullName))
            {
                entries.Add(new ZippedFile(file, i, archive.Entries[i].FullName, archive.Entries[i].Length));
            }
        }

        return new ZipFileSystem(file.Name, entries);
    }

    /// <summary>Opens an archive.</summary>
    /// <exception cref="UnreadableFileException">It is damaged.</exception>
    public static async Task<ZipArchive> OpenArchiveAsync(ImportFile file, CancellationToken cancellationToken)
    {
        var stream = await Spool.SeekableAsync(await file.OpenStreamAsync(cancellationToken), cancellationToken);
        try
        {
            await ZipDirectory.CheckAsync(stream, cancellationToken);
            stream.Position = 0;
            var archive = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Read, leaveOpen: false, entryNameEncoding: null, cancellationToken);

            // The directory is read when it is first asked for, and found to be damaged then.
            _ = archive.Entries;
            return archive;
        }
        catch (Exception exception)
        {
            await stream.DisposeAsync();
            if (exception is InvalidDataException or EndOfStreamException or ArgumentException or IOException)
            {
                throw UnpackedStream.Damaged(exception);
            }

            throw;
        }
    }

    private static async Task RefuseDocumentAsync(ImportFile file, ZipArchive archive, CancellationToken cancellationToken)
    {
        var document = archive.GetEntry("xl/workbook.xml") is not null ? "an Excel workbook (XLSX)"
            : archive.GetEntry("xl/workbook.bin") is not null ? "an Excel workbook (XLSB)"
            : archive.GetEntry("word/document.xml") is not null ? "a Word document (DOCX)"
            : await IsOpenDocumentAsync(archive, cancellationToken) ? "an OpenDocument file (ODS)"
            : null;
        if (document is not null)
        {
            var isCalledText = Path.GetExtension(file.Name).ToUpperInvariant() is ".CSV" or ".TSV" or ".TXT";
            throw new UnreadableFileException(new FileFault(
                FileFaultCode.UnknownFormat, $"the file is {document}{(isCalledText ? ", not CSV" : "")}", "save the sheet as CSV"));
        }
    }

    private static async Task<bool> IsOpenDocumentAsync(ZipArchive archive, CancellationToken cancellationToken)
    {
        if (archive.GetEntry("mimetype") is not { } entry)
        {
            return false;
        }

        try
        {
            await using var stream = await entry.OpenAsync(cancellationToken);
            var start = new byte[OpenDocument.Length];
            await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
            return Encoding.ASCII.GetString(start) == OpenDocument;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw UnpackedStream.Damaged(exception);
        }
    }
}
