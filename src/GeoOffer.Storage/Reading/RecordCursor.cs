using System.Buffers.Binary;
using GeoOffer.PostGis;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Sql;
using Npgsql;

namespace GeoOffer.Storage.Reading;

/// <summary>
/// Rows of features as the bytes that PostgreSQL sends, one at a time and forward only: texts stay UTF-8, nothing is built per value, and
/// the one buffer is kept from row to row. Whoever wants values takes <see cref="RowCursor"/>.
/// </summary>
public sealed class RecordCursor : IAsyncDisposable
{
    // PostgreSQL counts days and microseconds from there.
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly long EpochDay = DateOnly.FromDateTime(Epoch).DayNumber;
    private static readonly long FirstMicrosecond = (DateTime.MinValue - Epoch).Ticks / TimeSpan.TicksPerMicrosecond;
    private static readonly long LastMicrosecond = (DateTime.MaxValue - Epoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private readonly NpgsqlCommand _command;
    private readonly NpgsqlDataReader _reader;
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private byte[] _buffer = new byte[8192];
    private bool _areTypesChecked;

    private RecordCursor(NpgsqlCommand command, NpgsqlDataReader reader, FeatureColumns columns)
    {
        _command = command;
        _reader = reader;
        Columns = columns;
        _starts = new int[columns.Count];
        _lengths = new int[_starts.Length];
    }

    /// <summary>What the members of the records are.</summary>
    public FeatureColumns Columns { get; }

    /// <summary>The feature id of the row, in UTF-8.</summary>
    public ReadOnlySpan<byte> Key => Member(FeatureColumns.KeyOrdinal);

    /// <summary>Whether the row has a geometry, and one was asked for.</summary>
    public bool HasGeometry => Columns.GeometryOrdinal is { } ordinal && _lengths[ordinal] >= 0;

    /// <summary>The geometry of the row as EWKB. It may be changed in place, for the rest of the row.</summary>
    public Span<byte> Geometry => Member(Columns.GeometryOrdinal!.Value);

    /// <summary>The same, for the rest of the row.</summary>
    internal ReadOnlyMemory<byte> GeometryBytes =>
        _buffer.AsMemory(_starts[Columns.GeometryOrdinal!.Value], _lengths[Columns.GeometryOrdinal!.Value]);

    /// <summary>
    /// Runs a statement of <see cref="FeatureSql"/> on a connection that stays the caller's. A cancelled read cancels the query in
    /// the database.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="isPatient">Whether it may take as long as it needs to the first row; else the limit of the connection holds.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<RecordCursor> OpenAsync(
        NpgsqlConnection connection, FeatureStatement statement, bool isPatient, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var command = statement.Sql.ToCommand(connection);
        command.CommandTimeout = isPatient ? 0 : command.CommandTimeout;
        try
        {
            return new RecordCursor(command, await command.ExecuteReaderAsync(cancellationToken), statement.Columns);
        }
        catch
        {
            await command.DisposeAsync();
            throw;
        }
    }

    /// <summary>Moves to the next row.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await _reader.ReadAsync(cancellationToken))
        {
            return false;
        }

        Take();
        return true;
    }

    /// <summary>Whether the value of a property of <see cref="FeatureColumns.Properties"/> is missing.</summary>
    public bool IsNull(int property) => IsNullAt(Columns.FirstPropertyOrdinal + property);

    /// <summary>Text of a property, in UTF-8.</summary>
    public ReadOnlySpan<byte> GetText(int property) => Member(Columns.FirstPropertyOrdinal + property);

    /// <summary>Whole number of a property.</summary>
    public long GetInteger(int property) => IntegerAt(Columns.FirstPropertyOrdinal + property);

    /// <summary>Number of a property.</summary>
    public double GetNumber(int property) => NumberAt(Columns.FirstPropertyOrdinal + property);

    /// <summary>Truth of a property.</summary>
    public bool GetBoolean(int property) => BooleanAt(Columns.FirstPropertyOrdinal + property);

    /// <summary>Date of a property; null where it is infinite or before the year 1 or after 9999, which no format can say.</summary>
    public DateOnly? GetDate(int property)
    {
        var day = DayAt(Columns.FirstPropertyOrdinal + property);
        return day >= DateOnly.MinValue.DayNumber && day <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)day) : null;
    }

    /// <summary>Instant of a property, in UTC; null where it is infinite or before the year 1 or after 9999, which no format can say.</summary>
    public DateTime? GetTimestamp(int property)
    {
        var microseconds = MicrosecondAt(Columns.FirstPropertyOrdinal + property);
        return microseconds >= FirstMicrosecond && microseconds <= LastMicrosecond
            ? Epoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
            : null;
    }

    /// <summary>Texts of a property.</summary>
    public RecordTexts GetTexts(int property) => new(Member(Columns.FirstPropertyOrdinal + property));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _command.DisposeAsync();
    }

    /// <summary>Whether the value of a column is missing.</summary>
    internal bool IsNullAt(int ordinal) => _lengths[ordinal] < 0;

    /// <summary>Text of a column, in UTF-8.</summary>
    internal ReadOnlySpan<byte> TextAt(int ordinal) => Member(ordinal);

    /// <summary>Whole number of a column.</summary>
    internal long IntegerAt(int ordinal) => Member(ordinal) switch
    {
        { Length: sizeof(long) } bytes => BinaryPrimitives.ReadInt64BigEndian(bytes),
        { Length: sizeof(int) } bytes => BinaryPrimitives.ReadInt32BigEndian(bytes),
        var bytes => BinaryPrimitives.ReadInt16BigEndian(bytes),
    };

    /// <summary>Number of a column.</summary>
    internal double NumberAt(int ordinal) => Member(ordinal) switch
    {
        { Length: sizeof(double) } bytes => BinaryPrimitives.ReadDoubleBigEndian(bytes),
        var bytes => BinaryPrimitives.ReadSingleBigEndian(bytes),
    };

    /// <summary>Truth of a column.</summary>
    internal bool BooleanAt(int ordinal) => Member(ordinal)[0] != 0;

    /// <summary>Date of a column; the first or the last there is where it is infinite or beyond.</summary>
    internal DateOnly DateAt(int ordinal) =>
        DateOnly.FromDayNumber((int)Math.Clamp(DayAt(ordinal), DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));

    /// <summary>Instant of a column, in UTC; the first or the last there is where it is infinite or beyond.</summary>
    internal DateTime TimestampAt(int ordinal) => MicrosecondAt(ordinal) switch
    {
        < 0 and var early when early < FirstMicrosecond => DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc),
        > 0 and var late when late > LastMicrosecond => DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc),
        var microsecond => Epoch.AddTicks(microsecond * TimeSpan.TicksPerMicrosecond),
    };

    private long DayAt(int ordinal) => BinaryPrimitives.ReadInt32BigEndian(Member(ordinal)) + EpochDay;

    private long MicrosecondAt(int ordinal) => BinaryPrimitives.ReadInt64BigEndian(Member(ordinal));

    private Span<byte> Member(int ordinal) => _buffer.AsSpan(_starts[ordinal], _lengths[ordinal]);

    /// <summary>Finds the members: their number, then for each the OID of its type, its length or -1, and its bytes.</summary>
    private void Take()
    {
        var record = _reader.GetEwkb(0, ref _buffer);
        var count = BinaryPrimitives.ReadInt32BigEndian(record);
        if (count != _starts.Length)
        {
            throw new InvalidOperationException($"The record has {count} members, and {_starts.Length} were asked for.");
        }

        var at = sizeof(int);
        for (var ordinal = 0; ordinal < count; ordinal++)
        {
            if (!_areTypesChecked)
            {
                CheckType(ordinal, BinaryPrimitives.ReadUInt32BigEndian(record[at..]));
            }

            var length = BinaryPrimitives.ReadInt32BigEndian(record[(at + sizeof(int))..]);
            at += 2 * sizeof(int);
            (_starts[ordinal], _lengths[ordinal]) = (at, length);
            at += Math.Max(length, 0);
        }

        _areTypesChecked = true;
    }

    /// <summary>The types of the columns are the same for all rows; what the catalogue says of them is proved once.</summary>
    private void CheckType(int ordinal, uint oid)
    {
        if (Columns.PropertyAt(ordinal) is { } property && !Oids(property.Type).Contains(oid))
        {
            throw new InvalidOperationException($"The column {property.Column} has a type of OID {oid}, and {property.Type} was expected.");
        }
    }

    private static ReadOnlySpan<uint> Oids(PropertyType type) => type switch
    {
        // text, varchar
        PropertyType.Text => [25, 1043],
        // bigint, integer, smallint
        PropertyType.Integer => [20, 23, 21],
        // double precision, real
        PropertyType.Number => [701, 700],
        PropertyType.Boolean => [16],
        PropertyType.Date => [1082],
        // timestamp with time zone
        PropertyType.Timestamp => [1184],
        // text[], varchar[]
        PropertyType.TextArray => [1009, 1015],
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
