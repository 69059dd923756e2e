using GeoOffer.Query.Crs;

namespace GeoOffer.Query.Tests.Crs;

public sealed class BoundingBoxTests
{
    [Theory]
    [InlineData(9, 45, 10, 46, "Polygon")]
    [InlineData(9, 45, 9, 46, "LineString")]
    [InlineData(9, 45, 10, 45, "LineString")]
    [InlineData(9, 45, 9, 45, "Point")]
    public void A_degenerate_box_is_a_line_or_a_point(double west, double south, double east, double north, string type)
    {
        var geometry = Assert.Single(new BoundingBox(west, south, east, north, 32632).ToGeometries());

        Assert.Equal(type, geometry.GeometryType);
        Assert.Equal(32632, geometry.SRID);
        Assert.True(geometry.IsValid);
        Assert.Equal((west, south, east, north), (
            geometry.EnvelopeInternal.MinX, geometry.EnvelopeInternal.MinY, geometry.EnvelopeInternal.MaxX, geometry.EnvelopeInternal.MaxY));
    }

    [Fact]
    public void A_box_across_the_antimeridian_is_two()
    {
        var pieces = new BoundingBox(170, -10, -170, 10).ToGeometries();

        Assert.Equal([(170.0, 180.0), (-180.0, -170.0)], pieces.Select(piece => (piece.EnvelopeInternal.MinX, piece.EnvelopeInternal.MaxX)));
    }
}
