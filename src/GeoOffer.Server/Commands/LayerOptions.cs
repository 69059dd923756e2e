using System.CommandLine;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Layers;

namespace GeoOffer.Server.Commands;

/// <summary>The options of <c>geooffer import layer</c> that say what the layer is.</summary>
internal sealed class LayerOptions
{
    private static readonly Dictionary<string, PropertyType> Types = new()
    {
        ["text"] = PropertyType.Text,
        ["integer"] = PropertyType.Integer,
        ["number"] = PropertyType.Number,
        ["boolean"] = PropertyType.Boolean,
        ["date"] = PropertyType.Date,
        ["timestamp"] = PropertyType.Timestamp,
        ["texts"] = PropertyType.TextArray,
    };

    private readonly Option<string?> _titleIt = new("--title-it") { Description = "The title in Italian." };
    private readonly Option<string?> _titleEn = new("--title-en") { Description = "The title in English." };
    private readonly Option<string?> _descriptionIt = new("--description-it") { Description = "A sentence on what the features are, in Italian." };
    private readonly Option<string?> _descriptionEn = new("--description-en") { Description = "The same in English." };

    private readonly Option<LayerRole?> _role = new("--role")
    {
        Description = "What sites have to do with it: context (nothing; the default), proximity (their distance to it is a fact and a criterion), "
            + "or constraint (the share that it overlaps is).",
    };

    private readonly Option<string?> _severity = new("--severity")
    {
        Description = "What a constraint does: excludes (it is taken off the net area), conditions or informs (the default).",
    };

    private readonly Option<string?> _where = new("--where")
    {
        Description = "Which features sites are measured against, in CQL2: \"voltage_kv >= 132\". All are shown all the same. \"\" takes an earlier condition off.",
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "The column that identifies a feature, so that a newer file is compared row by row; \"\" for none. "
            + "Without it: a column code with a different value in every row, the feature's own id, or where it lies.",
    };

    private readonly Option<string?> _label = new("--label") { Description = "The column that names a feature to people; name, nome and the like without it." };
    private readonly Option<string[]> _type = new("--type")
    {
        Description = $"A column=type where its values would be taken for another ({string.Join(", ", Types.Keys)}); may be repeated.",
    };

    private readonly Option<string?> _join = new("--join")
    {
        Description = "Show rows without geometry by the areas of municipalities or provinces, whose codes --join-column holds.",
    };

    private readonly Option<string?> _joinColumn = new("--join-column") { Description = "The column with the codes of the areas." };
    private readonly Option<int?> _codeYear = new("--code-year")
    {
        Description = "The year whose codes these are; retired ones lead to their successor.",
    };

    /// <summary>Adds all to a command.</summary>
    public void AddTo(Command command)
    {
        _role.CustomParser = result => Enum.TryParse<LayerRole>(result.Tokens[0].Value, ignoreCase: true, out var role) && Enum.IsDefined(role)
            ? role
            : Refuse(result, $"--role '{result.Tokens[0].Value}': expected context, proximity or constraint");
        foreach (var option in (Option[])
        [
            _titleIt, _titleEn, _descriptionIt, _descriptionEn, _role, _severity, _where, _key, _label, _type, _join, _joinColumn, _codeYear,
        ])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The layer that was described.</summary>
    /// <exception cref="ImportRequestException">A type is none.</exception>
    public LayerDefinition ToDefinition(ParseResult parsed) => new()
    {
        TitleIt = parsed.GetValue(_titleIt),
        TitleEn = parsed.GetValue(_titleEn),
        DescriptionIt = parsed.GetValue(_descriptionIt),
        DescriptionEn = parsed.GetValue(_descriptionEn),
        Role = parsed.GetValue(_role),
        Severity = parsed.GetValue(_severity),
        Condition = parsed.GetValue(_where),
        KeyColumn = parsed.GetValue(_key),
        LabelColumn = parsed.GetValue(_label),
        Types = ImportOptions.ReadPairs("--type", parsed.GetValue(_type)).ToDictionary(pair => pair.Key, pair => ReadType(pair.Key, pair.Value)),
        JoinedTo = parsed.GetValue(_join),
        JoinColumn = parsed.GetValue(_joinColumn),
        CodeYear = parsed.GetValue(_codeYear),
    };

    private static LayerRole? Refuse(System.CommandLine.Parsing.ArgumentResult result, string sentence)
    {
        result.AddError(sentence);
        return null;
    }

    private static PropertyType ReadType(string column, string name) => Types.TryGetValue(name, out var type)
        ? type
        : throw new ImportRequestException("type", $"--type '{column}={name}': expected one of {string.Join(", ", Types.Keys)}");
}
