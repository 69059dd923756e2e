using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Filters.Cql2Text;
using GeoOffer.Query.Sql;
using GeoOffer.Storage.Importing;

namespace GeoOffer.Storage.Layers;

/// <summary>Which features of a layer sites are measured against, checked against the columns of the layer.</summary>
internal sealed class LayerCondition(CheckedFilter filter)
{
    /// <summary>Reads the condition of a layer; null when all its features count.</summary>
    /// <exception cref="ImportRequestException">It is no CQL2, or speaks of a column that the layer does not have.</exception>
    public static LayerCondition? Read(LayerSettings settings, LayerSchema schema, ImportRequest request)
    {
        if (settings.Condition is not { } text)
        {
            return null;
        }

        var collection = LayerCollection.Make(request.Collection, new Localized(settings.TitleIt, settings.TitleEn), new Localized("", ""), "staged", schema.Columns, GeometryTypes.Any);
        return Cql2TextReader.Read(text, collection).TryGet(out var condition, out var errors)
            ? new LayerCondition(condition)
            : throw new ImportRequestException(
                "where",
                (request.Layer!.Condition is null ? $"the condition that {request.Collection} has" : "--where")
                + $" '{MessageText.Shorten(text)}': {string.Join("; ", errors.Select(Tell))}"
                + (request.Layer.Condition is null ? "; state another with --where, or none with --where \"\"" : ""));
    }

    /// <summary>The condition of a layer that is registered; null when all its features count.</summary>
    public static LayerCondition? Of(LayerRow layer) => layer.Condition is { } text
        ? new LayerCondition(Cql2TextReader.Read(text, LayerCollection.Make(layer, new Attribution(), null)).Value)
        : null;

    private static string Tell(FilterError error) =>
        $"{(error.Position is { } position ? $"at {position.Line}:{position.Column}, " : "")}found {error.Got}, expected {error.Expected}";

    /// <summary>Appends the condition to a statement over the table of the layer.</summary>
    public void AppendTo(SqlBuilder sql, string alias) => FilterSql.Append(sql, filter, alias);
}
