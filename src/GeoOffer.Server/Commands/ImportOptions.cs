using System.CommandLine;
using System.Globalization;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Profiles;

namespace GeoOffer.Server.Commands;

/// <summary>The arguments and options of <c>geooffer import</c>.</summary>
internal sealed class ImportOptions
{
    private static readonly OrderedDictionary<string, SourceFormat> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["geojson"] = SourceFormat.GeoJson,
        ["geojsonseq"] = SourceFormat.GeoJsonSeq,
        ["csv"] = SourceFormat.Csv,
        ["shapefile"] = SourceFormat.Shapefile,
        ["geopackage"] = SourceFormat.GeoPackage,
        ["flatgeobuf"] = SourceFormat.FlatGeobuf,
        ["gdal"] = SourceFormat.Gdal,
    };

    private readonly LayerOptions? _layer;

    private readonly Argument<string> _collection;

    private readonly Argument<string> _file = new("file") { Description = "The file to import." };
    private readonly Option<string?> _format = new("--format")
    {
        Description = $"One of {string.Join(", ", Formats.Keys)}; told from the content without it. gdal: whatever GDAL reads.",
    };

    private readonly Option<string?> _sourceLayer = new("--source-layer")
    {
        Description = "The layer to read of a file that holds several, or the file to read of an archive: NAME, FILE, or FILE/NAME.",
    };

    private readonly Option<string?> _name = new("--name") { Description = "Name of the dataset; the name of the file without it." };
    private readonly Option<string?> _source = new("--source") { Description = "Whose data these are, as every reason and map will say." };
    private readonly Option<string?> _asOf = new("--as-of") { Description = "The day for which the data hold, year-month-day." };
    private readonly Option<string?> _licence = new("--licence") { Description = "The licence of the data." };

    private readonly Option<string?> _coverage = new("--coverage")
    {
        Description = "Where the layer is complete: region, features, bbox:west,south,east,north, none, or a GeoJSON file with polygons. "
            + "Outside it a site's distance or overlap is unknown, not zero. "
            + "Without it: region for infrastructure, features for constraints.",
    };

    private readonly Option<string?> _kind = new("--kind")
    {
        Description = "The kind of all rows, such as passenger_station or protected_area.",
    };

    private readonly Option<string?> _severity = new("--severity")
    {
        Description = "What all constraints do: excludes, conditions or informs.",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "A field=value for all rows, such as --set is_public=yes; may be repeated.",
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "How the register is read that the file is of: a name of 'geooffer import profiles', or the path of a .json file.",
    };

    private readonly Option<string[]> _parameter = new("--parameter")
    {
        Description = "A name=value of the profile, such as --parameter region=1; may be repeated.",
    };

    private readonly Option<string[]> _map = new("--map")
    {
        Description = "A column=field where names differ; column= leaves it out; may be repeated.",
    };

    private readonly Option<bool> _replace = new("--replace")
    {
        Description = "Remove rows of the dataset that the file no longer has; sites are withdrawn.",
    };

    private readonly Option<bool> _upsert = new("--upsert") { Description = "Keep them: so it is without --replace." };
    private readonly Option<string?> _crs = new("--crs")
    {
        Description = "The reference system of the coordinates, any code of EPSG such as EPSG:25832, over what the file says; "
            + "without it what the file says, or longitude and latitude.",
    };

    private readonly Option<string?> _encoding = new("--encoding")
    {
        Description = "The encoding of a text file, such as windows-1252 or utf-16; found out without it.",
    };

    private readonly Option<string?> _separator = new("--separator")
    {
        Description = "What separates the cells of a CSV file: one character, or tab; found out without it.",
    };

    private readonly Option<string?> _decimal = new("--decimal")
    {
        Description = "The decimal mark of a CSV file: . or ,; found out column by column without it.",
    };

    private readonly Option<string?> _thousands = new("--thousands")
    {
        Description = "What groups thousands in a CSV file: . , ' or blank; found out column by column without it.",
    };

    private readonly Option<int?> _headerLine = new("--header-line")
    {
        Description = "The line of a CSV file, from 1, that its header begins at; found out without it.",
    };

    private readonly Option<bool> _swapAxes = new("--swap-axes") { Description = "Exchange x and y in all geometries." };
    private readonly Option<bool> _repair = new("--repair")
    {
        Description = "Repair geometries that are not valid where that changes their area by 1 % at most; the report says what was changed.",
    };

    private readonly Option<bool> _repairAny = new("--repair=any") { Description = "Repair them whatever that changes." };
    private readonly Option<bool> _acceptRejects = new("--accept-rejects")
    {
        Description = "Store the rows that nothing is wrong with, and leave out the others. With --replace their codes stay as they are stored.",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Check and count, and store nothing." };

    /// <summary>The options of an import.</summary>
    /// <param name="layer">What the layer is, of an import of a layer; null for the collections that every region has.</param>
    public ImportOptions(LayerOptions? layer = null)
    {
        _layer = layer;
        _collection = layer is null
            ? new("collection") { Description = $"One of {string.Join(", ", Importer.Collections)}." }
            : new("name") { Description = "The name of the layer: lower case letters, digits and underscores. A layer of that name is replaced." };
    }

    /// <summary>Where the whole report goes.</summary>
    public Option<string?> Report { get; } = new("--report")
    {
        Description = "Write the whole report, with every rejected row, to this file as JSON.",
    };


    /// <summary>Whether only faults are told.</summary>
    public Option<bool> Quiet { get; } = new("--quiet") { Description = "No progress, and no report unless something is wrong." };

    /// <summary>Adds all to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_collection);
        command.Arguments.Add(_file);
        Option[] ofCollections = _layer is null ? [_profile, _parameter, _kind, _severity, _set, _replace, _upsert] : [];
        foreach (var option in (Option[])
        [
            .. ofCollections, _format, _sourceLayer, _name, _source, _asOf, _licence, _coverage, _map, _crs, _swapAxes,
            _encoding, _separator, _decimal, _thousands, _headerLine, _repair, _repairAny, _acceptRejects, _dryRun, Report, Quiet,
        ])
        {
            command.Options.Add(option);
        }

        _layer?.AddTo(command);
    }

    /// <summary>The import that was asked for.</summary>
    /// <exception cref="ImportRequestException">A value cannot be meant so.</exception>
    public async Task<ImportRequest> ToRequestAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_replace) && parsed.GetValue(_upsert))
        {
            throw new ImportRequestException("mode", "--replace and --upsert exclude each other");
        }

        return new ImportRequest
        {
            Collection = parsed.GetValue(_collection)!,
            File = ImportFile.FromPath(parsed.GetValue(_file)!),
            Format = ReadFormat(parsed.GetValue(_format)),
            SourceLayer = parsed.GetValue(_sourceLayer),
            Text = ReadDialect(parsed),
            Profile = parsed.GetValue(_profile) is { } profile ? await ImportProfiles.GetAsync(profile, cancellationToken) : null,
            ProfileValues = ReadPairs("--parameter", parsed.GetValue(_parameter)),
            Dataset = parsed.GetValue(_name),
            Source = parsed.GetValue(_source),
            AsOf = ReadDay(parsed.GetValue(_asOf)),
            Licence = parsed.GetValue(_licence),
            Coverage = parsed.GetValue(_coverage) is { } coverage ? await ImportCoverage.ParseAsync(coverage, cancellationToken) : null,
            Mode = parsed.GetValue(_replace) ? ImportMode.Replace : ImportMode.Upsert,
            FixedValues = ReadFixedValues(parsed),
            Mapping = ReadPairs("--map", parsed.GetValue(_map)),
            Srid = ReadSrid(parsed.GetValue(_crs)),
            SwapAxes = parsed.GetValue(_swapAxes),
            Repair = parsed.GetValue(_repairAny) ? RepairMode.Any : parsed.GetValue(_repair) ? RepairMode.SmallChanges : RepairMode.None,
            AcceptRejects = parsed.GetValue(_acceptRejects),
            DryRun = parsed.GetValue(_dryRun),
            Layer = _layer?.ToDefinition(parsed),
            Author = Environment.UserName,
        };
    }

    private static SourceFormat? ReadFormat(string? text) => text is null ? null
        : Formats.TryGetValue(text, out var format) ? format
        : throw new ImportRequestException("format", $"--format '{text}': expected one of {string.Join(", ", Formats.Keys)}");

    private TextDialect ReadDialect(ParseResult parsed) => new()
    {
        Encoding = parsed.GetValue(_encoding),
        Separator = ReadMark("--separator", parsed.GetValue(_separator)),
        DecimalMark = ReadMark("--decimal", parsed.GetValue(_decimal)),
        ThousandsMark = ReadMark("--thousands", parsed.GetValue(_thousands)),
        HeaderLine = parsed.GetValue(_headerLine),
    };

    private static char? ReadMark(string option, string? text) => text?.ToUpperInvariant() switch
    {
        null => null,
        "TAB" or "\\T" => '\t',
        "BLANK" or "SPACE" => ' ',
        { Length: 1 } => text[0],
        _ => throw new ImportRequestException(option, $"{option} '{text}': expected one character, or one of the words tab and blank"),
    };

    private static DateOnly? ReadDay(string? text) => text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new ImportRequestException("as-of", $"--as-of '{text}': expected year-month-day, such as 2026-01-31");

    private static int? ReadSrid(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var digits = text.StartsWith("EPSG:", StringComparison.OrdinalIgnoreCase) ? text["EPSG:".Length..] : text;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var srid)
            ? srid
            : throw new ImportRequestException("crs", $"--crs '{text}': expected an EPSG code, such as EPSG:25832");
    }

    /// <summary>Pairs of names with an equals sign between them.</summary>
    public static Dictionary<string, string> ReadPairs(string option, string[]? texts)
    {
        var pairs = new Dictionary<string, string>();
        foreach (var text in texts ?? [])
        {
            // The name of a column may hold an equals sign; the name of a field does not.
            var split = text.LastIndexOf('=');
            if (split < 1 || !pairs.TryAdd(text[..split], text[(split + 1)..]))
            {
                throw new ImportRequestException(
                    option, $"{option} '{text}': expected two names with = between them, each first name once");
            }
        }

        return pairs;
    }

    private Dictionary<string, string> ReadFixedValues(ParseResult parsed)
    {
        var values = ReadPairs("--set", parsed.GetValue(_set));
        foreach (var (field, option) in (ReadOnlySpan<(string, Option<string?>)>)[("kind", _kind), ("severity", _severity)])
        {
            if (parsed.GetValue(option) is { } value && !values.TryAdd(field, value))
            {
                throw new ImportRequestException(field, $"{field} is stated twice");
            }
        }

        return values;
    }
}
