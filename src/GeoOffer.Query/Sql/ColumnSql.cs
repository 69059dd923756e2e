using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;

namespace GeoOffer.Query.Sql;

/// <summary>The columns that properties of a filter are stored in.</summary>
internal sealed class ColumnSql(Collection collection, string alias)
{
    public Collection Collection => collection;

    /// <summary>The column, quoted, behind its alias.</summary>
    public string Of(PropertyReference reference) => SqlBuilder.Column(
        alias, reference.Name == collection.Geometry?.Name ? collection.Geometry.Column : Property(reference).Column);

    /// <summary>The type of a value; null for what is none, such as a geometry.</summary>
    public PropertyType? TypeOf(Expression expression) => expression switch
    {
        Literal literal => literal.Value.Type,
        PropertyReference reference when reference.Name != collection.Geometry?.Name => Property(reference).Type,
        Arithmetic => PropertyType.Number,
        FunctionCall call => FilterFunctions.Find(call.Name)?.Result switch
        {
            FunctionType.Number => PropertyType.Number,
            FunctionType.Integer => PropertyType.Integer,
            FunctionType.Text => PropertyType.Text,
            _ => null,
        },
        _ => null,
    };

    private Property Property(PropertyReference reference) => collection.FindEvenHidden(reference.Name)
        ?? throw new InvalidOperationException($"{collection.Id} has no property {reference.Name}: the filter is of another collection.");
}
