using System.Text;
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
    private readonly NpgsqlConnection? _connection;
    private readonly RecordCursor _record;

    private RowCursor(NpgsqlConnection? connection, RecordCursor record) => (_connection, _record) = (connection, record);

    /// <summary>What the columns are.</summary>
    public FeatureColumns Columns => _record.Columns;

    /// <summary>The feature id of the row.</summary>
    public string Key => Encoding.UTF8.GetString(_record.Key);

    /// <summary>The feature id of the row, in UTF-8.</summary>
    public ReadOnlySpan<byte> KeyUtf8 => _record.Key;

    /// <summary>
    /// The geometry of the row, in the storage reference system of its collection, for the rest of the row; null when it has none or none
    /// was asked for.
    /// </summary>
    public Ewkb? Geometry => _record.HasGeometry ? new Ewkb(_record.GeometryBytes) : null;

    /// <summary>The revision of the feature itself; null where it is not read.</summary>
    public long? Revision => Columns.RevisionOrdinal is { } ordinal ? _record.IntegerAt(ordinal) : null;

    /// <summary>The position of the row: where the page after it begins.</summary>
    public Cursor Position(FeatureQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new Cursor([.. query.Order.Keys.Zip(Columns.SortOrdinals, (key, ordinal) => Read(ordinal, key.Property.Type))]);
    }

    /// <summary>Moves to the next row.</summary>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => _record.ReadAsync(cancellationToken);

    /// <summary>Whether the value of a property of <see cref="FeatureColumns.Properties"/> is missing.</summary>
    public bool IsNull(int property) => _record.IsNull(property);

    /// <summary>Text of a property.</summary>
    public string GetText(int property) => Encoding.UTF8.GetString(_record.GetText(property));

    /// <summary>Text of a property, in UTF-8.</summary>
    public ReadOnlySpan<byte> GetUtf8(int property) => _record.GetText(property);

    /// <summary>Whole number of a property.</summary>
    public long GetInteger(int property) => _record.GetInteger(property);

    /// <summary>Number of a property.</summary>
    public double GetNumber(int property) => _record.GetNumber(property);

    /// <summary>Truth of a property.</summary>
    public bool GetBoolean(int property) => _record.GetBoolean(property);

    /// <summary>Date of a property; the first or the last there is where it is infinite.</summary>
    public DateOnly GetDate(int property) => _record.DateAt(Columns.FirstPropertyOrdinal + property);

    /// <summary>Instant of a property; the first or the last there is where it is infinite.</summary>
    public DateTimeOffset GetTimestamp(int property) => _record.TimestampAt(Columns.FirstPropertyOrdinal + property);

    /// <summary>Texts of a property, in UTF-8.</summary>
    public RecordTexts GetTexts(int property) => _record.GetTexts(property);

    /// <summary>Texts of a property, empty where a member is null.</summary>
    public string[] GetTextArray(int property)
    {
        var texts = _record.GetTexts(property);
        var array = new string[texts.Count];
        for (var index = 0; texts.MoveNext(); index++)
        {
            array[index] = Encoding.UTF8.GetString(texts.Current);
        }

        return array;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _record.DisposeAsync();
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    /// <summary>The rows of a statement on a connection that stays the caller's.</summary>
    internal static async Task<RowCursor> OpenAsync(NpgsqlConnection connection, FeatureStatement statement, CancellationToken cancellationToken) =>
        new(null, await RecordCursor.OpenAsync(connection, statement, isPatient: false, cancellationToken));

    internal static async Task<RowCursor> OpenAsync(NpgsqlDataSource source, FeatureStatement statement, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            return new RowCursor(connection, await RecordCursor.OpenAsync(connection, statement, isPatient: false, cancellationToken));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private Value? Read(int ordinal, PropertyType type) => _record.IsNullAt(ordinal)
        ? null
        : type switch
        {
            PropertyType.Text => new Value.Text(Encoding.UTF8.GetString(_record.TextAt(ordinal))),
            PropertyType.Integer => new Value.Integer(_record.IntegerAt(ordinal)),
            PropertyType.Number => new Value.Number(_record.NumberAt(ordinal)),
            PropertyType.Boolean => new Value.Boolean(_record.BooleanAt(ordinal)),
            PropertyType.Date => new Value.Date(_record.DateAt(ordinal)),
            PropertyType.Timestamp => new Value.Timestamp(_record.TimestampAt(ordinal)),
            _ => throw new InvalidOperationException($"No order is made by {type}."),
        };
}
