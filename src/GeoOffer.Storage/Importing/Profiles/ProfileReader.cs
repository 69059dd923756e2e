using System.Text.Json;
using System.Text.RegularExpressions;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Reading;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Profiles;

/// <summary>Reads profiles from JSON, and finds everything that is wrong with one at once.</summary>
internal sealed partial class ProfileReader
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly List<ProfileFault> _faults = [];
    private readonly string _origin;

    private ProfileReader(string origin) => _origin = origin;

    /// <summary>Reads a profile.</summary>
    /// <param name="json">The document.</param>
    /// <param name="origin">Its name or path, for messages.</param>
    /// <exception cref="ImportProfileException">Something is wrong with it.</exception>
    public static ImportProfile Read(string json, string origin)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, Lenient);
        }
        catch (JsonException exception)
        {
            var fault = JsonFault.Of(exception);
            throw new ImportProfileException(
                origin, [new ProfileFault($"line {fault.Line}, byte {fault.Column}", fault.Reason, "mend the JSON there")]);
        }

        using (document)
        {
            return new ProfileReader(origin).Read(document.RootElement, json);
        }
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Name();

    private ImportProfile Read(JsonElement element, string json)
    {
        var root = new ProfileNode(element, "$", _faults);
        if (element.ValueKind != JsonValueKind.Object)
        {
            root.Fault("it is no object", "write a profile between { and }");
            throw new ImportProfileException(_origin, _faults);
        }

        var title = root.Require("title", """{"it": "Siti dismessi", "en": "Disused sites"}""");
        var collection = ReadCollection(root);
        var fields = ReadFields(root, collection);
        var profile = new ImportProfile
        {
            Name = ReadName(root),
            TitleIt = title?.Require("it", "\"Siti dismessi\"")?.Text() ?? "",
            TitleEn = title?.Require("en", "\"Disused sites\"")?.Text() ?? "",
            Collection = collection?.Name ?? "",
            Source = root.Find("source")?.Text(),
            Licence = root.Find("licence")?.Text(),
            Notes = root.Find("notes")?.Texts() ?? [],
            Missing = (root.Find("missing")?.Texts() ?? []).Select(TextPattern.Key).ToHashSet(),
            Parameters = ReadParameters(root),
            Rows = root.Find("rows")?.Items().Select(ReadCondition).ToList() ?? [],
            Fields = fields.Fields,
            FixedValues = fields.Fixed,
            Position = ReadPosition(root.Find("position")),
            Extent = ReadExtent(root.Find("extent")),
            Json = json,
        };
        title?.RefuseOthers();
        root.RefuseOthers();
        return _faults.Count == 0 ? profile : throw new ImportProfileException(_origin, _faults);
    }

    private static string ReadName(ProfileNode root)
    {
        var node = root.Require("name", "\"my-register\"");
        var name = node?.Text() ?? "";
        if (node is not null && !Name().IsMatch(name))
        {
            node.Fault("it is no name", "write small letters, digits and single dashes, such as my-register");
        }

        return name;
    }

    private static ImportCollection? ReadCollection(ProfileNode root)
    {
        var node = root.Require("collection", "\"sites\"");
        if (node?.Text() is not { } name)
        {
            return null;
        }

        var collection = ImportCollections.All.FirstOrDefault(collection => collection.Name == name);
        if (collection is null)
        {
            node.Fault(
                $"'{name}' is no collection", $"expected one of {string.Join(", ", ImportCollections.All.Select(known => known.Name))}");
        }

        return collection;
    }

    private static (List<ProfileField> Fields, Dictionary<string, string> Fixed) ReadFields(ProfileNode root, ImportCollection? collection)
    {
        var (fields, constants) = (new List<ProfileField>(), new Dictionary<string, string>());
        if (root.Require("fields", """{"code": {"columns": "ID"}}""") is not { } node || collection is null)
        {
            return (fields, constants);
        }

        var named = new HashSet<ImportField>();
        foreach (var (name, entry) in node.Members().Where(member => member.Name[0] != '$'))
        {
            var field = collection.Fields.FirstOrDefault(field => field.Column == name);
            if (field is null)
            {
                var known = collection.Fields.Select(other => other.Column).ToList();
                entry.Fault(
                    $"{collection.Name} have no such field",
                    MessageText.Nearest(name, known) is { } nearest
                        ? $"did you mean {nearest}?"
                        : $"fields are {string.Join(", ", known)}");
                continue;
            }

            named.Add(field);
            ProfileFieldReader.Read(field, entry, fields, constants);
        }

        foreach (var field in collection.Fields.Where(field => field.IsRequired && !named.Contains(field)))
        {
            node.Fault(
                $"{field.Column} is missing, which every row must have",
                $"write \"{field.Column}\": {{\"columns\": …}} or {{\"value\": …}}");
        }

        return (fields, constants);
    }

    private static Dictionary<string, string> ReadParameters(ProfileNode root) =>
        root.Find("parameters")?.Members().Where(member => member.Name[0] != '$')
            .ToDictionary(member => member.Name, member => member.Node.Scalar() ?? "")
        ?? [];

    private static ProfileCondition ReadCondition(ProfileNode node)
    {
        var condition = new ProfileCondition(
            node.Require("columns", "\"COD_REG\"")?.Texts() ?? [],
            node.Require("any_of", "[\"3\"]")?.Texts() ?? []);
        node.RefuseOthers();
        return condition;
    }

    private static ProfilePosition ReadPosition(ProfileNode? node)
    {
        if (node is null)
        {
            return new ProfilePosition();
        }

        var position = new ProfilePosition
        {
            X = node.Find("x")?.Texts() ?? [],
            Y = node.Find("y")?.Texts() ?? [],
            Geometry = node.Find("geometry")?.Texts() ?? [],
            Srid = node.Find("srid")?.Whole(1024, 998_999),
        };
        if ((position.X.Count == 0) != (position.Y.Count == 0))
        {
            node.Fault("x and y go together", "name the columns of both");
        }

        if (node.Find("pair") is { } pair)
        {
            position = position with
            {
                Pair = pair.Require("columns", "\"geopoint\"")?.Texts() ?? [],
                IsLongitudeFirst = ReadOrder(pair.Require("order", "\"lat_lon\"")),
            };
            pair.RefuseOthers();
        }

        if (node.Find("system") is { } system)
        {
            position = position with
            {
                SystemColumns = system.Require("columns", "\"CRS\"")?.Texts() ?? [],
                Systems = ProfileFieldReader.ReadSystems(system),
            };
            system.RefuseOthers();
        }

        node.RefuseOthers();
        return position;
    }

    private static bool ReadOrder(ProfileNode? node)
    {
        var order = node?.Text();
        if (order is not (null or "lat_lon" or "lon_lat"))
        {
            node!.Fault($"'{order}' is no order", "write lat_lon or lon_lat");
        }

        return order == "lon_lat";
    }

    private static Envelope? ReadExtent(ProfileNode? node)
    {
        if (node?.Items().Select(edge => edge.Number()).ToList() is not { Count: > 0 } numbers)
        {
            return null;
        }

        var edges = numbers.ConvertAll(number => (double)(number ?? 0));
        if (edges is [>= -180 and var west, >= -90 and var south, <= 180 and var east, <= 90 and var north] && west < east && south < north)
        {
            return new Envelope(west, east, south, north);
        }

        node.Fault("it is no box", "write west, south, east, north in degrees, such as [-6.5, 49.8, 2.1, 55.9]");
        return null;
    }
}
