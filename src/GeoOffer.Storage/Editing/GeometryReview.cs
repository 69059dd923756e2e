using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Rows;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace GeoOffer.Storage.Editing;

/// <summary>Holds a geometry against its reference system and the rules of its collection, and brings it into the system it is stored in.</summary>
/// <param name="rule">What geometries are taken.</param>
/// <param name="property">The geometry of the collection.</param>
/// <param name="region">Where features are expected, in degrees; null for anywhere.</param>
internal sealed class GeometryReview(GeometryRule rule, GeometryProperty property, Envelope? region)
{
    // Half of the last digit that answers have, in both coordinates at once, and a little.
    private const double ReadableDegrees = 0.72e-7;
    private const double ReadableMetres = 0.72e-4;

    /// <summary>
    /// The geometry as it is to be stored; null where it is none, or at fault, which is added. What comes back as a client has read it is the one that
    /// is stored: it is not moved by having been rounded.
    /// </summary>
    public Geometry? Review(StatedGeometry stated, Geometry? stored, List<EditFault> faults)
    {
        if (stated.Geometry is not { } geometry)
        {
            if (rule.Missing == MissingGeometry.Rejected)
            {
                faults.Add(Fault("", "a geometry", "null"));
            }

            return null;
        }

        if (stored is not null && IsAsRead(geometry, stated.System, stored))
        {
            return stored;
        }

        if (!rule.Types.Contains(geometry.OgcGeometryType))
        {
            faults.Add(Fault("/type", string.Join(" or ", rule.Types), geometry.GeometryType));
            return null;
        }

        if (geometry.IsEmpty)
        {
            faults.Add(Fault("/coordinates", "positions", "none"));
            return null;
        }

        var system = stated.System;
        if (VertexPath.First(geometry, position => !system.Contains(position.X, position.Y)) is { } outside)
        {
            faults.Add(Fault(outside.Path, DescribeDomain(system), ShowExactly(outside.Position, system)));
            return null;
        }

        if (Invalid(geometry, system) is { } invalid)
        {
            faults.Add(invalid);
            return null;
        }

        var placed = CoordinateSystems.Between(system.Srid, property.Srid).Transform(geometry);
        if (IsSwapped(placed))
        {
            var first = VertexPath.First(geometry, _ => true)!;
            faults.Add(Fault(first.Path, $"{AxesOf(system)}: with the two exchanged it would lie in the region", Show(first.Position, system)));
            return null;
        }

        // What was valid can touch itself once it is rounded to another grid.
        if (!ReferenceEquals(placed, geometry) && !new IsValidOp(placed).IsValid)
        {
            faults.Add(Fault("/coordinates", $"a geometry that is valid in EPSG:{property.Srid} too", "one that is not"));
            return null;
        }

        placed = RingOrientation.RightHanded(placed);
        return rule.IsMultiPolygon && placed is Polygon polygon ? polygon.Factory.CreateMultiPolygon([polygon]) : placed;
    }

    private bool IsAsRead(Geometry geometry, ReferenceSystem system, Geometry stored)
    {
        if (geometry.NumPoints != stored.NumPoints)
        {
            return false;
        }

        var read = CoordinateSystems.Between(property.Srid, system.Srid).Transform(RingOrientation.RightHanded(stored));
        return read.EqualsExact(RingOrientation.RightHanded(geometry), system.IsGeographic ? ReadableDegrees : ReadableMetres);
    }

    private EditFault? Invalid(Geometry geometry, ReferenceSystem system)
    {
        var validity = new IsValidOp(geometry);
        if (validity.IsValid)
        {
            return null;
        }

        var (message, at) = (validity.ValidationError.Message, validity.ValidationError.Coordinate);
        return at is null
            ? Fault("/coordinates", "a valid geometry", message)
            : Fault(VertexPath.Nearest(geometry, at), "a valid geometry", $"{message} at {Show(at, system)}");
    }

    private bool IsSwapped(Geometry placed)
    {
        var box = placed.EnvelopeInternal;
        return region is not null && !region.Intersects(box) && region.Intersects(new Envelope(box.MinY, box.MaxY, box.MinX, box.MaxX));
    }

    private EditFault Fault(string path, string expected, string got) => new(property.Name, path, expected, got);

    private static string DescribeDomain(ReferenceSystem system) => $"{AxesOf(system)}; {system.DescribeDomain()}";

    private static string AxesOf(ReferenceSystem system) => (system.IsGeographic, system.AxisOrder) switch
    {
        (true, AxisOrder.EastNorth) => "longitude, latitude",
        (true, _) => "latitude, longitude",
        (_, AxisOrder.EastNorth) => "easting, northing",
        _ => "northing, easting",
    };

    private static string Show(Coordinate position, ReferenceSystem system)
    {
        var digits = system.IsGeographic ? 7 : 3;
        return ShowExactly(new Coordinate(Math.Round(position.X, digits), Math.Round(position.Y, digits)), system);
    }

    /// <summary>To the last digit: what lies just outside must not be told as what lies inside.</summary>
    private static string ShowExactly(Coordinate position, ReferenceSystem system)
    {
        var (first, second) = system.AxisOrder == AxisOrder.EastNorth ? (position.X, position.Y) : (position.Y, position.X);
        return string.Create(CultureInfo.InvariantCulture, $"[{first}, {second}]");
    }
}
