namespace GeoOffer.Storage.Importing.Systems;

/// <summary>What well-known text of a <c>PROJCS</c> or <c>GEOGCS</c> (OGC 01-009) says, in a form that can be compared.</summary>
/// <param name="Name">The name it gives itself.</param>
/// <param name="Root">The whole of it.</param>
/// <param name="Geographic">Its <c>GEOGCS</c>.</param>
/// <param name="Datum">The name of its datum.</param>
/// <param name="EllipsoidName">The name of its ellipsoid.</param>
/// <param name="SemiMajorMetres">The greater half-axis of the ellipsoid.</param>
/// <param name="InverseFlattening">Of the ellipsoid; nought for a sphere.</param>
/// <param name="PrimeMeridian">Degrees east of Greenwich.</param>
/// <param name="Projection">The projection; null for longitude and latitude.</param>
internal sealed record SystemDefinition(
    string Name,
    WktNode Root,
    WktNode Geographic,
    string Datum,
    string EllipsoidName,
    double SemiMajorMetres,
    double InverseFlattening,
    double PrimeMeridian,
    ProjectionMethod? Projection)
{
    private const double DegreesOfRadian = 180 / Math.PI;

    /// <summary>Whether its datum is named, and not as unknown.</summary>
    public bool NamesDatum => !DatumName.IsUnknown(Datum);

    /// <summary>
    /// Whether its ellipsoid is that of WGS 84 or GRS 1980: the modern datums of these agree within a metre.
    /// </summary>
    public bool IsModern => Math.Abs(SemiMajorMetres - 6_378_137) < 0.01 && Math.Abs(InverseFlattening - 298.2572) < 1e-4;

    /// <summary>Reads a text; null when it is neither of the two, or lacks what it must have.</summary>
    public static SystemDefinition? Read(string text) => WktNode.Parse(text) is { } root ? Read(root) : null;

    /// <summary>Whether both make the same map coordinates on the same ellipsoid, whatever their datums.</summary>
    public bool IsLike(SystemDefinition other) =>
        IsOnSameEllipsoid(other)
        && Math.Abs(PrimeMeridian - other.PrimeMeridian) < 1e-6
        && (Projection is null ? other.Projection is null : other.Projection is not null && Projection.IsLike(other.Projection));

    /// <summary>Whether both have the same ellipsoid, whatever it is called.</summary>
    public bool IsOnSameEllipsoid(SystemDefinition other) =>
        Math.Abs(SemiMajorMetres - other.SemiMajorMetres) < 0.01 && Math.Abs(InverseFlattening - other.InverseFlattening) < 1e-6;

    /// <summary>Whether both have the same datum, whatever it is called.</summary>
    public bool HasDatumOf(SystemDefinition other) => DatumName.Normalise(Datum) == DatumName.Normalise(other.Datum);

    /// <summary>The text of the same projection over the longitude and latitude of another system.</summary>
    public string Over(SystemDefinition other) =>
        (Projection is null ? other.Geographic : Root.With(Geographic, other.Geographic)).ToString();

    private static SystemDefinition? Read(WktNode root)
    {
        if (root.Keyword == "COMPD_CS")
        {
            return root.Child("PROJCS", "GEOGCS") is { } horizontal ? Read(horizontal) : null;
        }

        var geographic = root.Keyword switch
        {
            "GEOGCS" => root,
            "PROJCS" => root.Child("GEOGCS"),
            _ => null,
        };
        if (geographic?.Child("DATUM") is not { Name: { } datum } datumNode
            || datumNode.Child("SPHEROID", "ELLIPSOID") is not { Name: { } ellipsoid } ellipsoidNode
            || ellipsoidNode.Numbers.ToArray() is not [> 0 and var axis, >= 0 and var flattening, ..])
        {
            return null;
        }

        var degrees = (geographic.Child("UNIT")?.Numbers.FirstOrDefault() ?? 0) * DegreesOfRadian;
        var projection = root.Keyword == "PROJCS" && degrees > 0 ? ProjectionMethod.Read(root, degrees) : null;
        return root.Keyword == "PROJCS" && projection is null
            ? null
            : new SystemDefinition(
                root.Name ?? "",
                root,
                geographic,
                datum,
                ellipsoid,
                axis,
                flattening,
                geographic.Child("PRIMEM")?.Numbers.FirstOrDefault() ?? 0,
                projection);
    }
}
