using System.Text;
using System.Text.Json;
using GeoOffer.Server.Commands;
using GeoOffer.Testing;
using Microsoft.Extensions.Configuration;

namespace GeoOffer.Server.Tests;

/// <summary><c>geooffer import</c> as it is typed.</summary>
public sealed class ImportCommandTests(PostGisCluster cluster) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("geooffer-").FullName;
    private TestDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await cluster.CreateDatabaseAsync();
        Assert.Equal(0, (await RunAsync("migrate")).Code);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_table_as_people_write_it_is_stored_and_what_was_found_is_told()
    {
        var file = Write("siti.csv", "Elenco dei siti\ncodice;kind;nome;area_ha;lon;lat\nA;greenfield;Cantù;3,5;9,1;45,7\n", "windows-1252");
        var (code, output, _) = await RunAsync("import", "sites", file);
        Assert.Equal(0, code);
        Assert.Contains("Note: the text is no UTF-8 and was read as Windows-1252 (letters beyond ASCII: 1)", output, StringComparison.Ordinal);
        Assert.Contains("Note: cells are separated by semicolons.", output, StringComparison.Ordinal);
        Assert.Contains("Note: the header is on line 2; what stands before it is left out: Elenco dei siti.", output, StringComparison.Ordinal);
        Assert.Contains("area_ha (3,5 as 3.5), lon (9,1 as 9.1), lat (45,7 as 45.7).", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_a_table_is_written_can_be_stated()
    {
        var file = Write("siti.txt", "x\ncodice~kind~nome~area_ha~lon~lat\nA~greenfield~Cantù~1'250,5~9.1~45.7\n", "ibm850");
        var report = Path.Combine(_folder, "report.json");
        var (code, output, _) = await RunAsync(
            "import", "sites", file, "--format", "csv", "--encoding", "ibm850", "--separator", "~", "--decimal", ",", "--thousands", "'", "--header-line", "2",
            "--dry-run", "--report", report);
        Assert.Equal(0, code);
        Assert.Contains("area_ha (1'250,5 as 1250.5).", output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(report, Token));
        Assert.Equal(1, document.RootElement.GetProperty("rows").GetProperty("new").GetInt32());
    }

    [Theory]
    [InlineData("--encoding klingon", "'klingon' is no encoding")]
    [InlineData("--separator ab", "--separator 'ab': expected one character")]
    [InlineData("--decimal ;", "the decimal mark is a point or a comma")]
    [InlineData("--decimal , --thousands ,", "one mark cannot be")]
    [InlineData("--header-line 0", "counted from 1")]
    [InlineData("--profile uk-brownfield", "did you mean uk-brownfield-land?")]
    [InlineData("--profile istat-provinces", "is for provinces, not for sites")]
    [InlineData("--parameter region=1", "the request names none")]
    public async Task What_cannot_be_meant_is_wrong_usage(string options, string said)
    {
        var file = Write("siti.csv", "codice,kind,nome\nA,greenfield,x\n", "utf-8");
        var (code, _, error) = await RunAsync(["import", "sites", file, .. options.Split(' ')]);
        Assert.Equal(2, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profiles_are_listed_written_copied_and_used()
    {
        var (_, list, _) = await RunAsync("import", "profiles");
        Assert.Contains("uk-brownfield-land", list, StringComparison.Ordinal);
        Assert.Contains("Registro inglese", list, StringComparison.Ordinal);
        Assert.Contains("region=3", list, StringComparison.Ordinal);

        var (_, profile, _) = await RunAsync("import", "profiles", "istat-provinces");
        var copy = Write("mine.json", profile.Replace("COD_PROV", "PROV_ID", StringComparison.Ordinal), "utf-8");
        var file = Write("province.csv", "COD_REG,PROV_ID,SIGLA,DEN_UTS\n03,15,MI,Milano\n1,1,TO,Torino\n", "utf-8");
        var (code, output, _) = await RunAsync("import", "provinces", file, "--profile", copy);
        Assert.Equal(0, code);
        Assert.Contains("Note: only rows are taken for which COD_REG is 3; left out: 1.", output, StringComparison.Ordinal);
        Assert.Contains("version", output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("import", "provinces", file, "--profile", copy, "--parameter", "region=1", "--dry-run")).Code);
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_profile_is_told_at_once()
    {
        var profile = Write("mine.json", """{"name": "mine", "title": {"it": "a"}, "collection": "sites", "fields": {"kind": {"value": "red"}}}""", "utf-8");
        var (code, output, error) = await RunAsync("import", "sites", "nothing.csv", "--profile", profile);
        Assert.Equal((2, ""), (code, output));
        foreach (var path in (string[])["$.title.en", "$.fields.kind.value", "$.fields:"])
        {
            Assert.Contains($"at {path}", error, StringComparison.Ordinal);
        }
    }

    private string Write(string name, string text, string encoding)
    {
        var path = Path.Combine(_folder, name);
        var writer = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? new UTF8Encoding(false);
        File.WriteAllBytes(path, writer.GetBytes(text));
        return path;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"))
            .AddInMemoryCollection([new("ConnectionStrings:GeoOffer", _database.ConnectionString)])
            .Build();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, output, error, configuration);
        return (code, output.ToString(), error.ToString());
    }
}
