using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>Any table, written in any dialect, reads back the same.</summary>
public sealed class TextRoundTripTests
{
    private static readonly string[] Words =
    [
        "Cantù", "l’area “ex Falck”", "perché", "Forlì-Cesena", "a, b", "x; y", "p|q", "tab\there", "say \"so\"", "due\nrighe", "€", "via Roma, 3", "-", "'", "007",
    ];

    private static readonly Gen<string> Text =
        from words in Gen.Elements(Words).NonEmptyListOf()
        from isEmpty in Gen.Elements(false, false, false, true)
        select isEmpty ? "" : string.Join(' ', words.Take(3));

    private static readonly Gen<decimal> Number =
        from hundredths in Gen.Choose(-50_000_000, 50_000_000)
        from decimals in Gen.Choose(0, 2)
        select decimal.Round(hundredths / 100m, decimals);

    private static readonly Gen<Dialect> AnyDialect =
        from separator in Gen.Elements(',', ';', '\t', '|')
        from marks in Gen.Elements(".", ",", ".,", ". ", ".'", ",.", ", ", ",\u00A0")
        from lineEnd in Gen.Elements("\n", "\r\n", "\r")
        from encoding in Gen.Elements("utf-8", "utf-8 with mark", "utf-16", "utf-16BE", "windows-1252")
        from isAllQuoted in Gen.Elements(true, false)
        from titles in Gen.Choose(0, 2)
        from endsInBreak in Gen.Elements(true, false)
        select new Dialect(separator, marks, lineEnd, encoding, isAllQuoted, titles, endsInBreak);

    private static readonly Gen<Table> AnyTable =
        from rows in Gen.Choose(3, 12)
        from texts in Gen.Choose(1, 3)
        from numbers in Gen.Choose(1, 3)
        from cells in Text.ListOf(rows * texts)
        from values in Number.ListOf(rows * numbers)
        select new Table([.. cells.Chunk(texts)], [.. values.Chunk(numbers)]);

    [Fact]
    public void Any_table_in_any_dialect_reads_back_the_same() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(400),
        Prop.ForAll(AnyDialect.ToArbitrary(), AnyTable.ToArbitrary(), (dialect, table) => AssertReadsBack(dialect, table)));

    private static void AssertReadsBack(Dialect dialect, Table table)
    {
        var read = ReadTable.OfAsync(dialect.Encode(table)).GetAwaiter().GetResult();
        Assert.Equal(table.Header, read.Columns);
        Assert.All(read.Rows, row => Assert.Null(row.Fault));
        Assert.Equal(
            table.Rows.Select(row => string.Join('¦', row)),
            read.Rows.Select(row => string.Join('¦', row.Fields.Select(field => Show(field)))));
    }

    private static string Show(SourceField field) =>
        field.Name.StartsWith("Valore", StringComparison.Ordinal)
            ? decimal.Parse(field.Value.Text!, CultureInfo.InvariantCulture).ToString("0.##", CultureInfo.InvariantCulture)
            : (field.Value.Stated ?? field.Value.Text ?? "").ReplaceLineEndings("\n");

    /// <summary>Texts and numbers; the first number of a column leaves no doubt how it is written.</summary>
    private sealed record Table(string[][] Texts, decimal[][] Numbers)
    {
        public string[] Header =>
        [
            "Codice", .. Texts[0].Select((_, i) => $"Nome, testo {i}"), .. Numbers[0].Select((_, i) => $"Valore {i} (m²)"),
        ];

        public IEnumerable<string[]> Rows => Texts.Select((texts, row) => (string[])
            [$"S-{row}", .. texts, .. NumbersOf(row).Select(number => number.ToString("0.##", CultureInfo.InvariantCulture))]);

        public IEnumerable<decimal> NumbersOf(int row) => row == 0 ? Numbers[0].Select(_ => -1_234_567.25m) : Numbers[row];
    }

    private sealed record Dialect(char Separator, string Marks, string LineEnd, string Encoding, bool IsAllQuoted, int Titles, bool EndsInBreak)
    {
        public byte[] Encode(Table table)
        {
            var lines = Enumerable.Range(0, Titles).Select(i => $"Elenco {i}")
                .Append(Line(table.Header))
                .Concat(table.Texts.Select((texts, row) => Line([$"S-{row}", .. texts, .. table.NumbersOf(row).Select(Write)])));
            var text = string.Join(LineEnd, lines) + (EndsInBreak ? LineEnd : "");
            return Encoding switch
            {
                "utf-8" => System.Text.Encoding.UTF8.GetBytes(text),
                "utf-8 with mark" => [.. System.Text.Encoding.UTF8.Preamble, .. System.Text.Encoding.UTF8.GetBytes(text)],
                "utf-16" => [.. System.Text.Encoding.Unicode.Preamble, .. System.Text.Encoding.Unicode.GetBytes(text)],
                "utf-16BE" => [.. System.Text.Encoding.BigEndianUnicode.Preamble, .. System.Text.Encoding.BigEndianUnicode.GetBytes(text)],
                _ => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text),
            };
        }

        private string Line(IEnumerable<string> cells) => string.Join(Separator, cells.Select(Cell));

        private string Cell(string cell) =>
            IsAllQuoted || cell.AsSpan().ContainsAny(['"', '\n', '\r', Separator])
                ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal).Replace("\n", LineEnd, StringComparison.Ordinal)}\""
                : cell;

        private string Write(decimal number)
        {
            var culture = new NumberFormatInfo
            {
                NumberDecimalSeparator = Marks[..1],
                NumberGroupSeparator = Marks[1..],
                NegativeSign = "-",
            };
            return number.ToString(Marks.Length > 1 ? "#,##0.##" : "0.##", culture);
        }
    }
}
