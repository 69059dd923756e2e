namespace GeoOffer.Storage.Importing.Reading.Text;

/// <summary>How the numbers of a table are written.</summary>
/// <param name="Columns">Per column its styles; null for columns whose texts are left alone.</param>
/// <param name="Notices">What to tell about them.</param>
internal sealed record FoundNumbers(IReadOnlyList<IReadOnlyList<NumberStyle>?> Columns, IReadOnlyList<string> Notices);

/// <summary>
/// Finds how the numbers of a table are written, column by column. What one column leaves open is settled by the others, and else by the
/// separator: where cells are separated by semicolons, commas are for decimals.
/// </summary>
internal sealed class NumberSurvey
{
    private const int MostNamed = 20;

    private readonly TextDialect _dialect;
    private readonly byte _separator;
    private readonly List<NumberColumn> _columns;
    private readonly char? _decimalMark;
    private readonly string _because;

    private NumberSurvey(IReadOnlyList<string> names, IEnumerable<CsvSampleRecord> rows, TextDialect dialect, byte separator)
    {
        (_dialect, _separator) = (dialect, separator);
        var styles = NumberStyle.All.Where(IsAdmitted).ToList();
        _columns = [.. names.Select(name => new NumberColumn(name, styles))];
        foreach (var row in rows)
        {
            for (var i = 0; i < Math.Min(_columns.Count, row.Cells.Count); i++)
            {
                if (row.Cells[i].Text is { } text)
                {
                    _columns[i].Add(text);
                }
            }
        }

        (_decimalMark, _because) = FindDecimalMark();
    }

    /// <summary>Looks at the rows of a sample.</summary>
    public static FoundNumbers Run(IReadOnlyList<string> names, IEnumerable<CsvSampleRecord> rows, TextDialect dialect, byte separator)
    {
        var survey = new NumberSurvey(names, rows, dialect, separator);
        var notices = new List<string>();
        var plan = survey._columns.Select(column => survey.Settle(column, notices)).ToList();
        var told = survey._columns.Where((column, i) => plan[i] is not null && column.HasMarks).ToList();
        if (told.Count > 0)
        {
            var more = told.Count > MostNamed ? $" and {told.Count - MostNamed} more" : "";
            notices.Insert(0, $"numbers are read in the columns {string.Join(", ", told.Take(MostNamed).Select(Tell))}{more}");
        }

        return new FoundNumbers(plan, notices);
    }

    private static string Tell(NumberColumn column) =>
        $"{MessageText.Shorten(column.Name)} ({column.Example} as {column.Styles[0].Normalise(column.Example!)})";

    private IReadOnlyList<NumberStyle>? Settle(NumberColumn column, List<string> notices)
    {
        if (column.IsOpen)
        {
            return _decimalMark == ',' || _dialect.ThousandsMark is not null ? [.. column.Styles.Where(HasMark)] : null;
        }

        if (!column.HasMarks)
        {
            return null;
        }

        if (column.IsAmbiguous)
        {
            return SettleAmbiguous(column, notices);
        }

        column.Prefer(HasMark);
        return column.IsInvariant ? null : column.Styles;
    }

    private IReadOnlyList<NumberStyle>? SettleAmbiguous(NumberColumn column, List<string> notices)
    {
        var (example, name) = (column.Example!, MessageText.Shorten(column.Name));
        var readings = string.Join(" or ", column.Styles.Select(style => style.Normalise(example)).Distinct());
        if (PositionNames.IsOrdinate(column.Name))
        {
            column.Prefer(style => example.Contains(style.DecimalMark));
            return column.IsInvariant ? null : column.Styles;
        }

        if (_decimalMark is null && !example.Contains('.'))
        {
            notices.Add($"{example} in the column {name} may be {readings}, and is left as it is: state --decimal or --thousands");
            return null;
        }

        column.Prefer(style => style.DecimalMark == (_decimalMark ?? '.'));
        if (column.IsInvariant)
        {
            return null;
        }

        notices.Add($"{example} in the column {name} may be {readings}: {_because} (state --decimal or --thousands if it is not so)");
        return column.Styles;
    }

    private (char? Mark, string Because) FindDecimalMark()
    {
        if (_dialect is { DecimalMark: not null } or { ThousandsMark: '.' or ',' })
        {
            return (_dialect.DecimalMark ?? (_dialect.ThousandsMark == '.' ? ',' : '.'), "it is read as stated");
        }

        foreach (var column in _columns.Where(column => column.IsAmbiguous && PositionNames.IsOrdinate(column.Name)))
        {
            column.Prefer(style => column.Example!.Contains(style.DecimalMark));
        }

        var marks = _columns.Select(column => column.DecimalMark).OfType<char>().Distinct().ToList();
        return (marks, _separator) switch
        {
            ([var mark], _) => (mark, $"other columns have a decimal {(mark == ',' ? "comma" : "point")}"),
            (_, (byte)';') => (',', "cells are separated by semicolons, which goes with decimal commas"),
            (_, (byte)',') => ('.', "cells are separated by commas, which goes with decimal points"),
            _ => (null, ""),
        };
    }

    private bool HasMark(NumberStyle style) => _decimalMark is null || style.DecimalMark == _decimalMark;

    private bool IsAdmitted(NumberStyle style) =>
        (_dialect.DecimalMark is not { } mark || style.DecimalMark == mark)
        && (_dialect.ThousandsMark is not { } thousands || style.ThousandsMark == NumberStyle.Kind(thousands));
}
