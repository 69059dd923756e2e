namespace GeoOffer.Storage.Importing.Reading.Text;

/// <summary>
/// Finds what separates the cells of a text: that which cuts most records into the same number of cells, and into many. Marks inside texts
/// and numbers do neither.
/// </summary>
internal static class SeparatorChoice
{
    private const int RecordsLookedAt = 500;
    private const string Statement = "sep=";

    private static readonly byte[] Candidates = [.. ",;\t|"u8];

    /// <summary>The separator that a text states in its first line, as spreadsheets write it; null when it does not.</summary>
    /// <param name="sample">The text.</param>
    /// <param name="next">The bytes before the line that follows.</param>
    public static byte? FindStated(CsvSample sample, out int next)
    {
        next = 0;
        var first = sample.Cut((byte)'\0', 0).FirstOrDefault();
        if (first is not { Cells: [{ Text: { } text }] }
            || !text.StartsWith(Statement, StringComparison.OrdinalIgnoreCase)
            || text[Statement.Length..] is not [var separator and < '\u0080'])
        {
            return null;
        }

        next = sample.OffsetOf((int)first.Line + 1) ?? 0;
        return (byte)separator;
    }

    /// <summary>The separator of a text.</summary>
    /// <exception cref="UnreadableFileException">The text is no table.</exception>
    public static byte Find(CsvSample sample, int offset)
    {
        var (separator, records) = Candidates
            .Select(candidate => (Separator: candidate, Records: sample.Cut(candidate, offset).Take(RecordsLookedAt).ToList()))
            .MaxBy(cut => (Score(cut.Records), cut.Records.FirstOrDefault()?.Cells.Count));
        CheckTable(records);
        return separator;
    }

    /// <summary>The commonest number of cells above one, of two equally common the greater; 0 when all records are single cells.</summary>
    public static int CommonestCount(IEnumerable<CsvSampleRecord> records) => records
        .Where(record => record.Cells.Count > 1)
        .GroupBy(record => record.Cells.Count)
        .OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key)
        .Select(group => group.Key).FirstOrDefault();

    private static double Score(List<CsvSampleRecord> records)
    {
        var commonest = CommonestCount(records);
        var alike = records.Count(record => record.Cells.Count == commonest);
        return alike < 2 ? 0 : Math.Log2(commonest) * alike / records.Count;
    }

    private static void CheckTable(List<CsvSampleRecord> records)
    {
        var single = records.Count(record => record.Cells.Count == 1);
        if (single < records.Count && single * 2 > records.Count && records[0].Cells.Count == 1)
        {
            throw new UnreadableFileException(new FileFault(
                FileFaultCode.Structure,
                $"the text is no table: {single} of its first {records.Count} lines hold a single field, as if written one field per line",
                "export it again as CSV, each row on one line with all its cells",
                records[0].Line));
        }
    }
}
