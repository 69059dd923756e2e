using System.Text;

namespace GeoOffer.Storage.Importing.Reading.Text;

/// <summary>Opens files of text formats: finds out how the text is written, then makes a source that reads it as UTF-8.</summary>
internal static class TextFiles
{
    /// <summary>Opens a file of a text format.</summary>
    /// <exception cref="UnreadableFileException">It cannot be opened.</exception>
    /// <exception cref="ImportRequestException">The dialect makes no sense.</exception>
    public static async Task<Source> OpenAsync(
        ImportFile file, SourceFormat format, TextDialect dialect, CancellationToken cancellationToken)
    {
        var found = dialect.Encoding is { } name ? State(TextEncodings.Get(name)) : await SurveyAsync(file, cancellationToken);
        var notices = found.Notice is null ? [] : new List<string> { found.Notice };
        Func<SourceReader> makeReader = format == SourceFormat.GeoJson ? () => new GeoJsonReader() : () => new GeoJsonSeqReader();
        if (format == SourceFormat.Csv)
        {
            await using var stream = (await file.OpenStreamAsync(cancellationToken)).AsUtf8(found.Encoding);
            var (layout, more) = await CsvSurvey.RunAsync(stream, dialect, cancellationToken);
            notices.AddRange(more);
            makeReader = () => new CsvSourceReader(layout);
        }

        return new StreamSource(file, new SourceDescription(format) { Notices = notices }, makeReader, found.Encoding);
    }

    private static FoundEncoding State(Encoding encoding) => new(encoding is UTF8Encoding ? null : encoding, null);

    private static async Task<FoundEncoding> SurveyAsync(ImportFile file, CancellationToken cancellationToken)
    {
        await using var stream = await file.OpenStreamAsync(cancellationToken);
        return await EncodingSurvey.RunAsync(stream, cancellationToken);
    }
}
