using System.Collections.Immutable;
using System.Globalization;
using GeoOffer.Domain.Registers;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Demonstration;

/// <summary>The registers of the demonstration, as the files of <c>data/</c> state them; the areas of the territory are drawn.</summary>
internal sealed record DemonstrationRegisters
{
    private static readonly Lazy<DemonstrationRegisters> LazyInstance = new(Read);

    /// <summary>The registers; read and drawn once.</summary>
    public static DemonstrationRegisters Instance => LazyInstance.Value;

    /// <summary>The outline that the territory is drawn in.</summary>
    public required Polygon Outline { get; init; }

    /// <summary>Provinces, areas joined from those of their municipalities.</summary>
    public required ImmutableArray<Province> Provinces { get; init; }

    /// <summary>Municipalities, areas drawn from their seats.</summary>
    public required ImmutableArray<Municipality> Municipalities { get; init; }

    /// <summary>The seat of each municipality, by its code.</summary>
    public required ImmutableDictionary<string, Coordinate> Seats { get; init; }

    /// <summary>Retired and renamed municipalities.</summary>
    public required ImmutableArray<RetiredMunicipality> CodeHistory { get; init; }

    /// <summary>What distance is measured to.</summary>
    public required ImmutableArray<Infrastructure> Infrastructure { get; init; }

    /// <summary>Synthetic constraints.</summary>
    public required ImmutableArray<ConstraintArea> Constraints { get; init; }

    /// <summary>Where a layer counts as complete, by its name; layers without an entry count as complete in the whole region.</summary>
    public required ImmutableSortedDictionary<string, MultiPolygon> Coverages { get; init; }

    /// <summary>Agreements of the AttrACT municipalities.</summary>
    public required ImmutableArray<Agreement> Agreements { get; init; }

    /// <summary>Synthetic poles.</summary>
    public required ImmutableArray<Pole> Poles { get; init; }

    /// <summary>Synthetic pilot areas.</summary>
    public required ImmutableArray<PilotArea> PilotAreas { get; init; }

    /// <summary>Lakes, which sites keep out of.</summary>
    public required ImmutableArray<Polygon> Lakes { get; init; }

    private static DemonstrationRegisters Read()
    {
        var outline = (Polygon)DemonstrationFile.ReadFeatures("outline.geojson").Single().Geometry;
        var rows = DemonstrationFile.ReadRows("municipalities.csv");
        var seats = rows.ToImmutableDictionary(
            row => row["code"],
            row => new Coordinate(Number(row["seat_longitude"]), Number(row["seat_latitude"])));
        var areas = TerritoryDrawing.DrawAreas([.. rows.Select(row => seats[row["code"]])], outline);
        ImmutableArray<Municipality> municipalities =
        [
            .. rows.Select((row, index) => new Municipality
            {
                Code = row["code"],
                NameIt = row["name_it"],
                ProvinceCode = row["province_code"],
                Population = int.Parse(row["population"], CultureInfo.InvariantCulture),
                AttractStatus = row["attract_status"],
                Geom = areas[index],
                IsApproximate = true,
            }),
        ];
        ImmutableArray<Province> provinces =
        [
            .. DemonstrationFile.ReadRows("provinces.csv").Select(row => new Province
            {
                Code = row["code"],
                Sigla = row["sigla"],
                NameIt = row["name_it"],
                NameEn = row["name_en"],
                Geom = TerritoryDrawing.Join(municipalities.Where(m => m.ProvinceCode == row["code"]).Select(m => m.Geom!)),
                IsApproximate = true,
            }),
        ];
        return new DemonstrationRegisters
        {
            Outline = outline,
            Provinces = provinces,
            Municipalities = municipalities,
            Seats = seats,
            CodeHistory = [.. DemonstrationFile.ReadRows("municipality_code_history.csv").Select(row => new RetiredMunicipality(
                row["old_code"], row["successor_code"], row["kind"], row["old_name_it"], Day(row["valid_until"])))],
            Infrastructure = [.. DemonstrationFile.ReadFeatures("infrastructure.geojson").Select(ToInfrastructure)],
            Constraints = [.. DemonstrationFile.ReadFeatures("constraints.geojson").Select(ToConstraint)],
            Coverages = DemonstrationFile.ReadRows("coverage.csv").ToImmutableSortedDictionary(
                row => row["layer"],
                row => Covered(row["provinces"].Split(' '), provinces, outline)),
            Agreements = [.. DemonstrationFile.ReadRows("agreements.csv").Select(row => new Agreement
            {
                Code = row["code"],
                MunicipalityCode = row["municipality_code"],
                NameIt = row["name_it"],
                NameEn = row["name_en"],
                State = row["state"],
                SignedOn = Day(row["signed_on"]),
                EndsOn = Day(row["ends_on"]),
                Geom = outline.Factory.CreatePoint(seats[row["municipality_code"]]),
            })],
            Poles = [.. DemonstrationFile.ReadFeatures("poles.geojson").Select(feature => new Pole
            {
                Code = feature.Text("code"),
                NameIt = feature.Text("name_it"),
                NameEn = feature.TextOrNull("name_en"),
                Reach = feature.Text("reach"),
                Geom = (MultiPolygon)feature.Geometry,
                ValidFrom = feature.DateOrNull("valid_from"),
            })],
            PilotAreas = [.. DemonstrationFile.ReadFeatures("pilot_areas.geojson").Select(feature => new PilotArea
            {
                Code = feature.Text("code"),
                PoleCode = feature.Text("pole_code"),
                NameIt = feature.Text("name_it"),
                NameEn = feature.TextOrNull("name_en"),
                Feasibility = feature.Text("feasibility"),
                Geom = (MultiPolygon)feature.Geometry,
                ValidFrom = feature.DateOrNull("valid_from"),
            })],
            Lakes = [.. DemonstrationFile.ReadFeatures("lakes.geojson").Select(feature => (Polygon)feature.Geometry)],
        };
    }

    private static MultiPolygon Covered(string[] provinceCodes, ImmutableArray<Province> provinces, Polygon outline) =>
        provinceCodes.Length == provinces.Length
            ? outline.Factory.CreateMultiPolygon([outline])
            : TerritoryDrawing.Join(provinces.Where(province => provinceCodes.Contains(province.Code)).Select(province => province.Geom!));

    private static Infrastructure ToInfrastructure(DemonstrationFeature feature) => new()
    {
        Code = feature.Text("code"),
        Kind = feature.Text("kind"),
        NameIt = feature.TextOrNull("name_it"),
        NameEn = feature.TextOrNull("name_en"),
        Geom = feature.Geometry,
        Attributes = feature.Properties.GetProperty("attributes").GetRawText(),
    };

    private static ConstraintArea ToConstraint(DemonstrationFeature feature) => new()
    {
        Code = feature.Text("code"),
        Kind = feature.Text("kind"),
        Severity = feature.Text("severity"),
        NameIt = feature.TextOrNull("name_it"),
        NameEn = feature.TextOrNull("name_en"),
        Geom = (MultiPolygon)feature.Geometry,
        Attributes = feature.Properties.GetProperty("attributes").GetRawText(),
    };

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A municipality that was merged, renamed or given another code.</summary>
/// <param name="OldCode">Its code until then.</param>
/// <param name="SuccessorCode">The code that leads on; the same for a mere change of name.</param>
/// <param name="Kind">merged, renamed or recoded.</param>
/// <param name="OldNameIt">Its name until then.</param>
/// <param name="ValidUntil">The last day of the old code or name.</param>
internal sealed record RetiredMunicipality(string OldCode, string SuccessorCode, string Kind, string OldNameIt, DateOnly ValidUntil);
