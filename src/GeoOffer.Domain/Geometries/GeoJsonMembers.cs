using System.Text.Json;
using GeoOffer.Domain.Json;

namespace GeoOffer.Domain.Geometries;

/// <summary>The members of a geometry object that the standard defines; others are foreign members, which are allowed.</summary>
internal readonly record struct GeoJsonMembers(
    JsonElement? TypeElement, JsonElement? Coordinates, JsonElement? Geometries, JsonElement? BoundingBox)
{
    public static GeoJsonMembers Of(JsonElement element, string pointer)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new GeometryFaultException(pointer, GeometryFaultKind.WrongJsonType, "a geometry object", JsonText.Describe(element));
        }

        var members = default(GeoJsonMembers);
        foreach (var property in element.EnumerateObject())
        {
            if (!JsonText.TryGetName(property, out var name))
            {
                continue;
            }

            members = name switch
            {
                "type" => members with { TypeElement = Once(members.TypeElement, property, name, pointer) },
                "coordinates" => members with { Coordinates = Once(members.Coordinates, property, name, pointer) },
                "geometries" => members with { Geometries = Once(members.Geometries, property, name, pointer) },
                "bbox" => members with { BoundingBox = Once(members.BoundingBox, property, name, pointer) },
                _ => members,
            };
        }

        return members;
    }

    public string Type(string pointer)
    {
        var type = Require(TypeElement, "type", pointer);
        return JsonText.TryGetString(type, out var text)
            ? text
            : throw new GeometryFaultException(pointer + "/type", GeometryFaultKind.WrongJsonType, "a string", JsonText.Describe(type));
    }

    public static JsonElement Require(JsonElement? member, string name, string pointer)
        => member ?? throw new GeometryFaultException(pointer, GeometryFaultKind.MissingMember, $"the member {name}", "nothing");

    private static JsonElement Once(JsonElement? earlier, JsonProperty property, string name, string pointer)
        => earlier is null
            ? property.Value
            : throw new GeometryFaultException(
                JsonText.Child(pointer, name), GeometryFaultKind.DuplicateMember, "the member once", "the member again");
}
