using System.Globalization;
using System.Text;
using GeoOffer.Storage.Importing.Reading.Text;

namespace GeoOffer.Storage.Importing.Reading.Shapefiles;

/// <summary>What is found out about a .dbf by reading it once through, before its rows are given.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Text">The encoding of its text.</param>
/// <param name="Deleted">The number of records that are marked as deleted.</param>
internal sealed record TableSurvey(TableHeader Header, TableText Text, long Deleted)
{
    private const byte DeletionMark = (byte)'*';

    /// <summary>What is worth telling.</summary>
    public IReadOnlyList<string> Notices { get; private init; } = [];

    /// <summary>Whether a record is marked as deleted.</summary>
    public static bool IsDeleted(ReadOnlySpan<byte> record) => record[0] == DeletionMark;

    /// <summary>Reads a table once through.</summary>
    /// <param name="parts">The shapefile; it has a table.</param>
    /// <param name="requested">The encoding that the request states; null: that of the file.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="ImportRequestException">There is no such encoding.</exception>
    /// <exception cref="UnreadableFileException">The table is damaged.</exception>
    public static async Task<TableSurvey> MakeAsync(ShapefileParts parts, string? requested, CancellationToken cancellationToken)
    {
        var named = await ShapefileParts.ReadTextAsync(parts.Encoding, cancellationToken);
        await using var table = await TableCursor.OpenAsync(parts.Table!, Encoding.UTF8, cancellationToken);
        var header = table.Header;
        var (deleted, isAscii, isUtf8) = (0L, true, true);
        foreach (var field in header.Fields)
        {
            isAscii &= Ascii.IsValid(field.Name);
            isUtf8 &= !field.Name.Contains('\uFFFD', StringComparison.Ordinal);
        }

        var texts = header.Fields.Where(field => field.Kind == 'C').ToArray();
        while (await table.MoveNextAsync(cancellationToken))
        {
            var record = table.Record;
            if (IsDeleted(record))
            {
                deleted++;
            }
            else if (!Ascii.IsValid(record))
            {
                foreach (var field in texts)
                {
                    var cell = field.Cell(record);
                    isAscii &= Ascii.IsValid(cell);
                    isUtf8 &= TableText.IsValidUtf8(cell, field.Length);
                }
            }
        }

        List<string> notices = [];
        var text = Choose(requested, named, header.LanguageDriver, isUtf8, notices);
        if (!isAscii)
        {
            notices.Add($"the text is read as {text.Encoding.WebName}: {text.Origin}"
                + (isUtf8 && !text.IsUtf8 ? "; yet all of it is valid UTF-8: look at the names, and state --encoding utf-8 where they look wrong" : ""));
        }

        if (deleted > 0)
        {
            notices.Add(string.Create(CultureInfo.InvariantCulture, $"{deleted} records are marked as deleted in the .dbf, and left out"));
        }

        if (header.LeftOut.Count > 0)
        {
            notices.Add($"fields of memos, pictures and other types are left out: {MessageText.Shorten(string.Join(", ", header.LeftOut))}");
        }

        await using var again = await TableCursor.OpenAsync(parts.Table!, text.Encoding, cancellationToken);
        return new TableSurvey(again.Header, text, deleted) { Notices = notices };
    }

    private static TableText Choose(string? requested, string? named, byte driver, bool isUtf8, List<string> notices)
    {
        if (requested is not null)
        {
            return new TableText(TextEncodings.Get(requested), "the request states it");
        }

        if (named is not null)
        {
            if (TableText.Find(named) is { } encoding)
            {
                return new TableText(encoding, "the .cpg names it");
            }

            notices.Add($"the .cpg names the encoding {MessageText.Shorten(named)}, which is not known");
        }

        return TableText.Driver(driver) is { } stated
            ? new TableText(stated, string.Create(CultureInfo.InvariantCulture, $"the language driver 0x{driver:X2} of the .dbf says so"))
            : TableText.Found(isUtf8);
    }
}
