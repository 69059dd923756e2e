using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading.Text;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>Marks in numbers: found per column, told, and never guessed where they may mean two things.</summary>
public sealed class NumberMarkTests
{
    [Theory]
    [InlineData(",.", "1.242.123", "1242123")]
    [InlineData(",.", "1.234,56", "1234.56")]
    [InlineData(",.", "1234,56", "1234.56")]
    [InlineData(",.", "3,1", "3.1")]
    [InlineData(",.", ",5", ".5")]
    [InlineData(",.", "-3,1", "-3.1")]
    [InlineData(",.", "\u22123,1", "-3.1")]
    [InlineData(",.", "12", "12")]
    [InlineData(", ", "5 922", "5922")]
    [InlineData(", ", "5\u00A0922,5", "5922.5")]
    [InlineData(", ", "16\u202F727", "16727")]
    [InlineData(".'", "1'234.5", "1234.5")]
    [InlineData(".'", "1’234’567", "1234567")]
    [InlineData(".,", "1,234.5", "1234.5")]
    [InlineData(".,", "1e3", "1e3")]
    [InlineData(".,", "1.5E-3", "1.5E-3")]
    [InlineData(",.", "1,5e3", "1.5e3")]
    [InlineData(",.", "1.24", null)]
    [InlineData(",.", "12.3456", null)]
    [InlineData(",.", "1234.567", null)]
    [InlineData(",.", "0.512", null)]
    [InlineData(",.", "1.234.56", null)]
    [InlineData(",.", "1,2,3", null)]
    [InlineData(",.", "1,234.5", null)]
    [InlineData(",.", "1,", null)]
    [InlineData(",.", "1.", null)]
    [InlineData(",.", ",", null)]
    [InlineData(",.", "-", null)]
    [InlineData(",.", "01234", null)]
    [InlineData(",.", "00", null)]
    [InlineData(",.", "0", "0")]
    [InlineData(",.", "31.12.2024", null)]
    [InlineData(", ", "02 1234567", null)]
    [InlineData(",.", "3,1 ha", null)]
    [InlineData(",.", "e5", null)]
    [InlineData(",.", "1e", null)]
    [InlineData(",.", "n.d.", null)]
    [InlineData(",.", "12345678901234567890123456789012345678901234", null)]
    public void A_number_is_read_in_its_style_only(string marks, string text, string? expected)
        => Assert.Equal(expected, new NumberStyle(marks[0], marks[1]).Normalise(text));

    [Theory]
    [InlineData("3,1|5|0,25", "3.1|5|0.25")]
    [InlineData("1.242.123|379|5.292", "1242123|379|5292")]
    [InlineData("5 922|589|1\u00A0246|16\u202F727", "5922|589|1246|16727")]
    [InlineData("1.234,56|7|12,5", "1234.56|7|12.5")]
    [InlineData("1'234.5|99|1’000", "1234.5|99|1000")]
    [InlineData("3,1|n.d.|secret|4,5", "3.1|n.d.|secret|4.5")]
    [InlineData("3.1|5|0.25", "3.1|5|0.25")]
    [InlineData("3,1|3.1", "3,1|3.1")]
    [InlineData("3,1|via Po 3", "3,1|via Po 3")]
    [InlineData("01234|12.345,6", "01234|12.345,6")]
    [InlineData("3,1|2A001", "3,1|2A001")]
    [InlineData("x|y|3,1", "x|y|3,1")]
    [InlineData("333 123 456|02 1234567", "333 123 456|02 1234567")]
    [InlineData("1.10.2020|31.12.2024", "1.10.2020|31.12.2024")]
    public async Task A_column_is_read_as_numbers_when_every_value_fits(string values, string expected)
    {
        var table = await ReadTable.OfAsync(Table('\t', ("valore", values)));
        Assert.Equal(expected.Split('|'), table["valore"]);
        Assert.Equal(values != expected, table.Notices.Any(notice => notice.StartsWith("numbers are read", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_read_and_how_is_told_with_an_example()
    {
        var table = await ReadTable.OfAsync(Table(';', ("alloggi", "5 922|1 246"), ("quota", "3,1|2,4"), ("anno", "2020|2021")));
        Assert.Contains("numbers are read in the columns alloggi (5 922 as 5922), quota (3,1 as 3.1)", table.Notices);
    }

    [Theory]
    [InlineData(';', "3,1", "1.234", "1234")]
    [InlineData('\t', "3,1", "1.234", "1234")]
    [InlineData(';', "2.45", "1.234", "1.234")]
    [InlineData(';', "abc", "1.234", "1234")]
    [InlineData(';', "abc", "1,234", "1.234")]
    [InlineData(',', "abc", "1.234", "1.234")]
    [InlineData(',', "abc", "1,234", "1234")]
    [InlineData('\t', "abc", "1.234", "1.234")]
    [InlineData('\t', "abc", "1,234", "1,234")]
    [InlineData('|', "2.45", "1,234", "1234")]
    public async Task What_may_mean_two_things_is_settled_by_the_other_columns_then_by_the_separator(
        char separator, string other, string ambiguous, string expected)
    {
        var table = await ReadTable.OfAsync(Table(separator, ("altro", $"{other}|{other}"), ("valore", $"{ambiguous}|{ambiguous}")));
        Assert.Equal([expected, expected], table["valore"]);
        var told = table.Notices.Where(notice => notice.Contains($"{ambiguous} in the column valore may be", StringComparison.Ordinal));
        Assert.Equal(ambiguous == expected && ambiguous.Contains('.') ? 0 : 1, told.Count());
    }

    [Fact]
    public async Task Degrees_with_three_decimals_are_no_thousands()
    {
        var table = await ReadTable.OfAsync(Table(';', ("lat", "45.123|45.456"), ("lon", "9.250|9.125"), ("abitanti", "1.234|5.678")));
        Assert.Equal(["45.123", "45.456"], table["lat"]);
        Assert.Equal(["9.250", "9.125"], table["lon"]);
        Assert.Equal(["1.234", "5.678"], table["abitanti"]);
    }

    [Fact]
    public async Task A_column_keeps_its_own_marks_beside_others()
    {
        var table = await ReadTable.OfAsync(Table(';', ("lat", "45.123456|45.4"), ("prezzo", "1.234,50|7,25")));
        Assert.Equal(["45.123456", "45.4"], table["lat"]);
        Assert.Equal(["1234.50", "7.25"], table["prezzo"]);
    }

    [Theory]
    [InlineData(',', null, "1.234", "1234")]
    [InlineData('.', null, "1.234", "1.234")]
    [InlineData('.', ',', "1,234", "1234")]
    [InlineData(null, '.', "1.234", "1234")]
    [InlineData(null, '.', "3,5", "3.5")]
    [InlineData(null, ' ', "1 234", "1234")]
    [InlineData('.', null, "3,5", "3,5")]
    public async Task What_is_stated_goes_before_all(char? decimalMark, char? thousandsMark, string text, string expected)
    {
        var table = await ReadTable.OfAsync(
            Table('\t', ("valore", $"{text}|{text}")), new TextDialect { DecimalMark = decimalMark, ThousandsMark = thousandsMark });
        Assert.Equal([expected, expected], table["valore"]);
    }

    [Theory]
    [InlineData(';', '.', null)]
    [InlineData(',', ',', null)]
    [InlineData(null, '-', null)]
    [InlineData(null, null, 0)]
    public async Task What_cannot_be_meant_is_refused_as_such(char? decimalMark, char? thousandsMark, int? headerLine)
        => await Assert.ThrowsAsync<ImportRequestException>(() => ReadTable.OfAsync(
            "a,b\n1,2\n", new TextDialect { DecimalMark = decimalMark, ThousandsMark = thousandsMark, HeaderLine = headerLine }));

    [Fact]
    public async Task A_column_without_values_at_the_beginning_is_read_as_the_others_are()
    {
        var empty = string.Concat(Enumerable.Range(0, 6_000).Select(i => $"{i};3,5;;;{new string('x', 200)}\n"));
        var table = await ReadTable.OfAsync($"id;quota;prezzo;nota;testo\n{empty}z;1,5;1.250,75;lotto 3,5;\n");
        Assert.Equal(("1250.75", "lotto 3,5"), (table["prezzo"][^1], table["nota"][^1]));
    }

    [Fact]
    public async Task Texts_and_codes_are_kept_as_the_file_has_them()
    {
        var value = (await ReadTable.OfAsync(Table(';', ("codice", "1.001|1.002"), ("quota", "3,1|2,4")))).Rows[0].Fields
            .Single(field => field.Name == "codice").Value;
        Assert.Equal(("1001", "1.001", "1.001"), (value.Text, value.Stated, value.Describe()));
        Assert.Equal("1.001", GeoOffer.Storage.Importing.Fields.SiteFields.Sites.Find("code")!.Type.Read(value).Value);
        Assert.Equal(1001d, GeoOffer.Storage.Importing.Fields.SiteFields.Sites.Find("useful_area_ha")!.Type.Read(value).Value);
    }

    private static string Table(char separator, params (string Name, string Values)[] columns)
    {
        var rows = columns[0].Values.Split('|').Select((_, row) => string.Join(
            separator, columns.Select(column => column.Values.Split('|')[row]).Select(cell => cell.Contains(separator) ? $"\"{cell}\"" : cell).Prepend($"riga{row}")));
        return string.Join('\n', rows.Prepend(string.Join(separator, columns.Select(column => column.Name).Prepend("id")))) + "\n";
    }
}
