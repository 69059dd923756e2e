using System.Collections.Frozen;
using GeoOffer.Domain.Offer;

namespace GeoOffer.Domain.Scouting;

/// <summary>Something that a site can be near to.</summary>
/// <param name="Name">The name in a brief.</param>
/// <param name="TitleIt">The Italian title.</param>
/// <param name="TitleEn">The English title.</param>
/// <param name="Members">The facts whose least distance counts: the name itself, or the kinds of a group.</param>
public sealed record ProximityTarget(string Name, string TitleIt, string TitleEn, ValueList<string> Members);

/// <summary>A layer that can cover a share of a site.</summary>
/// <param name="Name">The name in a brief, and of the fact.</param>
/// <param name="TitleIt">The Italian title.</param>
/// <param name="TitleEn">The English title.</param>
public sealed record OverlapTarget(string Name, string TitleIt, string TitleEn);

/// <summary>What an administrative code means today.</summary>
/// <param name="Code">The code as a canonical brief writes it.</param>
/// <param name="ProvinceCodes">Three-digit ISTAT codes of whole provinces.</param>
/// <param name="MunicipalityCodes">Six-digit ISTAT codes of municipalities; several when a retired code has several successors.</param>
public sealed record ResolvedArea(string Code, ValueList<string> ProvinceCodes, ValueList<string> MunicipalityCodes);

/// <summary>Finds a province by sigla or three-digit code and a municipality by six-digit code, retired ones by their successors.</summary>
public interface IAreaResolver
{
    /// <summary>What the code means, or null when no register knows it.</summary>
    ResolvedArea? Resolve(string code);
}

/// <summary>The names that a brief may use. Layers are registered at run time, so whoever reads a brief says what there is.</summary>
public sealed class ScoutingVocabulary
{
    private readonly FrozenDictionary<string, ProximityTarget> _proximity;
    private readonly FrozenDictionary<string, OverlapTarget> _overlap;

    /// <summary>A vocabulary of the given names.</summary>
    /// <exception cref="ArgumentException">Two targets of one sort have the same name.</exception>
    public ScoutingVocabulary(IEnumerable<ProximityTarget> proximityTargets, IEnumerable<OverlapTarget> overlapTargets, IAreaResolver areas)
    {
        ArgumentNullException.ThrowIfNull(areas);
        ProximityTargets = proximityTargets.ToValueList();
        OverlapTargets = overlapTargets.ToValueList();
        Areas = areas;
        _proximity = ProximityTargets.ToDictionary(target => target.Name).ToFrozenDictionary();
        _overlap = OverlapTargets.ToDictionary(target => target.Name).ToFrozenDictionary();
    }

    /// <summary>The built-in kinds of infrastructure, and <c>rail</c>: the nearest of line, passenger station and freight terminal.</summary>
    public static ValueList<ProximityTarget> BuiltInProximityTargets { get; } =
    [
        new("rail", "Ferrovia (linea, stazione o terminal merci)", "Rail (line, station or freight terminal)",
            ["rail_line", "passenger_station", "freight_terminal"]),
        .. TerritoryCodeLists.InfrastructureKind.Entries.Select(kind => new ProximityTarget(kind.Code, kind.TitleIt, kind.TitleEn, [kind.Code])),
    ];

    /// <summary>The built-in kinds of constraint on land.</summary>
    public static ValueList<OverlapTarget> BuiltInOverlapTargets { get; } =
        TerritoryCodeLists.ConstraintKind.Entries.Select(kind => new OverlapTarget(kind.Code, kind.TitleIt, kind.TitleEn)).ToValueList();

    /// <summary>What a brief can ask to be near to, in the order of a form.</summary>
    public ValueList<ProximityTarget> ProximityTargets { get; }

    /// <summary>What a brief can ask to stay out of, in the order of a form.</summary>
    public ValueList<OverlapTarget> OverlapTargets { get; }

    /// <summary>Functions that a brief can ask for: <c>unknown</c> is no wish.</summary>
    public ValueList<string> Functions { get; } = Askable(SiteCodeLists.AdmittedFunction);

    /// <summary>Kinds of site that a brief can ask for.</summary>
    public ValueList<string> Kinds { get; } = Askable(SiteCodeLists.SiteKind);

    /// <summary>Resolves the codes of <c>within</c>.</summary>
    public IAreaResolver Areas { get; }

    /// <summary>The proximity target of this name, or null.</summary>
    public ProximityTarget? FindProximityTarget(string name) => _proximity.GetValueOrDefault(name);

    /// <summary>The overlap target of this name, or null.</summary>
    public OverlapTarget? FindOverlapTarget(string name) => _overlap.GetValueOrDefault(name);

    private static ValueList<string> Askable(CodeList list) => list.Codes.Where(code => code != CodeList.Unknown).ToValueList();
}
