using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Rows;

namespace GeoOffer.Storage.Importing.Publishing;

/// <summary>
/// Which columns an import writes: those that the file has. A column that no row has keeps what the database has, or its default in
/// a new row.
/// </summary>
internal sealed class WrittenColumns
{
    private readonly ImportCollection _collection;
    private readonly List<ImportField> _updated;
    private readonly List<ImportField> _inserted;
    private readonly List<string> _whole = [];

    public WrittenColumns(ImportCollection collection, RowReader reader)
    {
        _collection = collection;
        var written = collection.Rules.SelectMany(rule => rule.AlsoWrites(reader.SeenFields)).Concat(reader.SeenFields).ToHashSet();
        _updated =
        [
            .. collection.Fields.Where(f => f.Column != "code" && (f.IsAlwaysWritten || written.Contains(f.Column))),
        ];
        _inserted =
        [
            .. collection.Fields.Where(f => f.Column == "code" || f.IsAlwaysInserted || f.IsRequired || _updated.Contains(f)),
        ];
        if (reader.SawGeometry)
        {
            _whole.Add("geom");
        }

        if (collection.IsLayers)
        {
            _whole.Add("attributes");
        }
    }

    /// <summary>Whether the file has geometries.</summary>
    public bool HasGeometry => _whole.Contains("geom");

    /// <summary>Whether a column is written in rows that exist.</summary>
    public bool IsUpdated(string column) => _updated.Exists(field => field.Column == column);

    /// <summary>Columns of new rows.</summary>
    public string InsertedColumns => string.Join(", ", _inserted.Select(f => f.Column).Concat(_whole));

    /// <summary>Their values out of the staged row <c>s</c>.</summary>
    public string InsertedValues => string.Join(
        ", ",
        _inserted.Select(f => f.KeptWhenNull is { } value ? $"coalesce(s.{f.Column}, {value})" : $"s.{f.Column}")
            .Concat(_whole.Select(column => $"s.{column}")));

    /// <summary>Assignments from the staged row <c>s</c> to the stored row <c>t</c>.</summary>
    public string Assignments => string.Concat(Updates().Select(update => $"{update.Column} = {update.Value}, "));

    /// <summary>Whether the staged row <c>s</c> says something else than the stored row <c>t</c>.</summary>
    public string Differs
    {
        get
        {
            var stored = string.Join(", ", Updates().Select(u => Comparable($"t.{u.Column}", u.Column)));
            var staged = string.Join(", ", Updates().Select(u => Comparable(u.Value, u.Column)));
            return $"ROW({stored}) IS DISTINCT FROM ROW({staged})";
        }
    }

    /// <summary>Whether the staged row puts the stored one elsewhere, or makes it something else to measure.</summary>
    public string Moves
    {
        get
        {
            string[] measured = _collection.Role == CollectionRole.Sites ? ["geom", "municipality_code"] : ["geom", "kind", "severity"];
            var moves = Updates().Where(u => measured.Contains(u.Column))
                .Select(u => $"{Comparable($"t.{u.Column}", u.Column)} IS DISTINCT FROM {Comparable(u.Value, u.Column)}");
            return string.Join(" OR ", moves.DefaultIfEmpty("false"));
        }
    }

    private static string Comparable(string value, string column) => column == "geom" ? $"{value}::bytea" : value;

    private IEnumerable<(string Column, string Value)> Updates() =>
        _updated.Select(f => (f.Column, f.KeptWhenNull is null ? $"s.{f.Column}" : $"coalesce(s.{f.Column}, t.{f.Column})"))
            .Concat(_whole.Select(column => (column, $"s.{column}")));
}
