using System.Globalization;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Importing.Profiles;

/// <summary>Reads how one field is made, and holds every value that it can become against the field.</summary>
internal static class ProfileFieldReader
{
    private const string Reject = "reject";
    private const string Keep = "keep";

    /// <summary>Reads an entry of a profile: a field of columns, or a value for all rows.</summary>
    public static void Read(ImportField field, ProfileNode node, List<ProfileField> fields, Dictionary<string, string> constants)
    {
        var columns = node.Find("columns");
        if (node.Find("value") is { } constant)
        {
            if (columns is not null)
            {
                constant.Fault("a field has columns or a value for all rows, not both", "leave one of them out");
            }

            constants[field.Column] = Check(field, constant, constant.Scalar()) ?? "";
        }
        else if (columns is null)
        {
            node.Fault("it says nothing of where the value comes from", "write \"columns\": [\"NAME\"], or \"value\" for all rows");
        }
        else
        {
            fields.Add(ReadColumns(field, node, columns));
        }

        node.RefuseOthers();
    }

    /// <summary>Reads which EPSG codes the names of reference systems stand for.</summary>
    public static ValueMap ReadSystems(ProfileNode node)
    {
        var others = node.Find("otherwise");
        var replacement = others?.Scalar();
        return new ValueMap(ReadCodes(node.Require("values", """{"WGS84": 4326}""")))
        {
            Others = replacement is null or Reject ? UnknownValue.Rejected : UnknownValue.Replaced,
            Replacement = replacement is null or Reject || !IsCode(replacement, others!) ? null : replacement,
        };
    }

    private static ProfileField ReadColumns(ImportField field, ProfileNode node, ProfileNode columns) => new(field, columns.Texts())
    {
        Join = node.Find("join")?.Text(),
        AfterLast = node.Find("after_last")?.Text(),
        Separators = node.Find("separators")?.Texts() ?? [],
        Several = node.Find("several") is { } several ? Check(field, several, several.Scalar()) : null,
        Values = ReadValues(field, node),
        Factor = Only<NumberType>(field, node.Find("factor"), "number")?.Number(),
        Dates = ReadPatterns(Only<DateType>(field, node.Find("dates"), "day")),
        Digits = Only<ScalarType>(field, node.Find("digits"), "code")?.Whole(1, 20),
        HasDashes = Only<ScalarType>(field, node.Find("dashes"), "code")?.Truth() ?? false,
        WhenEmpty = node.Find("empty") is { } empty ? Check(field, empty, empty.Scalar()) : null,
    };

    private static ValueMap? ReadValues(ImportField field, ProfileNode node)
    {
        var (values, others) = (node.Find("values"), node.Find("otherwise"));
        var otherwise = others?.Scalar();
        if (values is null)
        {
            others?.Fault("there are no values that it could be said of", "write \"values\" before it");
            return null;
        }

        var isWord = otherwise is null or Reject or Keep;
        return new ValueMap([.. values.Members().Select(member => (member.Name, Check(field, member.Node, member.Node.TextOrNull())))])
        {
            Others = otherwise switch
            {
                null or Reject => UnknownValue.Rejected,
                Keep => UnknownValue.Kept,
                _ => UnknownValue.Replaced,
            },
            Replacement = isWord ? null : Check(field, others!, otherwise),
        };
    }

    /// <summary>A value as the field takes it.</summary>
    private static string? Check(ImportField field, ProfileNode node, string? text)
    {
        if (text is not null && field.Type.Read(SourceValue.OfText(text)) is { Problem: { } problem })
        {
            node.Fault(
                $"{field.Column} cannot be '{text}': {problem.Reason}",
                problem.Fix is null ? "write a value that it can be" : $"did you mean {problem.Fix}?");
        }

        return text;
    }

    private static ProfileNode? Only<T>(ImportField field, ProfileNode? node, string what)
        where T : FieldType
    {
        if (node is null || field.Type is T)
        {
            return node;
        }

        node.Fault($"{field.Column} is no {what}", "leave it out");
        return null;
    }

    private static IReadOnlyList<string> ReadPatterns(ProfileNode? node)
    {
        var patterns = node?.Texts() ?? [];
        foreach (var pattern in patterns.Where(pattern => !IsPattern(pattern)))
        {
            node!.Fault($"'{pattern}' is no pattern of a day", "write d, M and y for day, month and year, such as dd/MM/yyyy");
        }

        return patterns;
    }

    /// <summary>A pattern says at least the year, and reads what it writes.</summary>
    private static bool IsPattern(string pattern)
    {
        try
        {
            var text = new DateOnly(2021, 3, 4).ToString(pattern, CultureInfo.InvariantCulture);
            return DateOnly.TryParseExact(text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out var read)
                && read.Year == 2021;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static List<(string Text, string? Value)> ReadCodes(ProfileNode? node) =>
        node?.Members()
            .Select(member => (member.Name, Value: member.Node.Scalar(), member.Node))
            .Where(member => IsCode(member.Value, member.Node))
            .Select(member => (member.Name, member.Value))
            .ToList()
        ?? [];

    private static bool IsCode(string? text, ProfileNode node)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code is >= 1024 and <= 998_999)
        {
            return true;
        }

        node.Fault($"'{text}' is no EPSG code", "write its number, such as 4326");
        return false;
    }
}
