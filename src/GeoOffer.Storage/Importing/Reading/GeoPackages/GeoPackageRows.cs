using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GeoOffer.Storage.Importing.Reading.GeoPackages;

/// <summary>The rows of a query, one at a time; values are read where SQLite has them.</summary>
internal sealed class GeoPackageRows(SqliteCommand command, SqliteDataReader reader) : IAsyncDisposable
{
    /// <summary>The statement, for values of the row.</summary>
    public sqlite3_stmt Row => reader.Handle!;

    /// <summary>Goes on to the next row.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="UnreadableFileException">SQLite finds the file damaged.</exception>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw GeoPackageDatabase.Fault(exception, cancellationToken);
        }
    }

    /// <summary>The text of a value; null for NULL and for bytes.</summary>
    public string? Text(int column) => raw.sqlite3_column_type(Row, column) is raw.SQLITE_NULL or raw.SQLITE_BLOB
        ? null
        : raw.sqlite3_column_text(Row, column).utf8_to_string();

    /// <summary>The whole number of a value; null for anything else.</summary>
    public long? Integer(int column) =>
        raw.sqlite3_column_type(Row, column) == raw.SQLITE_INTEGER ? raw.sqlite3_column_int64(Row, column) : null;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        await command.DisposeAsync();
    }
}
