using GeoOffer.Storage.Importing.Publishing;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoOffer.Storage.Layers;

/// <summary>A layer as it is registered.</summary>
public sealed record LayerRow
{
    /// <summary>What follows the name of the table in that of the view over it.</summary>
    internal const string JoinedSuffix = "_v";

    private const string Columns = """
        l.id, l.name, l.role, l.title_it, l.title_en, l.description_it, l.description_en, l.relation, l.columns::text, l.key_column, l.label_column,
        l.geometry_types, l.feature_count, l.joined_to, l.code_year, l.dataset_id, l.change_set_id, f.default_severity, f.condition,
        d.source, d.as_of, d.licence, d.file_name, d.imported_at, l.join_column, l.extent,
        l.published_change_set_id
        """;

    internal long Id { get; init; }

    /// <summary>The name: the id of the collection, and of the criterion where sites are measured against it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required LayerRole Role { get; init; }

    /// <summary>The title in Italian.</summary>
    public required string TitleIt { get; init; }

    /// <summary>The title in English.</summary>
    public required string TitleEn { get; init; }

    /// <summary>A sentence in Italian.</summary>
    public string? DescriptionIt { get; init; }

    /// <summary>A sentence in English.</summary>
    public string? DescriptionEn { get; init; }

    /// <summary>The properties besides the key.</summary>
    public required IReadOnlyList<LayerColumn> Properties { get; init; }

    /// <summary>The column of the file that identifies features.</summary>
    public string? KeyColumn { get; init; }

    /// <summary>The property that names features to people.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>The geometry types that features have, in upper case as PostGIS names them.</summary>
    public required IReadOnlyList<string> GeometryTypes { get; init; }

    /// <summary>How many features there are.</summary>
    public long FeatureCount { get; init; }

    /// <summary>The register whose areas the features are shown by.</summary>
    public string? JoinedTo { get; init; }

    /// <summary>The year whose territorial codes the file uses.</summary>
    public int? CodeYear { get; init; }

    /// <summary>What it does as a constraint.</summary>
    public string? Severity { get; init; }

    /// <summary>Which features sites are measured against, in CQL2 text; null: all.</summary>
    public string? Condition { get; init; }

    /// <summary>Whose data these are.</summary>
    public required string Source { get; init; }

    /// <summary>The day for which they hold.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>The licence.</summary>
    public string? Licence { get; init; }

    /// <summary>The file that was imported last.</summary>
    public string? FileName { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset ImportedAt { get; init; }

    internal string? JoinColumn { get; init; }

    internal Envelope? Extent { get; init; }

    internal string Relation { get; init; } = "";

    /// <summary>The table of the features: the relation itself, or below the view that shows them by areas.</summary>
    internal string Table => JoinedTo is null ? Relation : Relation[..^JoinedSuffix.Length];

    internal long DatasetId { get; init; }

    internal long ChangeSetId { get; init; }

    /// <summary>The change set that published the table, which stands for that of every row without one of its own.</summary>
    internal long PublishedChangeSetId { get; init; }

    /// <summary>The properties that say which area a row is shown by.</summary>
    internal IEnumerable<string> JoinProperties => JoinedTo is null
        ? []
        : Properties.Where(column => column.Title == JoinColumn).Select(column => column.Name).Append(LayerJoin.CurrentCode(JoinedTo).Name);

    internal LayerSchema Schema => new(Properties, KeyColumn, LabelColumn, JoinColumn, IsGuessed: false);

    internal bool IsMeasured => Role != LayerRole.Context;

    /// <summary>The layer of a name; null when there is none.</summary>
    internal static async Task<LayerRow?> FindAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(Sql("AND l.name = $1"), name);
        return (await ReadAsync(command, cancellationToken)).SingleOrDefault();
    }

    /// <summary>All layers, by name.</summary>
    internal static async Task<IReadOnlyList<LayerRow>> ListAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(Sql(""));
        return await ReadAsync(command, cancellationToken);
    }

    internal static string Sql(string condition) =>
        $"""
        SELECT {Columns}
        FROM geooffer.layer AS l
        JOIN geooffer.dataset AS d ON d.id = l.dataset_id
        LEFT JOIN geooffer.fact_layer AS f ON f.layer_id = l.id
        WHERE NOT l.dropped {condition} ORDER BY l.name
        """;

    internal static LayerRow Read(NpgsqlDataReader reader)
    {
        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        return new LayerRow
        {
            Id = reader.GetInt64(0),
            Name = reader.GetString(1),
            Role = Enum.Parse<LayerRole>(reader.GetString(2), ignoreCase: true),
            TitleIt = reader.GetString(3),
            TitleEn = reader.GetString(4),
            DescriptionIt = Text(5),
            DescriptionEn = Text(6),
            Relation = reader.GetString(7),
            Properties = LayerColumn.Read(reader.GetString(8)),
            KeyColumn = Text(9),
            LabelColumn = Text(10),
            GeometryTypes = reader.GetFieldValue<string[]>(11),
            FeatureCount = reader.GetInt64(12),
            JoinedTo = Text(13),
            CodeYear = reader.IsDBNull(14) ? null : reader.GetInt32(14),
            DatasetId = reader.GetInt64(15),
            ChangeSetId = reader.GetInt64(16),
            Severity = Text(17),
            Condition = Text(18),
            Source = reader.GetString(19),
            AsOf = reader.IsDBNull(20) ? null : reader.GetFieldValue<DateOnly>(20),
            Licence = Text(21),
            FileName = Text(22),
            ImportedAt = reader.GetFieldValue<DateTimeOffset>(23),
            JoinColumn = Text(24),
            Extent = reader.IsDBNull(25) ? null : reader.GetFieldValue<Geometry>(25).EnvelopeInternal,
            PublishedChangeSetId = reader.GetInt64(26),
        };
    }

    private static async Task<IReadOnlyList<LayerRow>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var layers = new List<LayerRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            layers.Add(Read(reader));
        }

        return layers;
    }
}
