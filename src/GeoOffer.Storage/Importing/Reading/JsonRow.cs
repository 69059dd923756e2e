using System.Text.Json;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>Makes rows of the objects of an array or a sequence: features, or plain objects, whose members are fields.</summary>
internal static class JsonRow
{
    /// <summary>A row; an object with the marks of a feature is read as one.</summary>
    public static SourceRow ToRow(JsonElement element, long number, string place) =>
        element.ValueKind == JsonValueKind.Object && !IsFeature(element)
            ? new SourceRow(number, place, GeoJsonFeature.Fields(element))
            : GeoJsonFeature.ToRow(element, number, place);

    private static bool IsFeature(JsonElement element)
    {
        var (hasGeometry, hasProperties) = (false, false);
        foreach (var member in element.EnumerateObject())
        {
            if (member.Is("type"u8) && SourceValue.OfJson(member.Value).Text == "Feature")
            {
                return true;
            }

            hasGeometry |= member.Is("geometry"u8);
            hasProperties |= member.Is("properties"u8);
        }

        return hasGeometry && hasProperties;
    }
}
