using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Rows;
using Npgsql;
using NpgsqlTypes;

namespace GeoOffer.Storage.Importing.Publishing;

/// <summary>Copies rows to a staging table as they are read.</summary>
internal sealed class RowCopier : IAsyncDisposable
{
    // Days and instants are counted from here: as such the driver takes the first and the last of them for infinite ones.
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly NpgsqlBinaryImporter _copy;
    private readonly ImportCollection _collection;

    private RowCopier(NpgsqlBinaryImporter copy, ImportCollection collection) => (_copy, _collection) = (copy, collection);

    /// <summary>Begins to copy.</summary>
    public static async Task<RowCopier> BeginAsync(StagingArea staging, ImportCollection collection, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", StagingArea.StagedColumns(collection).Select(column => $"\"{column}\""));
        var copy = await staging.Connection.BeginBinaryImportAsync(
            $"COPY {staging.Rows} (row_number, place, {columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        return new RowCopier(copy, collection);
    }

    /// <summary>Copies a row.</summary>
    public async Task WriteAsync(RowDraft row, CancellationToken cancellationToken)
    {
        await _copy.StartRowAsync(cancellationToken);
        await _copy.WriteAsync(row.Source.Number, NpgsqlDbType.Bigint, cancellationToken);
        await _copy.WriteAsync(row.Source.Place, NpgsqlDbType.Text, cancellationToken);
        for (var i = 0; i < _collection.Fields.Count; i++)
        {
            await WriteAsync(row.Values[i], _collection.Fields[i].Type.Stored, cancellationToken);
        }

        if (row.Geometry is { } geometry)
        {
            await _copy.WriteAsync(geometry, "geometry", cancellationToken);
        }
        else
        {
            await _copy.WriteNullAsync(cancellationToken);
        }

        if (_collection.IsLayers)
        {
            await WriteAsync(row.Attributes, NpgsqlDbType.Jsonb, cancellationToken);
        }
    }

    /// <summary>Ends copying; without it nothing is kept.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken) => await _copy.CompleteAsync(cancellationToken);

    public ValueTask DisposeAsync() => _copy.DisposeAsync();

    private Task WriteAsync(object? value, NpgsqlDbType type, CancellationToken cancellationToken) => value switch
    {
        null => _copy.WriteNullAsync(cancellationToken),
        string text => _copy.WriteAsync(text, type, cancellationToken),
        double number => _copy.WriteAsync(number, type, cancellationToken),
        bool truth => _copy.WriteAsync(truth, type, cancellationToken),
        int count => _copy.WriteAsync(count, type, cancellationToken),
        long number => _copy.WriteAsync(number, type, cancellationToken),
        DateTime instant => _copy.WriteAsync((instant.Ticks - Epoch.Ticks) / TimeSpan.TicksPerMicrosecond, type, cancellationToken),
        decimal amount => _copy.WriteAsync(amount, type, cancellationToken),
        DateOnly day => _copy.WriteAsync(day.DayNumber - DateOnly.FromDateTime(Epoch).DayNumber, type, cancellationToken),
        string[] texts => _copy.WriteAsync(texts, type, cancellationToken),
        _ => _copy.WriteAsync(value, type, cancellationToken),
    };
}
