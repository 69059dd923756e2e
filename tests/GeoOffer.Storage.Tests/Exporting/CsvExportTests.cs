using System.Text;
using GeoOffer.Query.Filters;
using GeoOffer.Storage.Exporting;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Exporting;

public sealed class CsvExportTests(PostGisCluster cluster)
{
    private static readonly string[] Texts = ["name_it", "name_en", "previous_activity"];

    [Fact]
    public async Task Cells_are_quoted_where_they_must_be_and_nothing_is_told_from_empty()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        await database.ExecuteAsync("""UPDATE geooffer.site SET name_it = 'plain', name_en = '', previous_activity = NULL WHERE code = 'AW-1'""");
        await database.ExecuteAsync("""UPDATE geooffer.site SET name_it = 'a,b', name_en = 'say "it"', previous_activity = E'one\r\ntwo' WHERE code = 'AW-2'""");
        Assert.Equal(
            "code,name_it,name_en,previous_activity,wkt\r\nAW-1,plain,\"\",,\"POLYGON ((9.1 45.5,9.12 45.5,9.12 45.52,9.1 45.52,9.1 45.5),"
            + "(9.105 45.505,9.105 45.51,9.11 45.51,9.11 45.505,9.105 45.505))\"\r\n",
            (await ExportAsync(database, "AW-1", Texts)));
        Assert.StartsWith(
            "code,name_it,name_en,previous_activity,wkt\r\nAW-2,\"a,b\",\"say \"\"it\"\"\",\"one\r\ntwo\",\"MULTIPOLYGON (((9.3 45.6,",
            await ExportAsync(database, "AW-2", Texts),
            StringComparison.Ordinal);
        Assert.EndsWith("AW-4,Senza luogo,,,\r\n", await ExportAsync(database, "AW-4", Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_have_one_form_each()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        string[] properties = ["code", "owner_count", "building_index", "for_sale_area_ha", "first_added", "is_public"];
        Assert.StartsWith(
            "code,owner_count,building_index,for_sale_area_ha,first_added,is_public,wkt\r\nAW-1,2147483647,0.30000000000000004,5E-324,2024-02-29,true,",
            await ExportAsync(database, "AW-1", properties),
            StringComparison.Ordinal);
        Assert.Contains("AW-5,,,,2024-01-04,false,", await ExportAsync(database, "AW-5", properties), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "\"\"")]
    [InlineData("{one}", "one")]
    [InlineData("{one,two}", "one;two")]
    [InlineData("""{"a,b"}""", "\"a,b\"")]
    [InlineData("""{"a;b",c}""", "\"[\"\"a;b\"\",\"\"c\"\"]\"")]
    [InlineData("{a|b}", "\"[\"\"a|b\"\"]\"")]
    [InlineData("{[x]}", "\"[\"\"[x]\"\"]\"")]
    [InlineData("""{"",b}""", "\"[\"\"\"\",\"\"b\"\"]\"")]
    [InlineData("""{" b"}""", "\"[\"\" b\"\"]\"")]
    public async Task A_list_stands_between_semicolons_unless_it_could_be_taken_apart_wrongly(string list, string cell)
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        await database.ExecuteAsync("UPDATE geooffer.site SET previously_part_of = $1::text[] WHERE code = 'AW-4'", list);
        Assert.EndsWith($"AW-4,{cell},\r\n", await ExportAsync(database, "AW-4", ["previously_part_of"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_and_guarded_formulas_come_only_when_asked_for()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        await database.ExecuteAsync("UPDATE geooffer.site SET previous_activity = '-1', name_it = '+1, 2' WHERE code = 'AW-3'");
        var plain = await ExportAsync(database, "AW-3", Texts);
        var guarded = await ExportAsync(database, "AW-3", Texts, new ExportOptions { GuardFormulas = true, ByteOrderMark = true });
        Assert.Contains("AW-3,\"+1, 2\",=1+1,-1,", plain, StringComparison.Ordinal);
        Assert.StartsWith("\ufeffcode,name_it", guarded, StringComparison.Ordinal);
        Assert.Contains("AW-3,\"'+1, 2\",'=1+1,'-1,", guarded, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_result_is_a_header_alone()
    {
        await using var database = await AwkwardData.CreateAsync(cluster);
        Assert.Equal("code,kind,wkt\r\n", await ExportAsync(database, "none", ["kind"]));
    }

    private static async Task<string> ExportAsync(MigratedDatabase database, string code, string[] properties, ExportOptions? options = null)
    {
        var query = await database.Database.QueryAsync("sites", adapt: request => request with
        {
            Filter = new Comparison(ComparisonOperator.Equal, new PropertyReference("code"), Literal.Of(code)),
            Properties = [.. properties],
        });
        return Encoding.UTF8.GetString(await database.Database.ExportAsync(query, ExportFormat.Csv, options: options));
    }
}
