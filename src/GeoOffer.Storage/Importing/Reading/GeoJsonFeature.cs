using System.Text.Json;
using GeoOffer.Domain.Geometries;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>Makes rows of GeoJSON features (RFC 7946, section 3.2).</summary>
internal static class GeoJsonFeature
{
    /// <summary>A row; what is no feature is a row with a fault.</summary>
    /// <param name="element">What stands where a feature should.</param>
    /// <param name="number">Its number from 1.</param>
    /// <param name="place">Its place for messages: a JSON pointer, or a line.</param>
    public static SourceRow ToRow(JsonElement element, long number, string place)
    {
        var row = new SourceRow(number, place, []) { CarriesGeometry = true };
        if (element.ValueKind != JsonValueKind.Object)
        {
            return row with { Fault = NoFeature(SourceValue.OfJson(element).Describe(), "a feature is a JSON object") };
        }

        JsonElement type = default, geometry = default, properties = default, id = default;
        foreach (var member in element.EnumerateObject())
        {
            if (member.Is("type"u8))
            {
                type = member.Value;
            }
            else if (member.Is("geometry"u8))
            {
                geometry = member.Value;
            }
            else if (member.Is("properties"u8))
            {
                properties = member.Value;
            }
            else if (member.Is("id"u8))
            {
                id = member.Value;
            }
        }

        row = row with { Id = SourceValue.OfJson(id).Text };
        if (SourceValue.OfJson(type) is not { Text: "Feature" } stated)
        {
            return row with { Fault = NoFeature(SourceValue.OfJson(type).Describe(), "its type is not Feature") };
        }

        if (id.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Object or JsonValueKind.Array)
        {
            return row with { Fault = NoFeature(SourceValue.OfJson(id).Describe(), "its id is no text or number") };
        }

        if (properties.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined))
        {
            return row with { Fault = NoFeature(SourceValue.OfJson(properties).Describe(), "its properties are no object") };
        }

        row = row with { Fields = Fields(properties) };
        if (geometry.ValueKind == JsonValueKind.Undefined)
        {
            return row;
        }

        return GeoJsonGeometryReader.TryRead(geometry, "/geometry", out var read, out var fault)
            ? row with { Geometry = read }
            : row with
            {
                Fault = new SourceFault(
                    RejectionCode.GeometryBroken, "geometry", MessageText.Shorten(fault.Got),
                    $"at {MessageText.Shorten(fault.JsonPointer)}: expected {fault.Expected}",
                    "write the geometry as RFC 7946, section 3.1, has it"),
            };
    }

    /// <summary>
    /// What the member <c>crs</c> of the GeoJSON of 2008 names, which RFC 7946 has dropped: a name, the code of its first drafts, or the
    /// address of a link.
    /// </summary>
    public static string? ReferenceSystemName(JsonElement crs)
    {
        if (crs.ValueKind != JsonValueKind.Object
            || !crs.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return properties.TryGetProperty("name", out var name) ? SourceValue.OfJson(name).Text
            : properties.TryGetProperty("code", out var code) ? $"EPSG:{SourceValue.OfJson(code).Text}"
            : properties.TryGetProperty("href", out var address) ? SourceValue.OfJson(address).Text
            : null;
    }

    /// <summary>The members of an object; none when it is null.</summary>
    public static List<SourceField> Fields(JsonElement properties)
    {
        var fields = new List<SourceField>();
        if (properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in properties.EnumerateObject())
            {
                fields.Add(new SourceField(property.SafeName(), SourceValue.OfJson(property.Value)));
            }
        }

        return fields;
    }

    private static SourceFault NoFeature(string? value, string reason) =>
        new(RejectionCode.NoFeature, null, value, $"no GeoJSON feature: {reason}", "write features as RFC 7946, section 3.2, has them");
}
