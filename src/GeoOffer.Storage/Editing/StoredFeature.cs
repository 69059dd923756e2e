using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace GeoOffer.Storage.Editing;

/// <summary>A feature as it is stored, locked against other editors.</summary>
/// <param name="Values">Its values in the order of the fields.</param>
/// <param name="Geometry">Its geometry in EPSG:4326.</param>
/// <param name="Revision">Its revision; null where it is that of its layer.</param>
/// <param name="FeatureId">The number that facts and pieces name it by; 0 where it has none.</param>
internal sealed record StoredFeature(IReadOnlyList<object?> Values, Geometry? Geometry, long? Revision, long FeatureId)
{
    /// <summary>Reads a feature, which nobody else can change until the transaction ends; null where there is none.</summary>
    public static async Task<StoredFeature?> ReadAsync(
        NpgsqlConnection connection, EditTarget target, string id, CancellationToken cancellationToken)
    {
        var fields = target.Rules.Fields;
        var columns = string.Concat(fields.Select(field => $"\"{field.Column}\", "));
        var number = target.Layer is null ? "0::bigint" : "id";

        // Whoever inserts a fact of the row may go on.
        await using var command = connection.EditCommand(
            $"SELECT {columns}geom, change_set_id, {number} FROM {target.Table} WHERE code = $1 FOR NO KEY UPDATE", id);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var count = fields.Count;
        return new StoredFeature(
            [.. fields.Select((field, ordinal) => reader.IsDBNull(ordinal) ? null : Read(reader, ordinal, field.Type.Stored))],
            reader.IsDBNull(count) ? null : reader.GetFieldValue<Geometry>(count),
            reader.IsDBNull(count + 1) ? null : reader.GetInt64(count + 1),
            reader.GetInt64(count + 2));
    }

    /// <summary>Whether a value is the one of a field already.</summary>
    public bool Has(int ordinal, object? value) => Values[ordinal] switch
    {
        string[] texts => value is string[] others && texts.SequenceEqual(others, StringComparer.Ordinal),
        var stored => Equals(stored, value),
    };

    /// <summary>Whether a geometry is the one that is stored, to the last digit.</summary>
    public bool Has(Geometry? other) => Geometry is null ? other is null : other is not null && Geometry.EqualsExact(other);

    private static object Read(NpgsqlDataReader reader, int ordinal, NpgsqlDbType type) => type switch
    {
        NpgsqlDbType.Date => reader.GetFieldValue<DateOnly>(ordinal),
        NpgsqlDbType.Array | NpgsqlDbType.Text => reader.GetFieldValue<string[]>(ordinal),
        _ => reader.GetValue(ordinal),
    };
}
