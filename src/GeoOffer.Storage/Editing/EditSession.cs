using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Rows;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace GeoOffer.Storage.Editing;

/// <summary>One edit in one open transaction.</summary>
internal sealed class EditSession(
    NpgsqlConnection connection, EditTarget target, EditRequest request, ImportContext context, long changeSetId, CancellationToken cancellationToken)
{
    /// <summary>Holds drafts against the rules.</summary>
    public FeatureReview Review { get; } = new(request.Collection.VisibleTo(request.Role), target, context);

    /// <summary>Whether there is something to commit.</summary>
    public bool HasWritten { get; private set; }

    private IReadOnlyList<Importing.Fields.ImportField> Fields => target.Rules.Fields;

    public async Task<EditOutcome> CreateAsync(FeatureDraft draft)
    {
        var row = Review.Create(draft);
        if (Review.Faults.Count > 0)
        {
            return new EditOutcome.Refused(Review.Faults);
        }

        var id = (string)row["code"]!;
        if (await StoredFeature.ReadAsync(connection, target, id, cancellationToken) is not null)
        {
            return new EditOutcome.Taken(id);
        }

        var columns = Fields.Select(field => $"\"{field.Column}\"").ToList();
        var values = Fields.Select((field, ordinal) => field.KeptWhenNull is { } sql ? $"coalesce(${ordinal + 1}, {sql})" : $"${ordinal + 1}").ToList();
        var (numberColumn, numberValue) = target.Layer is null ? ("", "") : ("id, ", "nextval('geooffer.layer_feature_id'), ");
        await using var command = connection.EditCommand(
            $"""
            INSERT INTO {target.Table} ({numberColumn}{string.Join(", ", columns)}, geom, change_set_id)
            VALUES ({numberValue}{string.Join(", ", values)}, ${columns.Count + 1}, ${columns.Count + 2})
            RETURNING {(target.Layer is null ? "0::bigint" : "id")}
            """);
        foreach (var (field, ordinal) in Fields.Select((field, ordinal) => (field, ordinal)))
        {
            command.Parameters.Add(Parameter(row.Values[ordinal], field.Type.Stored));
        }

        command.Parameters.Add(Parameter(row.Geometry));
        command.Parameters.Add(new() { Value = changeSetId });
        var featureId = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        HasWritten = true;
        await FollowAsync(featureId, null, row.Geometry, 1);
        return new EditOutcome.Done(id);
    }

    public async Task<EditOutcome> ChangeAsync(Func<StoredFeature, RowDraft> change)
    {
        if (await StoredFeature.ReadAsync(connection, target, request.Id, cancellationToken) is not { } stored)
        {
            return new EditOutcome.Missing();
        }

        if (!IsSeen(stored))
        {
            return new EditOutcome.Stale();
        }

        var row = change(stored);
        if (Review.Faults.Count > 0)
        {
            return new EditOutcome.Refused(Review.Faults);
        }

        var changed = Enumerable.Range(0, Fields.Count).Where(ordinal => !stored.Has(ordinal, row.Values[ordinal])).ToList();
        var isMoved = target.Layer?.JoinedTo is null && !stored.Has(row.Geometry);
        if (changed.Count == 0 && !isMoved)
        {
            return new EditOutcome.Done(request.Id);
        }

        await using var command = connection.EditCommand("");
        command.Parameters.Add(new() { Value = request.Id });
        command.Parameters.Add(new() { Value = changeSetId });
        var assignments = new List<string> { "change_set_id = $2" };
        foreach (var ordinal in changed)
        {
            command.Parameters.Add(Parameter(row.Values[ordinal], Fields[ordinal].Type.Stored));
            assignments.Add($"\"{Fields[ordinal].Column}\" = ${command.Parameters.Count}");
        }

        if (isMoved)
        {
            command.Parameters.Add(Parameter(row.Geometry));
            assignments.Add($"geom = ${command.Parameters.Count}");
        }

        command.CommandText = $"UPDATE {target.Table} SET {string.Join(", ", assignments)} WHERE code = $1";
        await command.ExecuteNonQueryAsync(cancellationToken);
        HasWritten = true;
        await FollowAsync(stored.FeatureId, stored.Geometry, isMoved ? row.Geometry : stored.Geometry, 0);
        return new EditOutcome.Done(request.Id);
    }

    public async Task<EditOutcome> DeleteAsync()
    {
        if (await StoredFeature.ReadAsync(connection, target, request.Id, cancellationToken) is not { } stored)
        {
            return new EditOutcome.Missing();
        }

        if (!IsSeen(stored))
        {
            return new EditOutcome.Stale();
        }

        await connection.ExecuteEditAsync($"DELETE FROM {target.Table} WHERE code = $1", cancellationToken, request.Id);
        HasWritten = true;
        await FollowAsync(stored.FeatureId, stored.Geometry, null, -1);
        return new EditOutcome.Done(request.Id);
    }

    private bool IsSeen(StoredFeature stored) =>
        request.Seen?.Contains(stored.Revision ?? target.Layer?.PublishedChangeSetId ?? 0) != false;

    private Task FollowAsync(long featureId, Geometry? before, Geometry? after, int more) => target.Layer is { } layer
        ? new LayerEdit(connection, target, layer).CompleteAsync(featureId, before, after, more, cancellationToken)
        : Task.CompletedTask;

    private static NpgsqlParameter Parameter(object? value, NpgsqlDbType type) => value switch
    {
        // The driver would send the first and the last there are as infinite.
        DateOnly day when day == DateOnly.MinValue => Written("0001-01-01"),
        DateOnly day when day == DateOnly.MaxValue => Written("9999-12-31"),
        DateTime instant when instant == DateTime.MinValue => Written("0001-01-01T00:00:00Z"),
        DateTime instant when instant == DateTime.MaxValue => Written("9999-12-31T23:59:59.999999Z"),
        _ => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type },
    };

    private static NpgsqlParameter Written(string value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Unknown };

    private static NpgsqlParameter Parameter(Geometry? geometry) => new() { Value = geometry ?? (object)DBNull.Value, DataTypeName = "geometry" };
}
