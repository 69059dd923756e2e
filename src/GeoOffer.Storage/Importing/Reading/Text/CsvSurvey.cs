namespace GeoOffer.Storage.Importing.Reading.Text;

/// <summary>How a separated text is written.</summary>
/// <param name="Layout">What a reader needs to know.</param>
/// <param name="Notices">What to tell about it.</param>
internal sealed record FoundLayout(CsvLayout Layout, IReadOnlyList<string> Notices);

/// <summary>Finds out from its beginning how a separated text is written, where the request does not say.</summary>
internal static class CsvSurvey
{
    /// <summary>Looks at a text.</summary>
    /// <param name="stream">The text as UTF-8.</param>
    /// <param name="dialect">What is stated.</param>
    /// <param name="cancellationToken">Until the sample is read.</param>
    /// <exception cref="UnreadableFileException">The text is no table, or has no line where its header should be.</exception>
    /// <exception cref="ImportRequestException">The dialect makes no sense.</exception>
    public static async Task<FoundLayout> RunAsync(Stream stream, TextDialect dialect, CancellationToken cancellationToken)
    {
        dialect.Check();
        var sample = await CsvSample.ReadAsync(stream, cancellationToken);
        var stated = SeparatorChoice.FindStated(sample, out var start);
        start = dialect.HeaderLine is { } line ? OffsetOf(sample, line) : start;
        var separator = (byte?)dialect.Separator ?? stated ?? SeparatorChoice.Find(sample, start);
        var notices = new List<string>();
        if (separator != ',')
        {
            notices.Add($"cells are separated by {Name(separator)}");
        }

        var records = sample.Cut(separator, start).ToList();
        if (records.Count == 0)
        {
            return new FoundLayout(new CsvLayout(separator) { LineBreak = sample.LineBreak, HeaderOffset = start }, notices);
        }

        var index = dialect.HeaderLine is null ? HeaderSearch.Find(records) : 0;
        var header = records[index];
        if (index > 0)
        {
            var before = records.Take(index).SelectMany(record => record.Cells).Select(cell => cell.Describe()).OfType<string>();
            notices.Add(
                $"the header is on line {header.Line}; what stands before it is left out: "
                + MessageText.Shorten(string.Join(" / ", before)));
        }

        var numbers = NumberSurvey.Run([.. header.Cells.Select(CsvHeader.Name)], records.Skip(index + 1), dialect, separator);
        return new FoundLayout(
            new CsvLayout(separator) { LineBreak = sample.LineBreak, HeaderOffset = header.Offset, Numbers = numbers.Columns },
            [.. notices, .. numbers.Notices]);
    }

    private static int OffsetOf(CsvSample sample, int line) => sample.OffsetOf(line)
        ?? throw new UnreadableFileException(new FileFault(
            FileFaultCode.Header,
            sample.IsWhole ? $"the file has no line {line} for its header" : $"line {line} is too far down for a header",
            "state the line that the header begins at, from 1, with --header-line"));

    private static string Name(byte separator) => separator switch
    {
        (byte)';' => "semicolons",
        (byte)'\t' => "tabs",
        (byte)'|' => "bars",
        (byte)' ' => "blanks",
        _ => $"'{(char)separator}'",
    };
}
