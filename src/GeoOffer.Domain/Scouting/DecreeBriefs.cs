using System.Text.Json;
using System.Text.Json.Serialization;

namespace GeoOffer.Domain.Scouting;

/// <summary>A flagship requirement of d.g.r. XI/7702 of 28 December 2022, and the brief that asks for it.</summary>
/// <param name="Code"><c>decree-1</c> … <c>decree-9</c>.</param>
/// <param name="TitleIt">The Italian title.</param>
/// <param name="TitleEn">The English title.</param>
/// <param name="SectorIt">The investor's sector in Italian.</param>
/// <param name="SectorEn">The investor's sector in English.</param>
/// <param name="OriginIt">Where the investor comes from, in Italian.</param>
/// <param name="OriginEn">Where the investor comes from, in English.</param>
/// <param name="InvestmentMinEurMillion">The least expected investment, millions of euro.</param>
/// <param name="InvestmentMaxEurMillion">The greatest expected investment, millions of euro.</param>
/// <param name="JobsMin">The least expected number of jobs.</param>
/// <param name="JobsMax">The greatest expected number of jobs.</param>
/// <param name="RequirementIt">What is looked for, in Italian.</param>
/// <param name="RequirementEn">What is looked for, in English.</param>
/// <param name="NotAskedIt">What the requirement needs and no criterion can ask yet, in Italian; null when the brief says it all.</param>
/// <param name="NotAskedEn">The same in English.</param>
/// <param name="Brief">The document for <see cref="BriefJsonReader"/>.</param>
public sealed record DecreeBrief(
    string Code,
    string TitleIt,
    string TitleEn,
    string SectorIt,
    string SectorEn,
    string OriginIt,
    string OriginEn,
    int InvestmentMinEurMillion,
    int InvestmentMaxEurMillion,
    int JobsMin,
    int JobsMax,
    string RequirementIt,
    string RequirementEn,
    string? NotAskedIt,
    string? NotAskedEn,
    JsonElement Brief);

/// <summary>
/// The nine flagship requirements of the decree. Sector, origin, investment and jobs are the decree's; areas and distances are chosen for
/// demonstration, except the 40 ha of the fifth.
/// </summary>
public static class DecreeBriefs
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>All nine, in the order of the decree.</summary>
    public static ValueList<DecreeBrief> All { get; } = Load();

    private static ValueList<DecreeBrief> Load()
    {
        using var stream = typeof(DecreeBriefs).Assembly.GetManifestResourceStream("decree-briefs.json")!;
        return [.. JsonSerializer.Deserialize<DecreeBrief[]>(stream, Options)!];
    }
}
