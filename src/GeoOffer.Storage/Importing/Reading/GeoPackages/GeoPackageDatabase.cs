using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GeoOffer.Storage.Importing.Reading.GeoPackages;

/// <summary>
/// An SQLite file opened for reading, as what may be hostile: nothing in its schema is trusted, no value is longer than a record may be,
/// and everything that SQLite says is wrong with it is a fault of the file.
/// </summary>
internal sealed class GeoPackageDatabase : IAsyncDisposable
{
    private const int NoticeInterval = 10_000;
    private const int SecondsForLock = 5;

    private readonly SqliteConnection _connection;
    private readonly TemporaryFile? _copy;
    private CancellationToken _cancellationToken;

    private GeoPackageDatabase(SqliteConnection connection, TemporaryFile? copy) => (_connection, _copy) = (connection, copy);

    /// <summary>Opens a file; a copy of it, when it has no path.</summary>
    /// <exception cref="UnreadableFileException">It is no SQLite database, or cannot be opened.</exception>
    public static async Task<GeoPackageDatabase> OpenAsync(ImportFile file, CancellationToken cancellationToken)
    {
        var copy = file.Path is null ? await Spool.ToFileAsync(file, "copy.gpkg", cancellationToken) : null;
        try
        {
            return await OpenAsync(copy?.Path ?? Path.GetFullPath(file.Path!), copy, cancellationToken);
        }
        catch
        {
            await (copy?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    /// <summary>The rows of a query.</summary>
    /// <param name="sql">The query; names in it are quoted by <see cref="Quote"/>.</param>
    /// <param name="parameter">The value of <c>$p</c>.</param>
    /// <param name="cancellationToken">Interrupts the query, also between two rows.</param>
    /// <exception cref="UnreadableFileException">SQLite finds the file damaged.</exception>
    public async Task<GeoPackageRows> QueryAsync(string sql, string? parameter, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        var command = _connection.CreateCommand();
        try
        {
            command.CommandText = sql;
            if (parameter is not null)
            {
                command.Parameters.AddWithValue("$p", parameter);
            }

            return new GeoPackageRows(command, await command.ExecuteReaderAsync(cancellationToken));
        }
        catch (SqliteException exception)
        {
            await command.DisposeAsync();
            throw Fault(exception, cancellationToken);
        }
    }

    /// <summary>A name as SQL has it.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await (_copy?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>What SQLite says, as the fault that it is.</summary>
    public static Exception Fault(SqliteException exception, CancellationToken cancellationToken) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_INTERRUPT when cancellationToken.IsCancellationRequested => new OperationCanceledException(cancellationToken),
        raw.SQLITE_TOOBIG => ForwardBytes.TooLarge(),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new UnreadableFileException(
            new FileFault(FileFaultCode.NotOpened, "the file is locked by another program", "close it there"), exception),
        raw.SQLITE_NOTADB => new UnreadableFileException(
            new FileFault(FileFaultCode.UnknownFormat, "the file is no SQLite database, or is encrypted", "export it again"), exception),
        _ => new UnreadableFileException(
            new FileFault(
                FileFaultCode.Structure,
                $"the GeoPackage is damaged: {MessageText.Shorten(exception.Message.TrimEnd('.'))}",
                "copy or export it again"),
            exception),
    };

    private static async Task<GeoPackageDatabase> OpenAsync(string path, TemporaryFile? copy, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenSourceAsync(path, copy, cancellationToken);
        }
        catch (SqliteException exception) when (
            exception.SqliteErrorCode is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_IOERR && File.Exists(path))
        {
            // In a folder that cannot be written SQLite cannot lock a file in WAL mode; it need not, if nobody else writes there either.
            if (Holds(path + "-wal") || Holds(path + "-journal"))
            {
                throw new UnreadableFileException(
                    new FileFault(
                        FileFaultCode.NotOpened,
                        "the GeoPackage was not closed: some of its rows lie in a -wal or -journal file beside it",
                        "close it in the program that has it open, or copy both to a folder that can be written"),
                    exception);
            }

            try
            {
                return await OpenSourceAsync($"file:{Uri.EscapeDataString(path)}?immutable=1", copy, cancellationToken);
            }
            catch (SqliteException again)
            {
                throw Fault(again, cancellationToken);
            }
        }
        catch (SqliteException exception)
        {
            throw Fault(exception, cancellationToken);
        }
    }

    private static async Task<GeoPackageDatabase> OpenSourceAsync(string source, TemporaryFile? copy, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
            DefaultTimeout = SecondsForLock,
        }.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            var database = new GeoPackageDatabase(connection, copy);
            raw.sqlite3_limit(connection.Handle!, raw.SQLITE_LIMIT_LENGTH, SourceReader.LargestRecord);
            raw.sqlite3_progress_handler(
                connection.Handle!, NoticeInterval, _ => database._cancellationToken.IsCancellationRequested ? 1 : 0, null);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; SELECT count(*) FROM sqlite_schema";
            await command.ExecuteScalarAsync(cancellationToken);
            return database;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static bool Holds(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };
}
