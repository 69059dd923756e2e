using System.Text.Json;
using GeoOffer.Domain.Geometries;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Server.Problems;
using GeoOffer.Storage.Editing;
using NetTopologySuite.Geometries;

namespace GeoOffer.Server.Editing;

/// <summary>
/// Reads a feature that an editor sends: GeoJSON (RFC 7946), also with the place of JSON-FG in a reference system of its own, or what a merge
/// patch (RFC 7396) says of one. All faults are found at once, each with a JSON pointer (RFC 6901).
/// </summary>
/// <param name="collection">The collection as the editor knows it.</param>
/// <param name="declared">The reference system of coordinates, by the header Content-Crs.</param>
/// <param name="kind">What is to be done with it.</param>
/// <param name="id">The id of the feature that is edited; empty for a new one.</param>
internal sealed class FeatureBody(Collection collection, ReferenceSystem declared, EditKind kind, string id)
{
    private const int MostPositions = 250_000;

    private readonly List<RequestFault> _faults = [];
    private string _geometryMember = "geometry";

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<RequestFault> Faults => _faults;

    /// <summary>Reads it; null with faults.</summary>
    public FeatureDraft? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            var at = exception.LineNumber is { } line ? $"no JSON at line {line + 1}, byte {exception.BytePositionInLine + 1}" : "no JSON";
            Add("", "a GeoJSON Feature in UTF-8", at);
            return null;
        }
    }

    /// <summary>A fault that was found later, as one of the body.</summary>
    public RequestFault Place(EditFault fault) => fault.Property == collection.Geometry?.Name
        ? RequestFault.InBody($"/{_geometryMember}{fault.Path}", fault.Expected, fault.Got)
        : RequestFault.InBody(fault.Property.Length == 0 ? "/properties" : Child("/properties", fault.Property), fault.Expected, fault.Got);

    private FeatureDraft? Read(JsonElement root)
    {
        if (Members(root, "", "a GeoJSON Feature") is not { } members)
        {
            return null;
        }

        if (members.TryGetValue("type", out var type) ? TextOf(type) != "Feature" : kind != EditKind.Update)
        {
            Add("/type", "Feature", type.ValueKind == JsonValueKind.Undefined ? "nothing" : Describe(type));
        }

        if (kind == EditKind.Update && members.TryGetValue("id", out var stated) && TextOf(stated) != id)
        {
            // Part 4 lets a replacement ignore it, and has a patch refused.
            Add("/id", $"{id}: the id of a feature is never changed", Describe(stated));
        }

        if (members.TryGetValue("crs", out var crs) && crs.ValueKind != JsonValueKind.Null)
        {
            Add("/crs", "nothing: the header Content-Crs names the reference system", Describe(crs));
        }

        var geometry = ReadPlace(members);
        var properties = ReadProperties(members);
        return _faults.Count > 0 ? null : new FeatureDraft(properties) { Geometry = geometry };
    }

    private StatedGeometry? ReadPlace(Dictionary<string, JsonElement> members)
    {
        if (ReadSystem(members.GetValueOrDefault("coordRefSys"), "/coordRefSys", declared) is not { } system)
        {
            return null;
        }

        if (members.TryGetValue("place", out var place) && place.ValueKind != JsonValueKind.Null)
        {
            // JSON-FG: what a geometry says of its own system goes before what its feature says.
            _geometryMember = "place";
            var named = place.ValueKind == JsonValueKind.Object && place.TryGetProperty("coordRefSys", out var own) ? own : default;
            return ReadSystem(named, "/place/coordRefSys", system) is { } stated ? ReadGeometry(place, stated) : null;
        }

        if (members.TryGetValue("geometry", out var geometry))
        {
            return ReadGeometry(geometry, declared);
        }

        if (kind != EditKind.Update)
        {
            Add("/geometry", "a geometry, or null", "nothing");
        }

        return null;
    }

    /// <summary>The system that a member names; another where it names none; null with a fault.</summary>
    private ReferenceSystem? ReadSystem(JsonElement named, string pointer, ReferenceSystem otherwise)
    {
        if (named.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return otherwise;
        }

        var system = CoordinateSystems.Find(TextOf(named) ?? "");
        if (system is null)
        {
            Add(pointer, $"one of {string.Join(", ", CoordinateSystems.Known.Prepend(CoordinateSystems.Crs84).Select(each => each.Uri))}", Describe(named));
        }

        return system;
    }

    private StatedGeometry? ReadGeometry(JsonElement element, ReferenceSystem system)
    {
        if (!GeoJsonGeometryReader.TryRead(element, $"/{_geometryMember}", out var geometry, out var fault, MostPositions))
        {
            Add(fault.JsonPointer, fault.Expected, fault.Got);
            return null;
        }

        geometry?.Apply(new AxisOrderFilter(system));
        if (geometry is not null)
        {
            geometry.SRID = system.Srid;
        }

        return new StatedGeometry(geometry, system);
    }

    private Dictionary<string, Value?> ReadProperties(Dictionary<string, JsonElement> members)
    {
        var values = new Dictionary<string, Value?>();
        if (!members.TryGetValue("properties", out var properties))
        {
            if (kind != EditKind.Update)
            {
                Add("/properties", "an object, or null", "nothing");
            }

            return values;
        }

        if (properties.ValueKind == JsonValueKind.Null || Members(properties, "/properties", "an object, or null") is not { } named)
        {
            return values;
        }

        foreach (var (name, element) in named)
        {
            var pointer = Child("/properties", name);
            if (collection.Find(name) is not { } property)
            {
                Add(pointer, $"a property of {collection.Id}: {string.Join(", ", collection.Properties.Where(known => known.IsWritable).Select(known => known.Name))}", "an unknown property");
            }
            else if (property.IsWritable)
            {
                values[name] = ReadValue(element, property.Type, pointer);
            }
            else if (kind != EditKind.Replace && element.ValueKind != JsonValueKind.Null)
            {
                Add(pointer, "nothing: it is measured, or comes from elsewhere", Describe(element));
            }
        }

        return values;
    }

    private Value? ReadValue(JsonElement element, PropertyType type, string pointer)
    {
        if (element.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        Value? value = type switch
        {
            PropertyType.Text => TextOf(element) is { } text ? new Value.Text(text) : null,
            PropertyType.Integer => WholeOf(element) is { } whole ? new Value.Integer(whole) : null,
            PropertyType.Number => NumberOf(element) is { } number ? new Value.Number(number) : null,
            PropertyType.Boolean => element.ValueKind is JsonValueKind.True or JsonValueKind.False ? new Value.Boolean(element.GetBoolean()) : null,
            PropertyType.Date or PropertyType.Timestamp => TextOf(element) is { } time ? Value.Read(type, time) : null,
            PropertyType.TextArray => TextsOf(element) is { } texts ? new Value.TextArray([.. texts]) : null,
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
        };
        if (value is null)
        {
            Add(pointer, Expected(type), Describe(element));
        }

        return value;
    }

    private static string Expected(PropertyType type) => type switch
    {
        PropertyType.Text => "a text, or null",
        PropertyType.Integer => "a whole number, or null",
        PropertyType.Number => "a number, or null",
        PropertyType.Boolean => "true, false or null",
        PropertyType.Date => "a day such as \"2026-01-31\", or null",
        PropertyType.Timestamp => "an instant such as \"2026-01-31T12:00:00Z\", or null",
        _ => "an array of texts, or null",
    };

    /// <summary>The members of an object; null where it is none. A member that is there twice is a fault.</summary>
    private Dictionary<string, JsonElement>? Members(JsonElement element, string pointer, string expected)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Add(pointer, expected, Describe(element));
            return null;
        }

        var members = new Dictionary<string, JsonElement>();
        foreach (var member in element.EnumerateObject())
        {
            if (NameOf(member) is not { } name)
            {
                Add(pointer, "names of members in Unicode", "one that is not");
            }
            else if (!members.TryAdd(name, member.Value))
            {
                Add(Child(pointer, name), "the member once", "the member again");
            }
        }

        return members;
    }

    private void Add(string pointer, string expected, string got)
    {
        const int MostFaults = 100;
        if (_faults.Count < MostFaults)
        {
            _faults.Add(RequestFault.InBody(pointer, expected, got));
        }
    }

    private static string Child(string pointer, string name) =>
        $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => TextOf(element) ?? "a text that is not Unicode",
        _ => element.GetRawText(),
    };

    private static long? WholeOf(JsonElement element)
    {
        const double Exact = 1L << 53;
        return element.ValueKind != JsonValueKind.Number ? null
            : element.TryGetInt64(out var whole) ? whole
            : element.TryGetDouble(out var number) && Math.Abs(number) <= Exact && number == Math.Floor(number) ? (long)number
            : null;
    }

    private static double? NumberOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    private static List<string>? TextsOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var texts = new List<string>();
        foreach (var item in element.EnumerateArray())
        {
            if (TextOf(item) is not { } text)
            {
                return null;
            }

            texts.Add(text);
        }

        return texts;
    }

    /// <summary>The text of a string; null where it is none, or half of a surrogate pair.</summary>
    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>From the axis order of a system to x east, y north.</summary>
    private sealed class AxisOrderFilter(ReferenceSystem system) : ICoordinateSequenceFilter
    {
        public bool Done => system.AxisOrder == AxisOrder.EastNorth;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence seq, int i)
        {
            if (!Done)
            {
                var (first, second) = (seq.GetX(i), seq.GetY(i));
                seq.SetX(i, second);
                seq.SetY(i, first);
            }
        }
    }
}
