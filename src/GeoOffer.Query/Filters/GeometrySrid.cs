using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>The reference systems that geometries of a filter come in.</summary>
internal static class GeometrySrid
{
    /// <summary>The EPSG code of a geometry of a collection; null for what is none.</summary>
    public static int? Of(Expression expression, Collection collection) => expression switch
    {
        PropertyReference reference when reference.Name == collection.Geometry?.Name => collection.Geometry.Srid,
        GeometryLiteral literal => literal.Geometry.SRID,
        BoundingBoxLiteral literal => literal.Box.Srid,
        FunctionCall { Name: "buffer" } => 4326,
        FunctionCall { Name: "centroid", Arguments: [var of] } => Of(of, collection),
        _ => null,
    };

    /// <summary>
    /// The one in which two geometries are related: that of a column, which must stay as it is for its index; else that of what is
    /// computed; else that of the left literal.
    /// </summary>
    public static int? Common(Expression left, Expression right, Collection collection) =>
        new[] { left, right }.OrderBy(Rank).Select(operand => Of(operand, collection)).FirstOrDefault(srid => srid is not null);

    private static int Rank(Expression operand) => operand switch
    {
        PropertyReference => 0,
        GeometryLiteral or BoundingBoxLiteral => 2,
        _ => 1,
    };
}
