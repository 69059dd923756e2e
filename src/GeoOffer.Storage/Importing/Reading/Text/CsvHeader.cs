namespace GeoOffer.Storage.Importing.Reading.Text;

/// <summary>Names of columns out of a header.</summary>
internal static class CsvHeader
{
    /// <summary>The names: trimmed, on one line, and numbered where they are empty.</summary>
    /// <exception cref="UnreadableFileException">A name is damaged or there twice.</exception>
    public static string[] Read(IReadOnlyList<SourceValue> cells, long line)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i].Kind == SourceValueKind.Damaged)
            {
                throw new UnreadableFileException(new FileFault(
                    FileFaultCode.Encoding,
                    $"the name of column {i + 1} is damaged: {cells[i].Describe()}",
                    "state how the file is encoded with --encoding, or save it as UTF-8",
                    line));
            }
        }

        var columns = cells.Select(Name).ToArray();
        var twice = columns.GroupBy(FieldName.Normalise).FirstOrDefault(names => names.Count() > 1);
        return twice is null
            ? columns
            : throw new UnreadableFileException(new FileFault(
                FileFaultCode.Header,
                $"the header has the column {MessageText.Shorten(twice.First())} {twice.Count()} times (case and punctuation do not count)",
                "rename all but one of them",
                line));
    }

    /// <summary>The name of a column, from 0.</summary>
    public static string Name(SourceValue cell, int index)
    {
        var words = (cell.Text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var name = string.Join(' ', words).Trim('\uFEFF', '\u200B', '\u2060');
        return name.Length > 0 ? name : $"column {index + 1}";
    }
}
