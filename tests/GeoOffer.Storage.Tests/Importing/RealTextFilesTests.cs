using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>Real files of text, as the readers see them; the figures come from Python's csv module.</summary>
public sealed class RealTextFilesTests
{
    [Fact]
    public async Task Vacancy_of_French_communes_has_decimal_commas_and_blanks_between_thousands()
    {
        var table = await ReadAsync("cerema_vacancy_cp1252_decimal_comma.csv");
        Assert.Equal(16_209, table.Rows.Count);
        Assert.Equal(("1004", "Ambérieu-en-Bugey", "5922", "3.1"), (table["comm_insee"][0], table["NOM_COM"][0], table["Nb_log_pp_2022"][0], table["Prop_logvac_pp_2A_010121"][0]));
        Assert.Equal((13_911, 28_471_390L), CountAndSum(table["Nb_log_pp_2022"], long.Parse));
        Assert.Equal((13_911, 71_252.7m), CountAndSum(table["Prop_logvac_pp_2A_010121"], text => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(2_298, table["Nb_log_pp_2022"].Count(value => value is null));
        Assert.Contains("2A001", table["comm_insee"]);
        Assert.Contains(table.Notices, notice => notice.Contains("Windows-1252", StringComparison.Ordinal));
        Assert.Contains("cells are separated by semicolons", table.Notices);
        Assert.Contains("numbers are read in the columns Nb_log_pp_2022 (5 922 as 5922), Prop_logvac_pp_2A_010121 (3,1 as 3.1)", table.Notices);
    }

    [Fact]
    public async Task Municipalities_of_ISTAT_have_line_breaks_in_the_header_and_points_between_thousands()
    {
        var table = await ReadAsync("istat_comuni_lombardia_cp1252.csv");
        Assert.Equal((1_506, 23), (table.Rows.Count, table.Columns.Count));
        Assert.Equal("Codice dell'Unità territoriale sovracomunale (valida a fini statistici)", table.Columns[1]);
        Assert.Equal("line 4", table.Rows[0].Place);
        Assert.Equal((1_506, 9_704_151L), CountAndSum(table["Popolazione legale 2011 (09/10/2011)"], long.Parse));
        Assert.Contains("1242123", table["Popolazione legale 2011 (09/10/2011)"]);
        Assert.Equal(17, table["Denominazione in italiano"].Count(name => name!.Any(letter => letter > 127)));
        Assert.Equal(("012001", "001", "12001"), (table["Codice Comune formato alfanumerico"][0], table["Progressivo del Comune (2)"][0], table["Codice Comune formato numerico"][0]));
        Assert.Contains("numbers are read in the columns Popolazione legale 2011 (09/10/2011) (5.292 as 5292)", table.Notices);
    }

    [Fact]
    public async Task The_register_of_fuel_stations_has_a_title_before_its_header()
    {
        var table = await ReadAsync("mimit_motorway_fuel_pipe_title_line.csv");
        Assert.Equal((541, 10, "line 3"), (table.Rows.Count, table.Columns.Count, table.Rows[0].Place));
        Assert.Equal(("50432", "44.670344360385094"), (table["idImpianto"][0], table["Latitudine"][0]));
        Assert.Equal(["cells are separated by bars", "the header is on line 2; what stands before it is left out: Estrazione del 2026-08-21"], table.Notices);
    }

    [Fact]
    public async Task Blanks_in_the_stops_of_a_timetable_are_no_values()
    {
        var table = await ReadAsync("trenord_gtfs_stops.txt");
        Assert.Equal(433, table.Rows.Count);
        Assert.All(table["stop_desc"].Concat(table["parent_station"]), Assert.Null);
        Assert.Equal(("MOTTA S.DAMIANO", "45.178212"), (table["stop_name"][0], table["stop_lat"][0]));
        Assert.Empty(table.Notices);
    }

    [Theory]
    [InlineData("friches_ardennes.csv", 164, 20, "site_id", "08008_01", 0, 0)]
    [InlineData("uk_islington_brownfield_latin1_crs_mislabelled.csv", 1_079, 28, "SiteReference", "P052245", 1, 0)]
    [InlineData("uk_leicester_brownfield_osgb36.csv", 66, 31, "SiteReference", "LLU6012_20151587", 0, 0)]
    [InlineData("uk_newforest_brownfield_8bit.csv", 56, 21, "SiteReference", "BLR_Brans_001", 1, 0)]
    [InlineData("uk_rochdale_brownfield_free_headers.csv", 128, 21, "LA SITE REF", "SH 0483", 0, 0)]
    [InlineData("uk_tonbridge_brownfield_osgb_labelled_wgs84.csv", 13, 29, "SiteReference", "TMBC-BFR-002", 0, 7)]
    public async Task A_register_of_brownfields_is_read_row_by_row(
        string file, int rows, int columns, string key, string first, int notices, int shortRows)
    {
        var table = await ReadAsync(file);
        Assert.Equal((rows, columns, notices), (table.Rows.Count, table.Columns.Count, table.Notices.Count));
        Assert.Equal((first, rows), (table[key][0], table[key].Distinct().Count()));
        Assert.All(table.Rows, row => Assert.Null(row.Fault));
        Assert.Equal(shortRows, table.Rows.Count(row => row.Doubts.Count > 0));
    }

    [Fact]
    public async Task Quotes_inside_quotes_and_letters_of_windows_are_those_of_the_register()
    {
        var islington = await ReadAsync("uk_islington_brownfield_latin1_crs_mislabelled.csv");
        Assert.Equal("\"Block A,B,D,F (Site 1), Islington Square, 116 Upper Street (Former North London Mail Centre)\"", islington["SiteNameAddress"][0]);
        Assert.Equal(210, islington["CoordinateReferenceSystem"].Count(system => system == "OSGB36"));
        var newForest = await ReadAsync("uk_newforest_brownfield_8bit.csv");
        Assert.Single(newForest["Notes"], note => note!.Contains('’'));
    }

    [Fact]
    public async Task A_table_written_a_field_per_line_is_told_as_such()
    {
        var exception = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadAsync("uk_one_field_per_line.txt"));
        Assert.Equal(FileFaultCode.Structure, exception.Fault.Code);
        Assert.Contains("one field per line", exception.Fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_named_csv_is_told_as_such()
    {
        var exception = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadAsync("uk_stoke_brownfield_2024_xlsx_named.csv"));
        Assert.Equal(FileFaultCode.UnknownFormat, exception.Fault.Code);
        Assert.Contains("workbook", exception.Fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Places_that_a_machine_wrote_are_rows_like_others()
    {
        var table = await ReadAsync("ports_italy_llm_noise.json");
        Assert.Equal((84, "Ancona", "43.62"), (table.Rows.Count, table["CITY"][0], table["LATITUDE"][0]));
        Assert.Contains("No change needed: Campo Boe Oil Terminal", table["CITY"]);
        Assert.All(table.Rows, row => Assert.True(row is { CarriesGeometry: false, Fault: null }));
    }

    private static Task<ReadTable> ReadAsync(string file) => ReadTable.OfAsync(ImportFile.FromPath(SharedData.Require("data/messy/" + file)));

    private static (int Count, T Sum) CountAndSum<T>(IEnumerable<string?> texts, Func<string, T> parse)
        where T : System.Numerics.INumber<T>
    {
        var numbers = texts.OfType<string>().Select(parse).ToList();
        return (numbers.Count, numbers.Aggregate(T.Zero, (sum, number) => sum + number));
    }
}
