namespace GeoOffer.Domain.Scouting;

/// <summary>The numbers that a quantity of a brief may take, and how a fault names them.</summary>
internal sealed record NumberRange(string Expected, double Low, double High, bool LowIncluded = true, bool IsWhole = false)
{
    private const double MostHectares = 1e6, MostMetres = 1e6;

    // Far smaller ones would make products that a database refuses as underflow.
    private const double LeastWeight = 1e-6;

    public static readonly NumberRange AreaHa = new("hectares, greater than 0 and at most 1000000", 0, MostHectares, LowIncluded: false);
    public static readonly NumberRange Tolerance = new("a share of the target, from 0 to 1", 0, 1);
    public static readonly NumberRange Metres = new("metres, greater than 0 and at most 1000000", 0, MostMetres, LowIncluded: false);
    public static readonly NumberRange Share = new("a share of the site, from 0 to 1", 0, 1);
    public static readonly NumberRange Limit = new("a whole number from 1 to 1000", 1, 1000, IsWhole: true);
    public static readonly NumberRange Weight = new("a weight from 0.000001 to 1000", LeastWeight, 1000);
    public static readonly NumberRange AreaSlack = new("a multiple of the tolerance, from 1 to 100", 1, 100);
    public static readonly NumberRange DistanceSlack = new("a share of max_m, from 0 to 100", 0, 100);
    public static readonly NumberRange OverlapSlack = new("a share of the site, from 0 to 1", 0, 1);
    public static readonly NumberRange ValueMetres = new("metres, from 0 to 1000000", 0, MostMetres);
    public static readonly NumberRange ValueHa = new("hectares, from 0 to 1000000", 0, MostHectares);

    /// <summary>The value when it is within the range. Minus zero becomes zero, so that equal briefs are written alike.</summary>
    public double? Accept(double value) => Allows(value) ? value + 0.0 : null;

    private bool Allows(double value)
        => value <= High && (LowIncluded ? value >= Low : value > Low) && (!IsWhole || value == Math.Floor(value));
}
