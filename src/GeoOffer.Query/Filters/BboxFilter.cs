using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;

namespace GeoOffer.Query.Filters;

/// <summary>What <c>bbox</c> asks of a collection (OGC API - Features Part 1, 7.15.3).</summary>
public static class BboxFilter
{
    /// <summary>The features whose geometry touches the box, and those without geometry, which the standard returns as well.</summary>
    public static Filter For(Collection collection, BoundingBox box)
    {
        if (collection.Geometry is not { } geometry)
        {
            return new Constant(true);
        }

        var reference = new PropertyReference(geometry.Name);
        Filter intersects = new SpatialRelation(SpatialOperator.Intersects, reference, new BoundingBoxLiteral(box));
        return geometry.Nullable ? Filter.Any(new IsNull(reference), intersects) : intersects;
    }
}
