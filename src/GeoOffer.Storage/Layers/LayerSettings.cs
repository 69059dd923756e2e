using GeoOffer.Domain.Offer;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Publishing;
using Npgsql;

namespace GeoOffer.Storage.Layers;

/// <summary>What the layer is to be: what the request says, over what the layer was.</summary>
internal sealed record LayerSettings
{
    private const string DefaultSeverity = "informs";

    public required LayerRole Role { get; init; }

    public required string TitleIt { get; init; }

    public required string TitleEn { get; init; }

    public string? DescriptionIt { get; init; }

    public string? DescriptionEn { get; init; }

    /// <summary>What a constraint does; null for other roles.</summary>
    public string? Severity { get; init; }

    /// <summary>Which features count; null: all.</summary>
    public string? Condition { get; init; }

    public string? JoinedTo { get; init; }

    public int? CodeYear { get; init; }

    /// <summary>Settles a request.</summary>
    /// <exception cref="ImportRequestException">It contradicts itself, or what there is.</exception>
    public static async Task<LayerSettings> ReadAsync(
        NpgsqlConnection connection, ImportRequest request, LayerRow? known, CancellationToken cancellationToken)
    {
        var definition = request.Layer!;
        var role = definition.Role ?? known?.Role ?? LayerRole.Context;
        Check(request, definition, role, known);
        var isTaken = role != LayerRole.Context && await connection.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT FROM geooffer.fact_layer WHERE name = $1 AND layer_id IS NULL)", cancellationToken, request.Collection);
        if (isTaken)
        {
            throw new ImportRequestException("layer", $"the name '{request.Collection}' is a criterion already: choose another");
        }

        var twin = await connection.ScalarAsync<string>(
            "SELECT name FROM geooffer.layer WHERE NOT dropped AND name <> $1 AND replace(name, '_', '') = $2", cancellationToken,
            request.Collection, LayerNames.Letters(request.Collection));
        if (twin is not null)
        {
            throw new ImportRequestException("layer", $"there is a layer '{twin}', whose name differs by strokes only: choose another, or replace that one");
        }

        var title = request.Collection.Replace('_', ' ');
        return new LayerSettings
        {
            Role = role,
            TitleIt = definition.TitleIt ?? known?.TitleIt ?? definition.TitleEn ?? title,
            TitleEn = definition.TitleEn ?? known?.TitleEn ?? definition.TitleIt ?? title,
            DescriptionIt = definition.DescriptionIt ?? known?.DescriptionIt,
            DescriptionEn = definition.DescriptionEn ?? known?.DescriptionEn,
            Severity = role == LayerRole.Constraint ? definition.Severity ?? known?.Severity ?? DefaultSeverity : null,
            Condition = role == LayerRole.Context ? null : (definition.Condition ?? known?.Condition) is { Length: > 0 } condition ? condition : null,
            JoinedTo = definition.JoinedTo ?? known?.JoinedTo,
            CodeYear = definition.CodeYear ?? known?.CodeYear,
        };
    }

    private static void Check(ImportRequest request, LayerDefinition definition, LayerRole role, LayerRow? known)
    {
        if (definition.Severity is { } severity && !TerritoryCodeLists.ConstraintSeverity.Codes.Contains(severity))
        {
            throw new ImportRequestException(
                "severity", $"--severity '{severity}': expected one of {string.Join(", ", TerritoryCodeLists.ConstraintSeverity.Codes)}");
        }

        if (definition.Severity is not null && role != LayerRole.Constraint)
        {
            throw new ImportRequestException("severity", "--severity says what a constraint does: state --role constraint too");
        }

        if (definition.Condition is { Length: > 0 } && role == LayerRole.Context)
        {
            throw new ImportRequestException(
                "where", "--where says which features sites are measured against: state --role proximity or constraint too");
        }

        if (request.Coverage is not null && role == LayerRole.Context)
        {
            throw new ImportRequestException("coverage", "--coverage is for layers that sites are measured against: state --role proximity or constraint too");
        }

        if (definition.JoinedTo is { } register && register is not ("municipalities" or "provinces"))
        {
            throw new ImportRequestException("join", $"--join '{register}': expected municipalities or provinces");
        }

        if (definition.JoinedTo is not null && (definition.JoinColumn is null || role != LayerRole.Context))
        {
            throw new ImportRequestException(
                "join", "--join shows rows by the areas of a register: it needs --join-column, the column with their codes, and the role context");
        }

        if (definition.JoinedTo is null && known?.JoinedTo is null && (definition.JoinColumn is not null || definition.CodeYear is not null))
        {
            throw new ImportRequestException("join", "--join-column and --code-year go with --join municipalities or --join provinces");
        }
    }
}
