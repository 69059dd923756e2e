using System.Text;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Tests.Importing;

public sealed class EncodingTests
{
    private const string Text = "codice,nome,nota\nA,Cantù,caffè\nB,Forlì,l’Università “d’oro”\n";

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static TheoryData<string, byte[], string?> Encoded { get; } = new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Text), null },
        { "UTF-8 with a mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)], null },
        { "UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)], "UTF-16, little-endian" },
        { "UTF-16, the great end first", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Text)], "UTF-16, big-endian" },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes(Text), "UTF-16, little-endian" },
        { "UTF-16 without a mark, the great end first", Encoding.BigEndianUnicode.GetBytes(Text), "UTF-16, big-endian" },
        { "UTF-32", [.. Encoding.UTF32.Preamble, .. Encoding.UTF32.GetBytes(Text)], "utf-32" },
        { "Windows-1252", Windows1252.GetBytes(Text), "Windows-1252" },
    };

    [Theory]
    [MemberData(nameof(Encoded))]
    public async Task A_text_reads_alike_in_every_encoding(string encoding, byte[] bytes, string? told)
    {
        foreach (var drop in (int[])[1, 3, 1 << 16])
        {
            var table = await ReadTable.OfAsync(bytes, drop: drop);
            Assert.Equal(["codice", "nome", "nota"], table.Columns);
            Assert.True(table["nome"] is ["Cantù", "Forlì"] && table["nota"] is ["caffè", "l’Università “d’oro”"], encoding);
            Assert.Equal(told is null ? 0 : 1, table.Notices.Count);
            Assert.All(table.Notices, notice => Assert.Contains(told!, notice, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("windows-1252", "Cant\u00F9", "Cantù")]
    [InlineData("latin1", "\u0080", "€")]
    [InlineData("ibm850", "Cant\u0097", "Cantù")]
    [InlineData("macintosh", "Cant\u009D", "Cantù")]
    public async Task What_is_stated_goes_before_what_would_be_found(string name, string bytes, string expected)
    {
        var table = await ReadTable.OfAsync(Encoding.Latin1.GetBytes($"codice,nome\nA,{bytes}\n"), new TextDialect { Encoding = name });
        Assert.Equal([expected], table["nome"]);
        Assert.Empty(table.Notices);
    }

    [Fact]
    public async Task An_encoding_that_does_not_exist_is_refused_as_such()
    {
        var exception = await Assert.ThrowsAsync<ImportRequestException>(() => ReadTable.OfAsync("a,b\n1,2\n", new TextDialect { Encoding = "klingon" }));
        Assert.Contains("klingon", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_of_another_encoding_far_down_does_not_damage_the_letters_of_utf8()
    {
        var plain = string.Concat(Enumerable.Range(0, 6_000).Select(i => $"{i},Università {new string('x', 200)}\n"));
        byte[] bytes = [.. Encoding.UTF8.GetBytes("codice,nome\n" + plain), .. Windows1252.GetBytes("x,Cantù\n")];
        var table = await ReadTable.OfAsync(bytes);
        Assert.Equal(SourceValueKind.Damaged, table.Rows[^1].Fields[1].Value.Kind);
        Assert.StartsWith("Università", table.Rows[^2].Fields[1].Value.Text, StringComparison.Ordinal);
        Assert.Contains("damaged places (1)", Assert.Single(table.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_letter_of_a_long_file_tells_its_encoding()
    {
        var plain = string.Concat(Enumerable.Range(0, 6_000).Select(i => $"{i},{new string('x', 200)}\n"));
        var table = await ReadTable.OfAsync(Windows1252.GetBytes($"codice,nome\n{plain}x,Cantù\n"));
        Assert.Equal(("Cantù", 6_001), (table.Rows[^1].Fields[1].Value.Text, table.Rows.Count));
    }

    [Fact]
    public async Task Bytes_that_windows_1252_does_not_have_are_told()
    {
        var table = await ReadTable.OfAsync([.. "codice,nome\nA,Cant"u8, 0x9D, .. "\n"u8]);
        Assert.Contains("macintosh", Assert.Single(table.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sequence_that_the_end_of_the_file_cuts_is_damage()
    {
        var table = await ReadTable.OfAsync([.. "codice,nome\nA,Cantù\nB,Cant"u8, 0xC3]);
        Assert.Equal(SourceValueKind.Damaged, table.Rows[1].Fields[1].Value.Kind);
        Assert.Equal("Cantù", table.Rows[0].Fields[1].Value.Text);
    }

    [Fact]
    public async Task GeoJson_is_read_in_other_encodings_too()
    {
        const string Json = """{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"name":"Cantù"}}]}""";
        foreach (var bytes in (byte[][])[Windows1252.GetBytes(Json), [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Json)]])
        {
            var table = await ReadTable.OfAsync(bytes);
            Assert.Equal(SourceFormat.GeoJson, table.Description.Format);
            Assert.Equal(["Cantù"], table["name"]);
        }
    }
}
