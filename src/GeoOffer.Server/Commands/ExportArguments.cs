using System.CommandLine;
using GeoOffer.Server.Exporting;
using GeoOffer.Server.Features;
using GeoOffer.Storage.Exporting;

namespace GeoOffer.Server.Commands;

/// <summary>The arguments and options of <c>geooffer export</c>.</summary>
internal sealed class ExportArguments
{
    private readonly Option<string?>[] _parameters =
    [
        Parameter(FeatureParameters.Crs, "The reference system of the file, such as EPSG:25832; CRS84 (longitude, latitude) without it.", "CRS"),
        Parameter(FeatureParameters.FilterName, "A condition in CQL2 text, such as \"measured_area_ha >= 40\".", "CQL2"),
        Parameter(FeatureParameters.FilterCrs, "The reference system of geometries in the filter, in the axis order of its authority.", "CRS"),
        Parameter(FeatureParameters.Bbox, "A box that features touch: west,south,east,north, or in the axis order of --bbox-crs.", "BOX"),
        Parameter(FeatureParameters.BboxCrs, "The reference system of the box; CRS84 (longitude, latitude) without it.", "CRS"),
        Parameter(FeatureParameters.Properties, "The properties to write, separated by commas; all without it.", "NAMES"),
        Parameter(FeatureParameters.SortBy, "The order, such as -measured_area_ha,code; as they are stored without it.", "NAMES"),
        Parameter(FeatureParameters.Limit, "The greatest number of features.", "NUMBER"),
        Parameter(ExportParameters.Precision, "The most decimals of coordinates in text formats; exact without it.", "DECIMALS"),
    ];

    private readonly Option<bool>[] _switches =
    [
        Switch(ExportParameters.Bom, "Start CSV with a byte order mark, by which spreadsheets know UTF-8."),
        Switch(ExportParameters.GuardFormulas, "Put an apostrophe before texts of CSV that a spreadsheet would run; they do not come back unchanged."),
        Switch(ExportParameters.RecordSeparators, "Put a record separator before each feature of GeoJSONSeq (RFC 8142)."),
    ];

    /// <summary>What is exported.</summary>
    public Argument<string[]> Collections { get; } = new("collection")
    {
        Description = "A collection or layer; several where the format holds several.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>The format.</summary>
    public Option<string?> Format { get; } = new("--format")
    {
        Description = $"{string.Join(", ", ExportFormat.All.Select(format => format.Code))}; told from the extension of the file without it.",
    };

    /// <summary>Where it goes.</summary>
    public Option<string?> Output { get; } = new("--output", "-o")
    {
        Description = "The file, which is replaced when it is there; - or nothing for standard output.",
        HelpName = "FILE",
    };

    /// <summary>Who sees it.</summary>
    public Option<string> Role { get; } = Choice("--role", "Who is to see it: rows and properties are those of the role.", "public", "public", "scout", "editor", "administrator");

    /// <summary>The language of titles.</summary>
    public Option<string> Language { get; } = Choice("--lang", "The language of titles inside the file.", "it", "it", "en");

    /// <summary>Whether it is compressed.</summary>
    public Option<bool> Gzip { get; } = new("--gzip") { Description = "Compress it with gzip; so it is also where the file ends with .gz." };

    /// <summary>Whether it is packed.</summary>
    public Option<bool> Zip { get; } = new("--zip") { Description = "Put it into a zip archive; so it is also where the file ends with .zip." };

    /// <summary>Whether only faults are told.</summary>
    public Option<bool> Quiet { get; } = new("--quiet") { Description = "No progress, and no word at the end." };

    /// <summary>Adds all to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(Collections);
        foreach (var option in (Option[])[Format, Output, .. _parameters, Role, Gzip, Zip, .. _switches, Language, Quiet])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was typed, as <see cref="ExportParameters"/> take it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Read(ParseResult parsed) =>
    [
        .. _parameters.Where(option => parsed.GetValue(option) is not null).Select(option => KeyValuePair.Create(option.Name[2..], parsed.GetValue(option)!)),
        .. _switches.Where(option => parsed.GetValue(option)).Select(option => KeyValuePair.Create(option.Name[2..], "true")),
    ];

    private static Option<string?> Parameter(string name, string description, string value) =>
        new($"--{name}") { Description = description, HelpName = value };

    private static Option<bool> Switch(string name, string description) => new($"--{name}") { Description = description };

    private static Option<string> Choice(string name, string description, string fallback, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => fallback };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
