using System.Text.Json;
using GeoOffer.Domain.Geometries;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace GeoOffer.Domain.Scouting;

/// <summary>Reads the member <c>within</c> of a brief's document.</summary>
internal sealed class AreaOfInterestReader(ScoutingVocabulary vocabulary, BriefFaults faults)
{
    private static readonly Envelope Earth = new(-180, 180, -90, 90);

    public AreaOfInterest? Read(BriefObject body)
    {
        if (body.FindValue("within") is not { } element || BriefObject.Open(element, body.At("within"), faults) is not { } json)
        {
            return null;
        }

        json.AllowOnly("any_of", "geometry");
        var codes = json.Texts("any_of", "a code as text", BriefChecks.MaxCodes);
        var (anyOf, provinces, municipalities) = BriefChecks.Areas(codes, vocabulary.Areas, faults);
        var geometry = json.FindValue("geometry") is { } value ? ReadGeometry(value, json.At("geometry")) : null;
        return anyOf.Count == 0 && geometry is null ? null : new AreaOfInterest(anyOf, provinces, municipalities, geometry);
    }

    private Geometry? ReadGeometry(JsonElement element, string at)
    {
        if (!GeoJsonGeometryReader.TryRead(element, at, out var geometry, out var fault, BriefChecks.MaxVertices))
        {
            faults.Add(fault.JsonPointer, fault.Expected, fault.Got);
            return null;
        }

        if (geometry is not (Polygon or MultiPolygon) || geometry.IsEmpty)
        {
            var got = geometry is { IsEmpty: true } ? "an empty geometry" : $"a {geometry?.GeometryType}";
            faults.Add(at, "a Polygon or MultiPolygon with an area", got);
            return null;
        }

        if (!Earth.Contains(geometry.EnvelopeInternal))
        {
            faults.Add(at, "longitude -180 to 180 then latitude -90 to 90 (CRS84)", $"{geometry.EnvelopeInternal}");
            return null;
        }

        if (new IsValidOp(geometry).ValidationError is { } error)
        {
            var got = FormattableString.Invariant($"{error.Message} at {error.Coordinate?.X}, {error.Coordinate?.Y}");
            faults.Add(at, "a valid geometry", got);
            return null;
        }

        return geometry;
    }
}
