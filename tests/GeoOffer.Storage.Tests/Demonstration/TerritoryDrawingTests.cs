using GeoOffer.Storage.Demonstration;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;

namespace GeoOffer.Storage.Tests.Demonstration;

public sealed class TerritoryDrawingTests
{
    private static readonly DemonstrationRegisters Registers = DemonstrationRegisters.Instance;

    [Fact]
    public void The_outline_is_valid_and_has_at_most_eighty_points()
    {
        Assert.True(Registers.Outline.IsValid);
        Assert.InRange(Registers.Outline.NumPoints - 1, 3, 80);
        Assert.All(
            Registers.Outline.Coordinates,
            point => Assert.Equal(new Coordinate(Math.Round(point.X, 2), Math.Round(point.Y, 2)), point));
    }

    [Fact]
    public void Areas_of_municipalities_cover_the_outline_and_do_not_overlap()
    {
        var areas = Registers.Municipalities.Select(m => m.Geom!).ToList();
        Assert.All(areas, area => Assert.True(area.IsValid && !area.IsEmpty));
        Assert.InRange(areas.Sum(area => area.Area) / Registers.Outline.Area, 1 - 1e-6, 1 + 1e-6);

        var index = new STRtree<Geometry>();
        areas.ForEach(area => index.Insert(area.EnvelopeInternal, area));
        var shared = areas.Sum(area => index.Query(area.EnvelopeInternal)
            .Where(other => other != area && other.Intersects(area))
            .Sum(other => other.Intersection(area).Area));
        Assert.InRange(shared / Registers.Outline.Area, 0, 1e-6);
    }

    [Fact]
    public void Every_seat_lies_in_its_own_area_and_in_no_other()
    {
        var index = new STRtree<(string Code, IPreparedGeometry Area)>();
        foreach (var municipality in Registers.Municipalities)
        {
            index.Insert(municipality.Geom!.EnvelopeInternal, (municipality.Code, PreparedGeometryFactory.Prepare(municipality.Geom)));
        }

        Assert.All(Registers.Seats, seat =>
        {
            var point = Registers.Outline.Factory.CreatePoint(seat.Value);
            var holders = index.Query(point.EnvelopeInternal).Where(cell => cell.Area.Intersects(point));
            Assert.Equal([seat.Key], holders.Select(cell => cell.Code));
        });
    }

    [Fact]
    public void An_area_is_what_lies_nearer_to_its_seat_than_to_any_other()
    {
        var seats = Registers.Seats.Values.ToList();
        Assert.All(Registers.Municipalities.Where((_, index) => index % 10 == 0), municipality =>
        {
            var inside = municipality.Geom!.Buffer(-0.001);
            if (inside.IsEmpty)
            {
                return;
            }

            var place = inside.InteriorPoint.Coordinate;
            Assert.Equal(Registers.Seats[municipality.Code], seats.MinBy(seat => Nearness(seat, place)));
        });
    }

    [Fact]
    public void Areas_of_provinces_are_those_of_their_municipalities()
    {
        Assert.Equal(12, Registers.Provinces.Length);
        Assert.All(Registers.Provinces, province =>
        {
            var parts = Registers.Municipalities.Where(m => m.ProvinceCode == province.Code).Sum(m => m.Geom!.Area);
            Assert.True(province.Geom!.IsValid);
            Assert.InRange(province.Geom.Area / parts, 1 - 1e-6, 1 + 1e-6);
        });
        Assert.InRange(Registers.Provinces.Sum(p => p.Geom!.Area) / Registers.Outline.Area, 1 - 1e-6, 1 + 1e-6);
    }

    private static double Nearness(Coordinate seat, Coordinate place) =>
        Math.Pow((seat.X - place.X) * 0.7, 2) + Math.Pow(seat.Y - place.Y, 2);
}
