using GeoOffer.Query.Crs;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GeoOffer.Query.Tests.Crs;

public sealed class TransformationTests
{
    /// <summary>
    /// Longitude and latitude of twenty points in Lombardy, and their coordinates in 32632, in 25832 (the same in 7791 and 6707), in 3003
    /// with the seven parameters of EPSG:1660, and in 3857, all as PostGIS 3.3.2 with PROJ 9.1.1 computes them, in metres.
    /// </summary>
    private static readonly double[,] Points =
    {
        { 9.439115, 44.986613, 534617.03777, 4981557.05447, 534617.03777, 4981557.05435, 1534645.18538, 4981575.98601, 1050757.47534, 5619414.22317 },
        { 10.38771, 44.837629, 609681.32197, 4965849.93699, 609681.32197, 4965849.93687, 1609710.82385, 4965868.26079, 1156354.58771, 5595995.61318 },
        { 10.054058, 45.394809, 582503.32592, 5027350.53551, 582503.32592, 5027350.53539, 1582532.56810, 5027370.13484, 1119212.61697, 5683891.71280 },
        { 8.668197, 45.664128, 474152.71896, 5056784.44216, 474152.71896, 5056784.44204, 1474180.03814, 5056805.04910, 964939.27614, 5726687.89727 },
        { 8.608737, 45.523927, 469444.82760, 5041229.17325, 469444.82760, 5041229.17313, 1469471.99269, 5041249.50584, 958320.21921, 5704383.66325 },
        { 8.702581, 44.872355, 476506.84388, 4968813.83823, 476506.84388, 4968813.83811, 1476533.83927, 4968832.77061, 968766.88551, 5601448.72778 },
        { 9.731106, 46.271019, 556334.13045, 5124420.00714, 556334.13045, 5124420.00702, 1556363.28187, 5124441.54796, 1083261.76478, 5823887.08422 },
        { 8.859026, 45.124154, 488913.11401, 4996752.15191, 488913.11401, 4996752.15179, 1488940.46081, 4996771.56152, 986182.26324, 5641088.21503 },
        { 10.319556, 46.500647, 601250.36651, 5150521.07081, 601250.36651, 5150521.07069, 1601280.47210, 5150542.91715, 1148767.71913, 5860944.46227 },
        { 10.173599, 45.453693, 591764.57349, 5034021.78960, 591764.57349, 5034021.78947, 1591794.01808, 5034041.47672, 1132519.86021, 5693231.20510 },
        { 11.33114, 44.788507, 684404.59192, 4962100.17671, 684404.59192, 4962100.17659, 1684435.49074, 4962118.12337, 1261376.73491, 5588287.46629 },
        { 10.989559, 45.250258, 656123.34218, 5012676.95748, 656123.34218, 5012676.95736, 1656153.91371, 5012695.97620, 1223352.11192, 5661005.90555 },
        { 8.91834, 44.923805, 493555.41835, 4974489.40131, 493555.41835, 4974489.40119, 1493582.75998, 4974508.36999, 992785.06752, 5609534.10831 },
        { 9.394597, 46.25064, 530416.29354, 5121971.58920, 530416.29354, 5121971.58908, 1530444.94646, 5121993.19184, 1045801.75425, 5820605.83310 },
        { 9.024107, 45.80504, 501873.20592, 5072386.75274, 501873.20592, 5072386.75262, 1501901.11358, 5072407.53849, 1004558.99610, 5749161.59750 },
        { 10.352849, 45.407555, 605866.46429, 5029116.33557, 605866.46429, 5029116.33545, 1605896.15479, 5029135.87174, 1152473.87894, 5685912.50858 },
        { 10.088459, 44.819299, 586056.47935, 4963453.33792, 586056.47936, 4963453.33780, 1586085.52467, 4963471.71371, 1123042.11877, 5593118.53049 },
        { 8.672843, 45.091322, 474256.01712, 4993147.25279, 474256.01712, 4993147.25267, 1474283.07172, 4993166.65545, 965456.46649, 5635909.74171 },
        { 10.47316, 45.512425, 615067.75278, 5040932.32647, 615067.75278, 5040932.32635, 1615097.66567, 5040952.04795, 1165866.83820, 5702556.30786 },
        { 9.411027, 45.812568, 531934.05744, 5073304.99044, 531934.05745, 5073304.99032, 1531962.53607, 5073325.66808, 1047630.73348, 5750363.81713 },
    };

    [Theory]
    [InlineData(32632, 2, 0.001)]
    [InlineData(25832, 4, 0.001)]
    [InlineData(7791, 4, 0.001)]
    [InlineData(6707, 4, 0.001)]
    [InlineData(3003, 6, 0.01)]
    [InlineData(3857, 8, 0.001)]
    public void Points_agree_with_PostGIS_both_ways(int srid, int column, double toleranceMetres)
    {
        const double MetresPerDegree = 111_320;
        var (forth, back) = (CoordinateSystems.Between(4326, srid), CoordinateSystems.Between(srid, 4326));
        for (var row = 0; row < Points.GetLength(0); row++)
        {
            var (longitude, latitude, x, y) = (Points[row, 0], Points[row, 1], Points[row, column], Points[row, column + 1]);

            var projected = forth.Transform(longitude, latitude);
            Assert.Equal(x, projected.X, toleranceMetres);
            Assert.Equal(y, projected.Y, toleranceMetres);

            var geographic = back.Transform(x, y);
            Assert.Equal(longitude, geographic.X, toleranceMetres / MetresPerDegree);
            Assert.Equal(latitude, geographic.Y, toleranceMetres / MetresPerDegree);
        }
    }

    [Fact]
    public void Systems_that_are_not_geographic_meet_each_other()
    {
        var (x, y) = CoordinateSystems.Between(3003, 32632).Transform(Points[0, 6], Points[0, 7]);

        Assert.Equal(Points[0, 2], x, 0.01);
        Assert.Equal(Points[0, 3], y, 0.01);
    }

    [Theory]
    [InlineData("POINT(9.1919 45.4642)")]
    [InlineData("POINT Z(9.1919 45.4642 122.5)")]
    [InlineData("LINESTRING(9 45, 10 46, 11 45)")]
    [InlineData("POLYGON((9 45, 10 45, 10 46, 9 46, 9 45), (9.4 45.4, 9.6 45.4, 9.6 45.6, 9.4 45.4))")]
    [InlineData("MULTIPOINT((9 45), (10 46))")]
    [InlineData("MULTILINESTRING((9 45, 10 46), (10 45, 11 46))")]
    [InlineData("MULTIPOLYGON(((9 45, 10 45, 10 46, 9 45)), ((10.5 45, 11 45, 11 46, 10.5 45)))")]
    [InlineData("GEOMETRYCOLLECTION(POINT(9 45), LINESTRING(9 45, 10 46))")]
    [InlineData("POLYGON EMPTY")]
    public void Every_geometry_type_goes_there_and_back(string wkt)
    {
        var geometry = new WKTReader().Read(wkt);
        geometry.SRID = 4326;
        var original = geometry.Copy();

        var there = CoordinateSystems.Between(4326, 32632).Transform(geometry);
        var back = CoordinateSystems.Between(32632, 4326).Transform(there);

        Assert.Equal(32632, there.SRID);
        Assert.Equal(4326, back.SRID);
        Assert.True(back.EqualsExact(original, 1e-9));
        Assert.True(geometry.EqualsExact(original));
        Assert.Equal(original.Coordinates.Select(coordinate => coordinate.Z), back.Coordinates.Select(coordinate => coordinate.Z));
    }

    [Fact]
    public void A_large_box_follows_its_edges()
    {
        var box = new BoundingBox(6, 43, 12, 45).ToGeometries()[0];

        var densified = CoordinateSystems.Between(4326, 32632).TransformDensified(box);
        var corners = CoordinateSystems.Between(4326, 32632).Transform(box);
        var (_, lowest) = CoordinateSystems.Between(4326, 32632).Transform(9, 43);

        Assert.Equal(lowest, densified.EnvelopeInternal.MinY, 0.02);
        Assert.True(corners.EnvelopeInternal.MinY - lowest > 4000);
        Assert.True(densified.IsValid);
    }

    [Fact]
    public void No_point_of_an_edge_strays_from_the_densified_image()
    {
        var way = CoordinateSystems.Between(4326, 32632);
        var edge = new LineString([new(8.5, 44.7), new(11.4, 46.6)]) { SRID = 4326 };
        var image = way.TransformDensified(edge);

        for (var part = 0; part <= 1000; part++)
        {
            var (x, y) = way.Transform(8.5 + (2.9 * part / 1000), 44.7 + (1.9 * part / 1000));
            Assert.True(image.Distance(new Point(x, y)) < 0.02);
        }

        Assert.InRange(image.NumPoints, 3, 1000);
    }

    [Fact]
    public void The_way_to_the_same_system_changes_nothing()
    {
        var point = new Point(9.1919, 45.4642) { SRID = 4326 };

        Assert.Same(point, CoordinateSystems.Between(4326, 4326).Transform(point));
    }

    [Fact]
    public void An_unknown_system_is_named()
    {
        Assert.Equal(4258, Assert.Throws<UnknownReferenceSystemException>(() => CoordinateSystems.Get(4258)).Srid);
        Assert.Null(CoordinateSystems.Find(0));
    }

    [Fact]
    public void Identifiers_tell_the_axis_order()
    {
        Assert.Equal(AxisOrder.EastNorth, CoordinateSystems.Find("http://www.opengis.net/def/crs/OGC/1.3/CRS84")?.AxisOrder);
        Assert.Equal(AxisOrder.NorthEast, CoordinateSystems.Find("http://www.opengis.net/def/crs/EPSG/0/4326")?.AxisOrder);
        Assert.Equal(AxisOrder.NorthEast, CoordinateSystems.Find("http://www.opengis.net/def/crs/EPSG/0/6707")?.AxisOrder);
        Assert.Equal(AxisOrder.EastNorth, CoordinateSystems.Find("http://www.opengis.net/def/crs/EPSG/0/7791")?.AxisOrder);
        Assert.Null(CoordinateSystems.Find("http://www.opengis.net/def/crs/EPSG/0/2056"));
    }

    [Fact]
    public void One_transformation_serves_all_threads()
    {
        var way = CoordinateSystems.Between(4326, 3003);
        var (expectedX, expectedY) = way.Transform(9.5, 45.5);

        Parallel.For(0, 10_000, _ => Assert.Equal((expectedX, expectedY), way.Transform(9.5, 45.5)));
    }
}
