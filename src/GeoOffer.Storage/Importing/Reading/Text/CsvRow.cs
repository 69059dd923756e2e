using System.Globalization;

namespace GeoOffer.Storage.Importing.Reading.Text;

/// <summary>Makes rows of the cells under a header.</summary>
/// <param name="columns">The names of the columns.</param>
/// <param name="numbers">Per column the styles of its numbers; null for columns whose texts are left alone.</param>
internal sealed class CsvRow(string[] columns, IReadOnlyList<IReadOnlyList<NumberStyle>?> numbers)
{
    private long _number;

    /// <summary>The next row.</summary>
    /// <param name="cells">Its cells.</param>
    /// <param name="line">The line on which it begins.</param>
    /// <param name="faulty">Whether text follows a closing quote.</param>
    public SourceRow Next(List<SourceValue> cells, long line, bool faulty)
    {
        List<SourceFault>? doubts = null;
        var fields = new SourceField[Math.Min(cells.Count, columns.Length)];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = new SourceField(columns[i], Read(cells[i], i, ref doubts));
        }

        if (cells.Count < columns.Length)
        {
            (doubts ??= []).Add(new SourceFault(
                RejectionCode.WrongCellCount, null, null,
                $"the row has {cells.Count} cells, the header {columns.Length}: the others are taken as empty",
                "check that no line break cuts it in two"));
        }

        return new SourceRow(++_number, string.Create(CultureInfo.InvariantCulture, $"line {line}"), fields)
        {
            Columns = columns,
            Doubts = doubts ?? (IReadOnlyList<SourceFault>)[],
            Fault = Fault(cells, faulty),
        };
    }

    private SourceValue Read(SourceValue value, int column, ref List<SourceFault>? doubts)
    {
        if (value.Text is not { Length: > 1 } text)
        {
            return value;
        }

        if (text[0] == '#' && SpreadsheetError.Is(text))
        {
            (doubts ??= []).Add(new SourceFault(
                RejectionCode.WrongType, columns[column], text,
                "a spreadsheet could not compute the value: it is taken as empty", "mend the formula and export the file again"));
            return default;
        }

        if (text is ['=', '"', .., '"'])
        {
            return SourceValue.OfText(text[2..^1]);
        }

        if (column < numbers.Count && numbers[column] is { } styles)
        {
            foreach (var style in styles)
            {
                if (style.Normalise(text) is { } number)
                {
                    return value.WithNumber(number);
                }
            }
        }

        return value;
    }

    private SourceFault? Fault(List<SourceValue> cells, bool faulty)
    {
        if (faulty)
        {
            return new SourceFault(
                RejectionCode.BadQuotes, null, null,
                "text follows the closing quote of a cell", "double the quotes inside a quoted cell");
        }

        return cells.FindIndex(Math.Min(columns.Length, cells.Count), cell => cell.Kind != SourceValueKind.Null) < 0
            ? null
            : new SourceFault(
                RejectionCode.WrongCellCount, null, null,
                $"the row has {cells.Count} cells, the header {columns.Length}",
                "put quotes around cells that hold the separator or a line break");
    }
}
