using System.Globalization;

namespace GeoOffer.Storage.Importing.Reading.Text;

/// <summary>
/// Finds the header of a separated text: the first record that has as many cells as the rows after it, all of them names.
/// </summary>
internal static class HeaderSearch
{
    private const int RecordsLookedAt = 30;
    private const int EarliestYear = 1800;
    private const int LatestYear = 2200;

    /// <summary>The place of the header among the records; 0 when none stands out.</summary>
    public static int Find(IReadOnlyList<CsvSampleRecord> records)
    {
        var commonest = SeparatorChoice.CommonestCount(records);
        if (commonest == 0)
        {
            return 0;
        }

        var width = records.Where(record => record.Cells.Count == commonest).Max(FilledWidth);
        for (var i = 0; i < Math.Min(records.Count - 1, RecordsLookedAt); i++)
        {
            // Rows may end in separators without a cell, and spreadsheets leave out empty cells at the end of rows.
            if (records[i].Cells.Count >= width && !IsTitle(records[i], commonest) && records[i].Cells.All(IsName))
            {
                return i;
            }
        }

        var titles = records.TakeWhile(record => IsTitle(record, commonest)).Count();
        return titles < records.Count ? titles : 0;
    }

    private static int FilledWidth(CsvSampleRecord record) =>
        record.Cells.Count - record.Cells.Reverse().TakeWhile(cell => cell.Kind == SourceValueKind.Null).Count();

    /// <summary>A title fills a cell or two of a line, whether or not separators follow it.</summary>
    private static bool IsTitle(CsvSampleRecord record, int width) => record.FilledCells * 2 <= width;

    /// <summary>Whether a cell may name a column: it is no number, or one that is a year.</summary>
    private static bool IsName(SourceValue cell) =>
        cell.Text is not { } text
        || text.Any(char.IsLetter)
        || !text.Any(char.IsAsciiDigit)
        || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= EarliestYear and <= LatestYear);
}
