using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>The table inside a text: what separates its cells, and where it begins.</summary>
public sealed class HeaderTests
{
    [Theory]
    [InlineData("codice;nome;area\nA;Via Roma, 3, Lodi;3,1\nB;Via Po, 4, Rho;2,5\n", "semicolons")]
    [InlineData("codice|indirizzo|km\nA|A7, Km. 92, MI-GE|1\nB|A26; dir. Nord|2\n", "bars")]
    [InlineData("codice\tnome\tnota\nA\tx; y; z\tp|q\nB\tu; v; w\tp|q\n", "tabs")]
    [InlineData("codice,nome,nota\nA,x;y,\"1,2\"\nB,z;w,\"3,4\"\n", null)]
    [InlineData("codice;nome\nA;3,1\nB;2,5\n", "semicolons")]
    public async Task The_separator_is_what_cuts_rows_alike(string text, string? separator)
    {
        var table = await ReadTable.OfAsync(text);
        Assert.Equal(text.Split('\n')[0].Split([';', '|', '\t', ',']), table.Columns);
        Assert.Equal(["A", "B"], table["codice"]);
        Assert.Equal(separator is not null, table.Notices.Contains($"cells are separated by {separator}"));
    }

    [Theory]
    [InlineData("Estrazione del 2026-08-21\ncodice|nome|area\nA|x|1\nB|y|2\n", 2)]
    [InlineData("Elenco dei siti\n\nComune di Lodi\ncodice,nome,area\nA,x,1\nB,y,2\n", 4)]
    [InlineData("Elenco siti;;\nagosto 2026;;\ncodice;nome;area\nA;x;1\nB;y;2\n", 3)]
    [InlineData("\n\ncodice,nome,area\nA,x,1\nB,y,2\n", 3)]
    [InlineData("\"Elenco\ndei siti\"\ncodice,nome,area\nA,x,1\nB,y,2\n", 3)]
    [InlineData("sep=;\ncodice;nome;area\nA;x;1\nB;y;2\n", 2)]
    [InlineData("\"sep=|\"\r\ncodice|nome|area\r\nA|x|1\r\nB|y|2\r\n", 2)]
    [InlineData("Righe;2;\ncodice;nome;area\nA;x;1\nB;y;2\n", 2)]
    [InlineData("codice;nome;area\nA;x;1;;\nB;y;2;;\n", 1)]
    [InlineData("codice;2019;2020\nA;1;2\nB;3;4\n", 1)]
    [InlineData("codice,nome,a,b,c,d\nA,x\nB,y\nC,z\n", 1)]
    public async Task Titles_before_the_header_are_left_out_and_told(string text, long line)
    {
        var table = await ReadTable.OfAsync(text);
        Assert.Equal("codice", table.Columns[0]);
        Assert.Equal(["A", "B"], table["codice"].Take(2));
        Assert.Equal($"line {line + 1}", table.Rows[0].Place);
        var isTold = table.Notices.Any(notice => notice.StartsWith($"the header is on line {line}; ", StringComparison.Ordinal));
        Assert.Equal(line > 1 && text[0] is not ('\n' or 's') && !text.Contains("sep=", StringComparison.Ordinal), isTold);
    }

    [Fact]
    public async Task A_text_in_capitals_alone_keeps_its_first_line_as_header()
    {
        var table = await ReadTable.OfAsync("SIGLA,NOME\nMI,Milano\nVA,Varese\n");
        Assert.Equal(["SIGLA", "NOME"], table.Columns);
        Assert.Equal(["MI", "VA"], table["SIGLA"]);
    }

    [Fact]
    public async Task The_line_of_the_header_can_be_stated()
    {
        const string Text = "a,b,c\nx,y,z\ncodice,nome,area\nA,x,1\n";
        var table = await ReadTable.OfAsync(Text, new TextDialect { HeaderLine = 3 });
        Assert.Equal(["codice", "nome", "area"], table.Columns);
        Assert.Equal(("A", "line 4"), (Assert.Single(table["codice"]), table.Rows[0].Place));

        var exception = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadTable.OfAsync(Text, new TextDialect { HeaderLine = 7 }));
        Assert.Equal(FileFaultCode.Header, exception.Fault.Code);
    }

    [Fact]
    public async Task A_separator_can_be_stated()
    {
        var table = await ReadTable.OfAsync("codice:nome\nA:x,y\n", new TextDialect { Separator = ':' });
        Assert.Equal(["x,y"], table["nome"]);
    }

    [Fact]
    public async Task Names_of_columns_stand_on_one_line_without_what_cannot_be_seen()
    {
        var table = await ReadTable.OfAsync("\uFEFF \"Codice dell'Unità \n(valida)\" ;\u00A0NUTS2(3) ;\"\u200Bnome\"\n1;2;3\n");
        Assert.Equal(["Codice dell'Unità (valida)", "NUTS2(3)", "nome"], table.Columns);
        Assert.Equal("line 3", table.Rows[0].Place);
    }

    [Fact]
    public async Task Text_with_a_field_per_line_is_told_as_such()
    {
        const string Text = "Reference\n\nName\n\nHectares\n\nA1\n\nStation Road, Ware\n\n0.5\n\nA2\n\nMill Lane\n\n0.7\n";
        var exception = await Assert.ThrowsAsync<UnreadableFileException>(() => ReadTable.OfAsync(Text));
        Assert.Equal(FileFaultCode.Structure, exception.Fault.Code);
        Assert.Contains("one field per line", exception.Fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_without_their_last_cells_are_read_and_told()
    {
        var table = await ReadTable.OfAsync("codice,nome,nota,data\nA,x,,\nB,y\nC,z,n,d\n");
        Assert.Equal(["x", "y", "z"], table["nome"]);
        Assert.Equal([null, null, "d"], table["data"]);
        Assert.Equal([0, 1, 0], table.Rows.Select(row => row.Doubts.Count));
        Assert.All(table.Rows, row => Assert.Null(row.Fault));
    }

    [Theory]
    [InlineData("#N/D", null, 1)]
    [InlineData("#RIF!", null, 1)]
    [InlineData("#div/0!", null, 1)]
    [InlineData("########", null, 1)]
    [InlineData(" ", null, 0)]
    [InlineData("\u00A0", null, 0)]
    [InlineData("#1", "#1", 0)]
    [InlineData("\"=\"\"00123\"\"\"", "00123", 0)]
    [InlineData("=\"00123\"", "00123", 0)]
    public async Task What_spreadsheets_leave_in_cells_is_understood(string cell, string? value, int doubts)
    {
        var table = await ReadTable.OfAsync($"codice,nota,nome\nA,{cell},x\nB,y,z\n");
        Assert.Equal((value, doubts), (table["nota"][0], table.Rows[0].Doubts.Count));
        Assert.All(table.Rows[0].Doubts, doubt => Assert.Equal(("nota", cell), (doubt.Field, doubt.Value)));
    }
}
