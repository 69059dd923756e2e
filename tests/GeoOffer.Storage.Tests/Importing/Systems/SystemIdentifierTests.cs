using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Importing.Systems;
using GeoOffer.Testing;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Importing.Systems;

/// <summary>Well-known text as ESRI, GDAL and others write it into .prj files, against the codes that EPSG has for it.</summary>
public sealed class SystemIdentifierTests(PostGisCluster cluster) : IAsyncLifetime
{
    private const string Wgs84 = """GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]""";
    private const string Rdn2008 = """GEOGCS["GCS_RDN2008",DATUM["D_RDN2008",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]""";
    private const string Etrs89 = """GEOGCS["GCS_ETRS_1989",DATUM["D_ETRS_1989",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]""";
    private const string MonteMario = """GEOGCS["GCS_Monte_Mario",DATUM["D_Monte_Mario",SPHEROID["International_1924",6378388.0,297.0]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]""";
    private const string Hayford = """GEOGCS["GCS_International 1909 (Hayford)",DATUM["D_unknown",SPHEROID["intl",6378388,297]],PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]]""";
    private const string Zone32 = """PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",9.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]""";
    private const string GaussBoaga = """PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",9],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",1500000],PARAMETER["false_northing",0],UNIT["Meter",1]""";

    private MigratedDatabase _database = null!;
    private SystemIdentifier _identifier = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await MigratedDatabase.CreateAsync(cluster);
        var context = await ContextReader.ReadAsync(_database.Source, TestContext.Current.CancellationToken);
        _identifier = new SystemIdentifier(new SystemCatalogue(_database.Source), context);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData($"""PROJCS["WGS_1984_UTM_Zone_32N",{Wgs84},{Zone32}]""", 32632)]
    [InlineData($"""PROJCS["RDN2008/TM32",{Rdn2008},{Zone32}]""", 7791)]
    [InlineData($"""PROJCS["RDN2008/TM32",{Rdn2008},{Zone32},AUTHORITY["EPSG","6707"]]""", 6707)]
    [InlineData($"""PROJCS["ETRS_1989_UTM_Zone_32N",{Etrs89},{Zone32}]""", 25832)]
    [InlineData($"""PROJCS["Monte_Mario_Italy_1",{MonteMario},{GaussBoaga}]""", 3003)]
    [InlineData(Wgs84, 4326)]
    [InlineData(Etrs89, 4258)]
    [InlineData(MonteMario, 4265)]
    [InlineData("""PROJCS["ED_1950_UTM_Zone_32N",GEOGCS["GCS_European_1950",DATUM["D_European_1950",SPHEROID["International_1924",6378388.0,297.0]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",9.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]""", 23032)]
    [InlineData("""PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936",SPHEROID["Airy_1830",6377563.396,299.3249646]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",400000.0],PARAMETER["False_Northing",-100000.0],PARAMETER["Central_Meridian",-2.0],PARAMETER["Scale_Factor",0.9996012717],PARAMETER["Latitude_Of_Origin",49.0],UNIT["Meter",1.0]]""", 27700)]
    [InlineData("""PROJCS["RGF_1993_Lambert_93",GEOGCS["GCS_RGF_1993",DATUM["D_RGF_1993",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",700000.0],PARAMETER["False_Northing",6600000.0],PARAMETER["Central_Meridian",3.0],PARAMETER["Standard_Parallel_1",44.0],PARAMETER["Standard_Parallel_2",49.0],PARAMETER["Latitude_Of_Origin",46.5],UNIT["Meter",1.0]]""", 2154)]
    [InlineData("""PROJCS["CH1903+_LV95",GEOGCS["GCS_CH1903+",DATUM["D_CH1903+",SPHEROID["Bessel_1841",6377397.155,299.1528128]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Hotine_Oblique_Mercator_Azimuth_Center"],PARAMETER["False_Easting",2600000.0],PARAMETER["False_Northing",1200000.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Azimuth",90.0],PARAMETER["Longitude_Of_Center",7.439583333333333],PARAMETER["Latitude_Of_Center",46.95240555555556],UNIT["Meter",1.0]]""", 2056)]
    [InlineData("""PROJCS["RD_New",GEOGCS["GCS_Amersfoort",DATUM["D_Amersfoort",SPHEROID["Bessel_1841",6377397.155,299.1528128]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Double_Stereographic"],PARAMETER["False_Easting",155000.0],PARAMETER["False_Northing",463000.0],PARAMETER["Central_Meridian",5.38763888888889],PARAMETER["Scale_Factor",0.9999079],PARAMETER["Latitude_Of_Origin",52.15616055555555],UNIT["Meter",1.0]]""", 28992)]
    [InlineData("""PROJCS["Belge_Lambert_1972",GEOGCS["GCS_Belge_1972",DATUM["D_Belge_1972",SPHEROID["International_1924",6378388.0,297.0]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",150000.013],PARAMETER["False_Northing",5400088.438],PARAMETER["Central_Meridian",4.367486666666666],PARAMETER["Standard_Parallel_1",49.8333339],PARAMETER["Standard_Parallel_2",51.16666723333333],PARAMETER["Latitude_Of_Origin",90.0],UNIT["Meter",1.0]]""", 31370)]
    [InlineData("""PROJCS["NTF_Lambert_II_etendu",GEOGCS["GCS_NTF_Paris",DATUM["D_NTF",SPHEROID["Clarke_1880_IGN",6378249.2,293.4660212936265]],PRIMEM["Paris",2.337229166666667],UNIT["Grad",0.01570796326794897]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",600000.0],PARAMETER["False_Northing",2200000.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",52.0],PARAMETER["Scale_Factor",0.99987742],PARAMETER["Latitude_Of_Origin",52.0],UNIT["Meter",1.0]]""", 27572)]
    [InlineData("""PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]""", 3857)]
    [InlineData("""PROJCS["ETRS_1989_LAEA",GEOGCS["GCS_ETRS_1989",DATUM["D_ETRS_1989",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Azimuthal_Equal_Area"],PARAMETER["False_Easting",4321000.0],PARAMETER["False_Northing",3210000.0],PARAMETER["Central_Meridian",10.0],PARAMETER["Latitude_Of_Origin",52.0],UNIT["Meter",1.0]]""", 3035)]
    public async Task A_definition_without_a_code_is_found(string wkt, int code)
    {
        var identified = await IdentifyAsync(wkt, new Coordinate(515_000, 5_033_890));
        Assert.Equal((code, ".prj"), (identified.System?.Srid, identified.System?.Origin));
    }

    [Fact]
    public async Task An_unknown_datum_is_told_with_the_likely_code_and_the_shift_of_each_reading()
    {
        var identified = await IdentifyAsync($"""PROJCS["Transverse_Mercator",{Hayford},{GaussBoaga}]""", new Coordinate(1_515_000, 5_033_890));
        Assert.Null(identified.System);
        Assert.Equal((3003, "Monte Mario / Italy zone 1", 0, "--crs EPSG:3003"), First(identified));
        AssertShift("read without its datum", 79.2);
        AssertShift("read on the datum WGS 84", 34.4);
        AssertShift("read on the datum ED50", 186.8);
        foreach (var word in (string[])["D_unknown", "intl", "EPSG:3003", "34 m", "79 m"])
        {
            Assert.Contains(word, identified.Reason, StringComparison.Ordinal);
        }

        void AssertShift(string name, double metres) =>
            Assert.Equal(metres, identified.Candidates.Single(candidate => candidate.Name == name).ShiftM!.Value, 0.1);
    }

    [Fact]
    public async Task The_zones_of_the_air_agency_are_of_the_same_unknown_datum()
    {
        using var archive = await System.IO.Compression.ZipFile.OpenReadAsync(
            SharedData.Require("data/messy/arpa_zones_gaussboaga_unknown_datum_shp.zip"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await archive.Entries.Single(entry => entry.Name.EndsWith(".prj", StringComparison.Ordinal))
            .OpenAsync(TestContext.Current.CancellationToken));
        var identified = await IdentifyAsync(await reader.ReadToEndAsync(TestContext.Current.CancellationToken), new Coordinate(1_515_000, 5_033_890));
        Assert.Equal(3003, identified.Candidates[0].Srid);
    }

    [Fact]
    public async Task An_unknown_datum_on_the_ellipsoid_of_today_is_no_question()
    {
        var identified = await IdentifyAsync(
            $"""PROJCS["unnamed",GEOGCS["unknown",DATUM["unknown",SPHEROID["GRS80",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],{Zone32}]""",
            new Coordinate(515_000, 5_033_890));
        Assert.Equal(25832, identified.System?.Srid);
    }

    [Fact]
    public async Task A_projection_of_its_own_on_a_known_datum_is_taken_by_its_definition()
    {
        var identified = await IdentifyAsync(
            $"""PROJCS["Our plan",{MonteMario},{GaussBoaga.Replace("1500000", "1234567", StringComparison.Ordinal)}]""",
            new Coordinate(1_249_567, 5_033_890));
        Assert.Equal((null, "Our plan"), (identified.System!.Srid, identified.System.Name));
        await using var transformer = new PositionTransformer(_database.Source);
        var placed = await transformer.TransformAsync(
            [new Point(1_514_881.5 - 1_500_000 + 1_234_567, 5_034_534.6)], identified.System, TestContext.Current.CancellationToken);

        // The same place as EPSG:3003 has it, by gdaltransform.
        Assert.Equal((9.18999945777055, 45.4640000672476), (placed[0]!.Coordinate.X, placed[0]!.Coordinate.Y), Close);
    }

    [Theory]
    [InlineData("EPSG:4978 is geocentric", null, 4978, "geocentric")]
    [InlineData("a code that is none", null, 999999, "EPSG:999999")]
    [InlineData("no text", "hello", null, "no well-known text")]
    [InlineData("a name that is no code", null, null, "no EPSG code")]
    public async Task What_cannot_be_told_says_why(string name, string? wkt, int? srid, string reason)
    {
        var identified = await _identifier.IdentifyAsync(
            new StatedReferenceSystem(name, ".prj") { Srid = srid, WellKnownText = wkt }, null, TestContext.Current.CancellationToken);
        Assert.Null(identified.System);
        Assert.Contains(reason, identified.Reason, StringComparison.Ordinal);
    }

    private static readonly EqualityComparer<(double, double)> Close = EqualityComparer<(double, double)>.Create(
        (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-7 && Math.Abs(a.Item2 - b.Item2) < 1e-7);

    private static (int?, string, double?, string?) First(IdentifiedSystem identified) =>
        (identified.Candidates[0].Srid, identified.Candidates[0].Name, identified.Candidates[0].ShiftM, identified.Candidates[0].Option);

    private Task<IdentifiedSystem> IdentifyAsync(string wkt, Coordinate middle) => _identifier.IdentifyAsync(
        new StatedReferenceSystem("as in the file", ".prj") { WellKnownText = wkt }, middle, TestContext.Current.CancellationToken);
}
