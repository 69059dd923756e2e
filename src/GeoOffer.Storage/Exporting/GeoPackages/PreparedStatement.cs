using SQLitePCL;

namespace GeoOffer.Storage.Exporting.GeoPackages;

/// <summary>A statement that is run once per row; parameters are numbered from 1, and those that are not bound are null.</summary>
internal sealed class PreparedStatement(GeoPackageFile file, sqlite3_stmt statement) : IDisposable
{
    public void Bind(int parameter, long value) => file.Check(raw.sqlite3_bind_int64(statement, parameter, value));

    public void Bind(int parameter, double value) => file.Check(raw.sqlite3_bind_double(statement, parameter, value));

    public void BindText(int parameter, ReadOnlySpan<byte> utf8) => file.Check(utf8.IsEmpty
        ? raw.sqlite3_bind_text(statement, parameter, "")
        : raw.sqlite3_bind_text(statement, parameter, utf8));

    public void BindBytes(int parameter, ReadOnlySpan<byte> bytes) => file.Check(raw.sqlite3_bind_blob(statement, parameter, bytes));

    /// <summary>Runs it, and forgets what was bound.</summary>
    public void Run()
    {
        if (raw.sqlite3_step(statement) is var result and not raw.SQLITE_DONE)
        {
            file.Check(result);
        }

        file.Check(raw.sqlite3_reset(statement));
        file.Check(raw.sqlite3_clear_bindings(statement));
    }

    /// <inheritdoc/>
    public void Dispose() => statement.Dispose();
}
