using GeoOffer.PostGis;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Paging;
using GeoOffer.Query.Sql;
using Npgsql;

namespace GeoOffer.Storage.Reading;

/// <summary>
/// Rows of features as they arrive from PostgreSQL, one at a time and forward only, so that memory stays flat whatever their number.
/// A cancelled read cancels the query in the database; disposing frees the connection.
/// </summary>
public sealed class RowCursor : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlDataReader _reader;

    private RowCursor(NpgsqlConnection connection, NpgsqlCommand command, NpgsqlDataReader reader, FeatureColumns columns)
    {
        _connection = connection;
        _command = command;
        _reader = reader;
        Columns = columns;
    }

    /// <summary>What the columns are.</summary>
    public FeatureColumns Columns { get; }

    /// <summary>The feature id of the row.</summary>
    public string Key => _reader.GetString(FeatureColumns.KeyOrdinal);

    /// <summary>The geometry of the row, in the storage reference system of its collection; null when it has none or none was asked for.</summary>
    public Ewkb? Geometry => Columns.GeometryOrdinal is { } ordinal && !_reader.IsDBNull(ordinal) ? _reader.GetFieldValue<Ewkb>(ordinal) : null;

    /// <summary>The position of the row: where the page after it begins.</summary>
    public Cursor Position(FeatureQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new Cursor([.. query.Order.Keys.Zip(Columns.SortOrdinals, (key, ordinal) => Read(ordinal, key.Property.Type))]);
    }

    /// <summary>Moves to the next row.</summary>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => new(_reader.ReadAsync(cancellationToken));

    /// <summary>Whether the value of a property of <see cref="FeatureColumns.Properties"/> is missing.</summary>
    public bool IsNull(int property) => _reader.IsDBNull(Columns.FirstPropertyOrdinal + property);

    /// <summary>Text of a property.</summary>
    public string GetText(int property) => _reader.GetString(Columns.FirstPropertyOrdinal + property);

    /// <summary>Whole number of a property.</summary>
    public long GetInteger(int property) => _reader.GetInt64(Columns.FirstPropertyOrdinal + property);

    /// <summary>Number of a property.</summary>
    public double GetNumber(int property) => _reader.GetDouble(Columns.FirstPropertyOrdinal + property);

    /// <summary>Truth of a property.</summary>
    public bool GetBoolean(int property) => _reader.GetBoolean(Columns.FirstPropertyOrdinal + property);

    /// <summary>Date of a property.</summary>
    public DateOnly GetDate(int property) => _reader.GetFieldValue<DateOnly>(Columns.FirstPropertyOrdinal + property);

    /// <summary>Instant of a property, in UTC.</summary>
    public DateTimeOffset GetTimestamp(int property) => _reader.GetFieldValue<DateTimeOffset>(Columns.FirstPropertyOrdinal + property);

    /// <summary>Texts of a property.</summary>
    public string[] GetTextArray(int property) => _reader.GetFieldValue<string[]>(Columns.FirstPropertyOrdinal + property);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }

    internal static async Task<RowCursor> OpenAsync(NpgsqlDataSource source, FeatureStatement statement, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        NpgsqlCommand? command = null;
        try
        {
            command = statement.Sql.ToCommand(connection);
            var reader = await command.ExecuteReaderAsync(cancellationToken);
            return new RowCursor(connection, command, reader, statement.Columns);
        }
        catch
        {
            if (command is not null)
            {
                await command.DisposeAsync();
            }

            await connection.DisposeAsync();
            throw;
        }
    }

    private Value? Read(int ordinal, PropertyType type) => _reader.IsDBNull(ordinal)
        ? null
        : type switch
        {
            PropertyType.Text => new Value.Text(_reader.GetString(ordinal)),
            PropertyType.Integer => new Value.Integer(_reader.GetInt64(ordinal)),
            PropertyType.Number => new Value.Number(_reader.GetDouble(ordinal)),
            PropertyType.Boolean => new Value.Boolean(_reader.GetBoolean(ordinal)),
            PropertyType.Date => new Value.Date(_reader.GetFieldValue<DateOnly>(ordinal)),
            PropertyType.Timestamp => new Value.Timestamp(_reader.GetFieldValue<DateTimeOffset>(ordinal)),
            _ => throw new InvalidOperationException($"No order is made by {type}."),
        };
}
