using SQLitePCL;

namespace GeoOffer.Storage.Importing.Reading.GeoPackages;

/// <summary>A column of a table of a GeoPackage, besides key and geometry (12-128r18, table 1).</summary>
/// <param name="Column">Its name, type and title.</param>
internal sealed record GeoPackageColumn(SourceColumn Column)
{
    /// <summary>The type of a declaration such as <c>TEXT(20)</c>; null for bytes, which are not read.</summary>
    public static SourceColumnType? TypeOf(string declared)
    {
        var name = declared.AsSpan().Trim();
        var end = name.IndexOfAny(" (");
        return (end < 0 ? name : name[..end]).ToString().ToUpperInvariant() switch
        {
            "BOOLEAN" or "BOOL" => SourceColumnType.Boolean,
            "TINYINT" or "SMALLINT" or "MEDIUMINT" or "INT" or "INTEGER" or "BIGINT" or "INT2" or "INT8" => SourceColumnType.Integer,
            "FLOAT" or "DOUBLE" or "REAL" or "NUMERIC" or "DECIMAL" => SourceColumnType.Number,
            "DATE" => SourceColumnType.Date,
            "DATETIME" or "TIMESTAMP" => SourceColumnType.Timestamp,
            "BLOB" => null,
            _ => SourceColumnType.Text,
        };
    }

    /// <summary>The value in a row; what is of another storage class than declared is given as it is.</summary>
    public SourceValue Read(sqlite3_stmt row, int ordinal) => raw.sqlite3_column_type(row, ordinal) switch
    {
        raw.SQLITE_NULL => default,
        raw.SQLITE_INTEGER => ReadInteger(raw.sqlite3_column_int64(row, ordinal)),
        raw.SQLITE_FLOAT => SourceValue.Of(raw.sqlite3_column_double(row, ordinal)),
        raw.SQLITE_BLOB => new SourceValue(SourceValueKind.Damaged, null, null),
        _ => ReadText(raw.sqlite3_column_text(row, ordinal).utf8_to_string()),
    };

    private SourceValue ReadInteger(long number) =>
        Column.Type == SourceColumnType.Boolean && number is 0 or 1 ? SourceValue.Of(number == 1) : SourceValue.Of(number);

    private SourceValue ReadText(string text) => Column.Type switch
    {
        SourceColumnType.Date => IsoTime.Day(text),
        SourceColumnType.Timestamp => IsoTime.Instant(text),
        _ => SourceValue.OfText(text),
    };
}
