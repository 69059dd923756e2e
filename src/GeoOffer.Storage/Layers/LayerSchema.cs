using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Importing.Fields;

namespace GeoOffer.Storage.Layers;

/// <summary>The columns of a layer about to be imported, and how the rows of the file become rows of it.</summary>
/// <param name="Columns">The properties besides the key, in the order of the file.</param>
/// <param name="KeyColumn">The column of the file that the key is taken from; null: the feature's own identifier, or a digest.</param>
/// <param name="LabelColumn">The property that names a feature to people.</param>
/// <param name="JoinColumn">The column of the file with the codes of the areas that rows belong to.</param>
/// <param name="IsGuessed">Whether types were told from some of the rows only.</param>
internal sealed record LayerSchema(IReadOnlyList<LayerColumn> Columns, string? KeyColumn, string? LabelColumn, string? JoinColumn, bool IsGuessed)
{
    /// <summary>The most characters of a key, which an index must hold.</summary>
    public const int LongestKey = 500;

    private static readonly string[] Labels = ["name_it", "name", "nome", "denominazione", "title", "titolo", "label", "nom", "toponimo", "den_uts", "comune"];

    /// <summary>Columns of a file that look like the name of a feature.</summary>
    public static string? GuessLabel(IEnumerable<LayerColumn> columns)
    {
        var texts = columns.Where(column => column.Type == PropertyType.Text).ToList();
        return Labels.Select(label => texts.FirstOrDefault(column => column.Name == label)).FirstOrDefault(found => found is not null)?.Name;
    }

    /// <summary>The collection that rows are read for.</summary>
    public ImportCollection ToCollection(string name, LayerRole role)
    {
        var keyProperty = Columns.FirstOrDefault(column => column.Title == KeyColumn)?.Name;
        var key = new ImportField("code", new KeyType()) { Aliases = KeyColumn is { } column && keyProperty is null ? [column] : [] };
        return new ImportCollection(name, name, CollectionRole.Layer, [key, .. Columns.Select(ToField)], Rule(role, JoinColumn is not null))
        {
            Rules = [new KeyOfFeature(KeyColumn, keyProperty)],
        };
    }

    /// <summary>
    /// What is remembered of the schema: a file that names columns as the house does, such as an export of the layer, says nothing new about
    /// what they were called before.
    /// </summary>
    public LayerSchema Remembering(LayerRow? known) => known is null ? this : this with
    {
        Columns = [.. Columns.Select(column => column.Title == column.Name && known.Properties.FirstOrDefault(before => before.Name == column.Name) is { } before
            ? column with { Title = before.Title }
            : column)],
        KeyColumn = KeyColumn == "code" ? known.KeyColumn : KeyColumn,
    };

    private static ImportField ToField(LayerColumn column) => new(column.Name, LayerTypes.Of(column.Type)) { Aliases = [column.Title] };

    private static GeometryRule Rule(LayerRole role, bool isJoined) => role switch
    {
        LayerRole.Constraint => GeometryRule.Areas(MissingGeometry.Rejected) with { IsMultiPolygon = false },
        LayerRole.Proximity => GeometryRule.Anything(MissingGeometry.Rejected),
        _ when isJoined => new GeometryRule(MissingGeometry.Allowed, [], false),
        _ => GeometryRule.Anything(MissingGeometry.Allowed),
    };

    /// <summary>A key may be any text.</summary>
    private sealed class KeyType() : ScalarType(NpgsqlTypes.NpgsqlDbType.Text)
    {
        protected override FieldReading ReadText(string text) =>
            StorableText.Fault(text, LongestKey) is { } fault ? new(null, fault) : FieldReading.Of(text);
    }
}
