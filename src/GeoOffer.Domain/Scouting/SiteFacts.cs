namespace GeoOffer.Domain.Scouting;

/// <summary>All that a judgement needs to know of a site. What is not there is unknown, never zero and never "no".</summary>
public sealed record SiteFacts
{
    /// <summary>The code of the site.</summary>
    public required string Code { get; init; }

    /// <summary>Areas in hectares. Without an entry: no polygon for the measured ones, not stated for the declared ones.</summary>
    public IReadOnlyDictionary<AreaBasis, Fact> Areas { get; init; } = new Dictionary<AreaBasis, Fact>();

    /// <summary>The <c>site_kind</c>, or null.</summary>
    public string? Kind { get; init; }

    /// <summary>Codes of <c>admitted_function</c>, or null.</summary>
    public ValueList<string>? Functions { get; init; }

    /// <summary>Metres to the nearest feature, by member of a <see cref="ProximityTarget"/>. Without an entry: layer missing.</summary>
    public IReadOnlyDictionary<string, Fact> Distances { get; init; } = new Dictionary<string, Fact>();

    /// <summary>Covered share of the site, 0 to 1, by <see cref="OverlapTarget"/>. Without an entry: layer missing.</summary>
    public IReadOnlyDictionary<string, Fact> Overlaps { get; init; } = new Dictionary<string, Fact>();

    /// <summary>The six-digit ISTAT code of the municipality as of today, or null.</summary>
    public string? MunicipalityCode { get; init; }

    /// <summary>The three-digit ISTAT code of its province, or null.</summary>
    public string? ProvinceCode { get; init; }

    /// <summary>Whether the site lies in the geometry of the brief; null when the site is not placed.</summary>
    public bool? InsideGeometry { get; init; }

    /// <summary>Where the sheet came from; the source of kind, functions and municipality.</summary>
    public string? SheetSource { get; init; }

    /// <summary>When the sheet was last verified.</summary>
    public DateOnly? SheetAsOf { get; init; }

    internal Fact Area(AreaBasis basis)
        => Areas.GetValueOrDefault(basis)
            ?? Fact.Unknown(basis is AreaBasis.Gross or AreaBasis.Net ? UnknownBecause.NoPolygon : UnknownBecause.NotStated);

    internal Fact Distance(string member) => Distances.GetValueOrDefault(member) ?? Fact.Unknown(UnknownBecause.LayerMissing);

    internal Fact Overlap(string target) => Overlaps.GetValueOrDefault(target) ?? Fact.Unknown(UnknownBecause.LayerMissing);
}
