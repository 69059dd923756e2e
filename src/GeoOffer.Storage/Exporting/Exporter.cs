using System.Data;
using GeoOffer.PostGis;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Paging;
using GeoOffer.Query.Sql;
using GeoOffer.Storage.Reading;
using Npgsql;

namespace GeoOffer.Storage.Exporting;

/// <summary>
/// Exports collections: one snapshot of the database, rows as they arrive, geometries brought into the reference system on the way, memory
/// that stays flat.
/// </summary>
public sealed class Exporter(GeoOfferDatabase database)
{
    private const int ReportEvery = 1024;

    /// <summary>Writes what is asked for to a stream, which stays open.</summary>
    /// <param name="request">What and how.</param>
    /// <param name="output">Where to; it need not be seekable.</param>
    /// <param name="progress">Told now and then how far it is, which costs a count of each query beforehand; null not to be told.</param>
    /// <param name="cancellationToken">Stops it, and the query in the database.</param>
    /// <exception cref="ExportException">Something cannot be written in this format, or this reference system.</exception>
    public Task<ExportReport> RunAsync(
        ExportRequest request, Stream output, IProgress<ExportProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(request, output, progress, null, cancellationToken);

    /// <summary>
    /// Writes one page, and says beforehand where the next begins: whoever writes meanwhile moves nothing between the two, for both are read in one
    /// snapshot.
    /// </summary>
    /// <param name="request">One query, whose limit is that of the page, and how.</param>
    /// <param name="output">Where to; it need not be seekable.</param>
    /// <param name="ended">Told the end of the page before anything is written; null where no other follows.</param>
    /// <param name="cancellationToken">Stops it, and the query in the database.</param>
    /// <exception cref="ExportException">Something cannot be written in this format, or this reference system.</exception>
    public Task<ExportReport> RunPageAsync(ExportRequest request, Stream output, Action<Cursor?> ended, CancellationToken cancellationToken) =>
        RunAsync(request, output, null, ended, cancellationToken);

    private async Task<ExportReport> RunAsync(
        ExportRequest request, Stream output, IProgress<ExportProgress>? progress, Action<Cursor?>? ended, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Queries.Length != 1 && !request.Format.HoldsSeveral)
        {
            throw new ArgumentException($"{request.Format.Name} holds one collection.", nameof(request));
        }

        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await BeginSnapshotAsync(connection, cancellationToken);
        ended?.Invoke(await FeatureReader.EndAsync(connection, request.Queries[0], cancellationToken));
        await using var writer = request.Format.CreateWriter(output, request.Options);
        var counts = new List<(string, long)>();
        foreach (var query in request.Queries)
        {
            var exported = request.Format.HasIds ? query : query.WithKey();
            counts.Add((query.Collection.Id, await WriteAsync(connection, exported, request, writer, progress, cancellationToken)));
        }

        await writer.CompleteAsync(cancellationToken);
        return new ExportReport(counts, writer.Notices);
    }

    private static async Task<NpgsqlTransaction> BeginSnapshotAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var readOnly = new NpgsqlCommand("SET TRANSACTION READ ONLY", connection, transaction);
        await readOnly.ExecuteNonQueryAsync(cancellationToken);
        return transaction;
    }

    private static async Task<long> WriteAsync(
        NpgsqlConnection connection,
        FeatureQuery query,
        ExportRequest request,
        FeatureWriter writer,
        IProgress<ExportProgress>? progress,
        CancellationToken cancellationToken)
    {
        var collection = query.Collection.Id;
        var total = progress is null ? 0 : await CountAsync(connection, query, request.IsPatient, cancellationToken);
        progress?.Report(new ExportProgress(collection, 0, total));
        var transform = TransformTo(request.System, query);
        await using var rows = await RecordCursor.OpenAsync(connection, FeatureSql.Records(query, request.InOrder), request.IsPatient, cancellationToken);
        await writer.StartAsync(new ExportLayer(query.Collection, rows.Columns, request.System), cancellationToken);
        var written = 0L;
        while (await rows.ReadAsync(cancellationToken))
        {
            if (transform is not null && rows.HasGeometry)
            {
                Transform(transform, rows, collection, request.System);
            }

            await writer.WriteAsync(rows, cancellationToken);
            if (++written % ReportEvery == 0)
            {
                progress?.Report(new ExportProgress(collection, written, total));
            }
        }

        await writer.EndAsync(cancellationToken);
        progress?.Report(new ExportProgress(collection, written, total));
        return written;
    }

    private static async Task<long> CountAsync(
        NpgsqlConnection connection, FeatureQuery query, bool isPatient, CancellationToken cancellationToken)
    {
        await using var command = FeatureSql.Count(query).ToCommand(connection);
        command.CommandTimeout = isPatient ? 0 : command.CommandTimeout;
        return Math.Min((long)(await command.ExecuteScalarAsync(cancellationToken))!, query.Limit);
    }

    /// <summary>The way into the reference system; null where the geometries are stored in it.</summary>
    private static EwkbTransform? TransformTo(ReferenceSystem system, FeatureQuery query)
    {
        if (query.Geometry is not { } geometry || geometry.Srid == system.Srid)
        {
            return null;
        }

        var transformation = CoordinateSystems.Between(geometry.Srid, system.Srid);
        return new EwkbTransform(
            (x, y) =>
            {
                var image = transformation.Transform(x, y);
                return system.Contains(image.X, image.Y) ? image : (double.NaN, double.NaN);
            },
            system.Srid);
    }

    private static void Transform(EwkbTransform transform, RecordCursor row, string collection, ReferenceSystem system)
    {
        try
        {
            transform.Apply(row.Geometry);
        }
        catch (EwkbException exception) when (exception.Fault == EwkbFault.NotFinite)
        {
            throw new ExportException(collection, row.Key, $"it does not lie where EPSG:{system.Srid} ({system.Name}) holds");
        }
    }
}
