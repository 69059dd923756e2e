using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Profiles;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>Profiles of registers that no real file was at hand of, with small files in their form.</summary>
public sealed class ProfileFixtureTests(PostGisCluster cluster) : IAsyncLifetime
{
    private MigratedDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await MigratedDatabase.CreateAsync(cluster);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Business_sites_of_the_CNIG()
    {
        await StoreAsync(
            "cnig-site-eco", "sites.csv",
            """
            site_id,site_nom,site_vocadomi,site_evol_urba,site_surf_brute,site_surf_utile,site_surf_comm_dispo,site_identif_date,site_actu_date,reseau_gaz,reseau_fibre_optique,reseau_fret_ferroviaire,site_geomsurf,site_geompoint
            80024_SITE-ECO_00001,ZAC du Test,"entrepôts, logistique",extension urbaine,37.2,35.3,5.7,2016-03-26,2023-08-29,oui,non,NA,,"2.2, 49.9"
            80024_SITE-ECO_00002,Parc du Test,industrielle,renouvellement urbain,10,9,,2016-03-26,2023-08-29,non,oui,oui,"{\""type\"": \""Point\"", \""coordinates\"": [2.3, 49.8]}","2.3, 49.8"
            80024_SITE-ECO_00003,Pôle du Test,spatiale,,1,1,,2016-03-26,2023-08-29,,,,,
            """);
        Assert.Equal(
            [
                "80024_SITE-ECO_00001 greenfield logistics 37.2 35.3 5.7 yes no unknown 2023-08-29 POINT(2.2 49.9)",
                "80024_SITE-ECO_00002 brownfield industrial 10 9 - no yes yes 2023-08-29 POINT(2.3 49.8)",
                "80024_SITE-ECO_00003 greenfield unknown 1 1 - unknown unknown unknown 2023-08-29 -",
            ],
            await RowsAsync("code, kind, array_to_string(functions, '+'), gross_area_declared_ha, useful_area_ha, for_sale_area_ha, gas, fibre, rail_siding, verified_on, ST_AsText(geom)"));
    }

    [Fact]
    public async Task Plots_of_the_CNIG()
    {
        await StoreAsync(
            "cnig-terrain-eco", "terrains.csv",
            """
            terr_id;site_id;terr_surf_brute;terr_actu_date;terr_maitrise_fonc;terr_stade_amngt;terr_stade_comm;terr_etat_occup;terr_geomsurf
            T1;S1;9,9;2023-08-29;structure intercommunale;viabilisé et aménagé;vendu, commercialisation achevée;occupé;POLYGON ((2 49, 2.01 49, 2.01 49.01, 2 49.01, 2 49))
            T2;S1;1,25;2023-08-29;aménageur;non aménagé, non viabilisé;en vente;inoccupé;
            T3;S1;2,5;2023-08-29;personne physique;viabilisation en cours;réservé par une délibération de l’EPCI;friche;
            """);
        Assert.Equal(
            [
                "T1 T1 brownfield 9.9 public serviced concluded S1 ST_Polygon",
                "T2 T2 greenfield 1.25 unknown not_serviced on_the_market S1 -",
                "T3 T3 brownfield 2.5 private in_progress reserved S1 -",
            ],
            await RowsAsync("code, name_it, kind, gross_area_declared_ha, ownership, servicing_stage, marketing_stage, previously_part_of[1], ST_GeometryType(geom)"));
    }

    [Fact]
    public async Task Latitude_first_in_a_file_of_friches_is_told()
    {
        var report = await _database.Database.RunAsync(await RequestAsync(
            "cnig-friches", "friches.csv", "site_id,site_nom,site_statut,geompoint\nF1,Ancienne usine,friche sans projet,POINT(49.2527 3.9815)\n"));
        var problem = Assert.Single(report.Rejections);
        Assert.Equal((RejectionCode.AxesSwapped, "3.9815 49.2527 (longitude latitude)"), (problem.Code, problem.Fix));
    }

    [Fact]
    public async Task Transitional_and_abandoned_land_of_INSPIRE()
    {
        const string Value = "http://inspire.ec.europa.eu/codelist/HILUCSValue/";
        var features = new[] { "6_2_AbandonedAreas", "6_1_TransitionalAreas", "2_4_EnergyProduction", "1_1_Agriculture" }.Select((code, i) => Imports.Feature(
            Imports.Square(9 + (i * 0.1), 45), $$"""{"inspireId":"https://example.org/lu/LU.{{i}}","hilucsLandUse":["{{Value}}{{code}}"],"observationDate":"2024-05-01"}"""));
        var report = await StoreAsync("inspire-land-use", "lu.geojson", Imports.Collection(features));
        Assert.Equal(2, report.Rows.New);
        Assert.Single(report.Notices, notice => notice.EndsWith("; left out: 2", StringComparison.Ordinal));
        Assert.Equal(
            ["LU.0 brownfield inactive 2024-05-01", "LU.1 brownfield unknown 2024-05-01"], await RowsAsync("code, kind, disuse, verified_on"));

        await StoreAsync("inspire-land-use", "lu.geojson", Imports.Collection(features), "*/2_*|*/1_*");
        Assert.Equal(
            ["LU.0 brownfield ", "LU.1 brownfield ", "LU.2 brownfield industrial", "LU.3 greenfield other"],
            await RowsAsync("code, kind, array_to_string(functions, '+')"));
    }

    [Fact]
    public async Task Regeneration_areas_of_Lombardy_as_far_as_their_columns_can_be_guessed()
    {
        var report = await StoreAsync(
            "lombardy-regeneration-areas", "aree.csv",
            """
            ID_AREA;DENOMINAZIONE;COD_ISTAT;SUP_MQ;PROPRIETA;DATA_AGG;wkt
            15146/7;Ex scalo;15146;12.500;Privata;01/02/2024;
            15146/8;Ex macello;15146;150.000;demaniale;03/04/2024;
            """);
        Assert.Equal(1, report.Warnings.Count(warning => warning is { Field: "ownership", Value: "demaniale" }));
        Assert.Equal(
            ["15146-7 Ex scalo 015146 1.25 private inactive 2024-02-01", "15146-8 Ex macello 015146 15 unknown inactive 2024-04-03"],
            await RowsAsync("code, name_it, municipality_code, gross_area_declared_ha, ownership, disuse, verified_on"));
    }

    private static async Task<ImportRequest> RequestAsync(string profile, string name, string text) =>
        Imports.Request("sites", name, text) with { Profile = await ImportProfiles.GetAsync(profile, TestContext.Current.CancellationToken) };

    private async Task<ImportReport> StoreAsync(string profile, string name, string text, string? landUse = null) =>
        await _database.Database.StoreAsync(await RequestAsync(profile, name, text) with
        {
            ProfileValues = landUse is null ? [] : new Dictionary<string, string> { ["land_use"] = landUse },
        });

    private async Task<List<string>> RowsAsync(string expressions)
    {
        var rows = new List<string>();
        await using var command = _database.Source.CreateCommand($"SELECT {expressions} FROM geooffer.site ORDER BY code");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "-" : Show(reader.GetValue(i)))));
        }

        return rows;
    }

    private static string Show(object value) => value switch
    {
        DateTime day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };
}
