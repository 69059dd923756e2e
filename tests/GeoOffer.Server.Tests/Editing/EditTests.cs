using System.Globalization;
using System.Net;
using System.Text.Json;
using GeoOffer.Query.Catalogue;
using GeoOffer.Testing;
using Npgsql;

namespace GeoOffer.Server.Tests.Editing;

/// <summary>Features are added, replaced, changed and deleted over HTTP by editors, one at a time (OGC API - Features Part 4).</summary>
public sealed class EditTests(PostGisCluster cluster) : IAsyncLifetime
{
    private const string Site =
        """
        {"type":"Feature","id":"ignored","geometry":{"type":"Polygon","coordinates":[[[9.1,45.5],[9.1081,45.5],[9.1081,45.5057],[9.1,45.5057],[9.1,45.5]]]},
         "properties":{"code":"NEW-1","kind":"brownfield","name_it":"Ex cartiera","functions":["industrial"],"price_min_eur":1250000.5,"verified_on":"2026-03-01","lifecycle_state":"published"}}
        """;

    private RunningService _service = null!;
    private Editor _editor = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient Public => _service.Client;

    public async ValueTask InitializeAsync()
    {
        _service = await RunningService.StartAsync(cluster, SampleData.Sql, new Dictionary<string, string> { ["Limits:FeatureBytes"] = "200000" });
        _editor = await Editor.OfAsync(_service);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task A_feature_that_is_added_is_there_for_everybody_with_its_facts()
    {
        using var made = await _editor.PostAsync("sites", Site);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.EndsWith("/ogc/collections/sites/items/NEW-1", made.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Empty(await made.Content.ReadAsByteArrayAsync(Token));

        using var seen = await _editor.GetAsync(made.Headers.Location.ToString());
        Assert.Equal(made.Headers.ETag, seen.Headers.ETag);
        var feature = await Public.GetJsonAsync(made.Headers.Location.ToString());
        var properties = feature.GetProperty("properties");
        Assert.Equal("NEW-1", feature.GetProperty("id").GetString());
        Assert.Equal(1250000.5, properties.GetProperty("price_min_eur").GetDouble());
        Assert.Equal("2026-03-01", properties.GetProperty("verified_on").GetString());
        Assert.Equal("unknown", properties.GetProperty("ownership").GetString());
        Assert.Equal(DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), properties.GetProperty("first_added").GetString());
        Assert.InRange(properties.GetProperty("distance_freight_terminal_m").GetDouble(), 900, 950);
        Assert.Equal("015146", properties.GetProperty("municipality_code").GetString());
        Assert.Equal(("Editor", "ogc-api"), await RowAsync<string, string>(
            "SELECT c.author, c.channel FROM geooffer.site AS s JOIN geooffer.change_set AS c ON c.id = s.change_set_id WHERE s.code = 'NEW-1'"));
    }

    [Fact]
    public async Task A_feature_without_an_id_gets_one()
    {
        using var made = await _editor.PostAsync("poles", """{"type":"Feature","geometry":null,"properties":{"name_it":"Polo di prova"}}""");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var pole = await Public.GetJsonAsync(made.Headers.Location!.ToString());
        Assert.Matches("^[a-z2-9]{12}$", pole.GetProperty("id").GetString());

        using var nameless = await _editor.PostAsync("municipalities", """{"type":"Feature","geometry":null,"properties":{"name_it":"Senza codice"}}""");
        Assert.Equal(["/properties/code"], Pointers(await nameless.ProblemAsync(HttpStatusCode.UnprocessableEntity)));
    }

    [Fact]
    public async Task A_feature_is_added_once()
    {
        using var made = await _editor.PostAsync("sites", Site);
        using var again = await _editor.PostAsync("sites", Site);
        var problem = await again.ProblemAsync(HttpStatusCode.Conflict);
        Assert.Contains("NEW-1", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feature_is_replaced_by_what_is_sent_alone()
    {
        using var answer = await _editor.PutAsync("sites", "GO-1", Site.Replace("\"code\":\"NEW-1\",", "", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        using var seen = await _editor.GetAsync(Editor.Address("sites", "GO-1"));
        Assert.Equal(answer.Headers.ETag, seen.Headers.ETag);
        var properties = (await seen.JsonAsync()).GetProperty("properties");
        Assert.Equal("GO-1", properties.GetProperty("code").GetString());
        Assert.Equal("Ex cartiera", properties.GetProperty("name_it").GetString());
        Assert.Equal(JsonValueKind.Null, properties.GetProperty("name_en").ValueKind);
        Assert.Equal(JsonValueKind.Null, properties.GetProperty("contact").ValueKind);
        Assert.Equal(1L, await ScalarAsync<long>("SELECT count(*) FROM geooffer.site_history WHERE code = 'GO-1' AND name_it = 'Città dei mestieri'"));
    }

    [Fact]
    public async Task What_was_read_can_be_sent_back_and_changes_nothing()
    {
        foreach (var collection in (string[])["sites", "municipalities", "provinces", "infrastructure"])
        {
            using var page = await _editor.GetAsync($"/ogc/collections/{collection}/items?limit=1000");
            foreach (var feature in (await page.JsonAsync()).GetProperty("features").EnumerateArray())
            {
                var id = feature.GetProperty("id").GetString()!;
                using var before = await _editor.GetAsync(Editor.Address(collection, id));
                using var answer = await _editor.PutAsync(collection, id, await before.Content.ReadAsStringAsync(Token));
                Assert.True(HttpStatusCode.NoContent == answer.StatusCode, $"{collection} {id}: {await answer.Content.ReadAsStringAsync(Token)}");
                using var after = await _editor.GetAsync(Editor.Address(collection, id));
                Assert.Equal(await before.Content.ReadAsStringAsync(Token), await after.Content.ReadAsStringAsync(Token));
                if (collection != "sites")
                {
                    // What is measured of a site says more of its municipality than its sheet does.
                    Assert.Equal(before.Headers.ETag, after.Headers.ETag);
                }
            }
        }
    }

    [Fact]
    public async Task A_place_that_comes_back_rounded_stays_as_it_was_surveyed()
    {
        const string Fine = "SELECT ST_AsText(geom, 15), change_set_id FROM geooffer.site WHERE code = 'GO-2'";
        await _service.ExecuteAsync("UPDATE geooffer.site SET geom = ST_Translate(geom, 0.00000001234, 0.00000000567) WHERE code = 'GO-2'");
        var before = await RowAsync<string, long>(Fine);
        foreach (var system in (string[])["http://www.opengis.net/def/crs/OGC/1.3/CRS84", "http://www.opengis.net/def/crs/EPSG/0/4326", "http://www.opengis.net/def/crs/EPSG/0/32632", "http://www.opengis.net/def/crs/EPSG/0/3003", "http://www.opengis.net/def/crs/EPSG/0/3857"])
        {
            using var seen = await _editor.GetAsync($"{Editor.Address("sites", "GO-2")}?crs={system}");
            using var answer = await _editor.PutAsync("sites", "GO-2", await seen.Content.ReadAsStringAsync(Token), ("Content-Crs", $"<{system}>"));
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Equal(before.Item1, (await RowAsync<string, long>(Fine)).Item1);
        }

        using var moved = await _editor.PatchAsync(
            "sites", "GO-2", """{"geometry":{"type":"Polygon","coordinates":[[[9.14,45.52],[9.1481001,45.52],[9.1481,45.5257],[9.14,45.5257],[9.14,45.52]]]}}""");
        Assert.NotEqual(before.Item1, (await RowAsync<string, long>(Fine)).Item1);
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_null_takes_away()
    {
        var before = (await (await _editor.GetAsync(Editor.Address("sites", "GO-1"))).JsonAsync()).GetProperty("properties");
        using var answer = await _editor.PatchAsync(
            "sites", "GO-1", """{"properties":{"name_it":"Altro nome","name_en":null,"functions":null,"owner_count":3}}""", ("Prefer", "return=representation"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("return=representation", answer.Headers.GetValues("Preference-Applied").Single());
        var after = (await answer.JsonAsync()).GetProperty("properties");
        foreach (var property in before.EnumerateObject())
        {
            var expected = property.Name switch
            {
                "name_it" => "\"Altro nome\"",
                "name_en" => "null",
                "functions" => "[]",
                "owner_count" => "3",
                _ => property.Value.GetRawText(),
            };
            if (property.Name is not "completeness")
            {
                Assert.Equal(expected, after.GetProperty(property.Name).GetRawText());
            }
        }
    }

    [Fact]
    public async Task A_site_that_is_withdrawn_leaves_the_public_and_one_that_moves_is_measured_again()
    {
        using var moved = await _editor.PatchAsync("sites", "GO-6", """{"geometry":{"type":"Point","coordinates":[9.12,45.5]}}""");
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        var site = await Public.GetJsonAsync(Editor.Address("sites", "GO-6"));
        Assert.Equal(0, site.GetProperty("properties").GetProperty("distance_freight_terminal_m").GetDouble());

        using var withdrawn = await _editor.PatchAsync("sites", "GO-6", """{"properties":{"lifecycle_state":"withdrawn"}}""");
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Public.GetAsync(Editor.Address("sites", "GO-6"), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _editor.GetAsync(Editor.Address("sites", "GO-6"))).StatusCode);
    }

    [Fact]
    public async Task Who_has_edited_sees_it_at_once_in_pages_and_tiles()
    {
        const string Items = "/ogc/collections/sites/items";
        using var page = await _editor.GetAsync(Items);
        var tile = TileTests.Address(TileTests.AddressOf(14, 9.102, 45.502));
        using var before = await _editor.GetAsync(tile);
        using var edited = await _editor.PatchAsync("sites", "GO-1", """{"properties":{"name_it":"Altro nome"}}""");
        using var again = await _editor.SendAsync(HttpMethod.Get, Items, null, null, ("If-None-Match", page.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Contains("Altro nome", await again.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        using var after = await _editor.SendAsync(HttpMethod.Get, tile, null, null, ("If-None-Match", before.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Contains(DecodedTile.Read(await after.Content.ReadAsByteArrayAsync(Token)).Features, feature => feature.Properties["name_it"] is "Altro nome");
    }

    [Fact]
    public async Task A_feature_that_is_deleted_is_gone_and_stays_in_the_history()
    {
        using var answer = await _editor.DeleteAsync("sites", "GO-3");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _editor.GetAsync(Editor.Address("sites", "GO-3"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _editor.DeleteAsync("sites", "GO-3")).StatusCode);
        Assert.Equal(1L, await ScalarAsync<long>("SELECT count(*) FROM geooffer.site_history WHERE code = 'GO-3'"));
    }

    [Fact]
    public async Task A_station_that_is_edited_changes_the_facts_of_sites()
    {
        var before = await MetresAsync("GO-3");
        using var moved = await _editor.PatchAsync("infrastructure", "PS-1", """{"geometry":{"type":"Point","coordinates":[9.4,45.5]}}""");
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        Assert.InRange(await MetresAsync("GO-3") - before, 7000, 8000);
        using var added = await _editor.PostAsync(
            "infrastructure", """{"type":"Feature","geometry":{"type":"Point","coordinates":[9.301,45.501]},"properties":{"code":"PS-2","kind":"passenger_station","name_it":"Nuova"}}""");
        Assert.EndsWith("/passenger_station.PS-2", added.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await MetresAsync("GO-3"));
        using var deleted = await _editor.DeleteAsync("infrastructure", "passenger_station.PS-2");
        Assert.InRange(await MetresAsync("GO-3") - before, 7000, 8000);

        async Task<double> MetresAsync(string id) =>
            (await Public.GetJsonAsync(Editor.Address("sites", id))).GetProperty("properties").GetProperty("distance_passenger_station_m").GetDouble();
    }

    [Fact]
    public async Task Who_has_seen_an_older_state_changes_nothing()
    {
        using var seen = await _editor.GetAsync(Editor.Address("sites", "GO-1"));
        var tag = seen.Headers.ETag!.ToString();
        Assert.False(seen.Headers.ETag.IsWeak);
        using var first = await _editor.PatchAsync("sites", "GO-1", """{"properties":{"owner_count":1}}""", ("If-Match", tag));
        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        Assert.NotEqual(seen.Headers.ETag, first.Headers.ETag);
        foreach (var stale in (string[])[tag, "\"0\"", "\"x.y\"", "W/" + first.Headers.ETag, "\"1.abc\", \"2.def\""])
        {
            await (await _editor.PatchAsync("sites", "GO-1", """{"properties":{"owner_count":2}}""", ("If-Match", stale))).ProblemAsync(HttpStatusCode.PreconditionFailed);
            await (await _editor.PutAsync("sites", "GO-1", Site.Replace("NEW-1", "GO-1", StringComparison.Ordinal), ("If-Match", stale))).ProblemAsync(HttpStatusCode.PreconditionFailed);
            await (await _editor.DeleteAsync("sites", "GO-1", ("If-Match", stale))).ProblemAsync(HttpStatusCode.PreconditionFailed);
        }

        var nonsense = await (await _editor.PatchAsync("sites", "GO-1", "{}", ("If-Match", "nonsense"))).ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal("If-Match", nonsense.GetProperty("errors")[0].GetProperty("parameter").GetString());
        await (await _editor.PutAsync("sites", "GO-1", Site, ("If-None-Match", "*"))).ProblemAsync(HttpStatusCode.PreconditionFailed);
        await (await _editor.PutAsync("sites", "NO-1", Site, ("If-Match", tag))).ProblemAsync(HttpStatusCode.NotFound);
        using var any = await _editor.DeleteAsync("sites", "GO-1", ("If-Match", $"\"0\", {first.Headers.ETag}"));
        Assert.Equal(HttpStatusCode.NoContent, any.StatusCode);
    }

    [Fact]
    public async Task What_is_measured_of_a_feature_may_change_between_seeing_and_editing_it()
    {
        using var seen = await _editor.GetAsync(Editor.Address("sites", "GO-1"));
        await _service.ExecuteAsync(
            "INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES ('FT-2', 'freight_terminal', ST_SetSRID(ST_MakePoint(9.105, 45.503), 4326))");
        using var after = await _editor.GetAsync(Editor.Address("sites", "GO-1"));
        Assert.NotEqual(seen.Headers.ETag, after.Headers.ETag);
        using var answer = await _editor.PatchAsync("sites", "GO-1", """{"properties":{"owner_count":1}}""", ("If-Match", seen.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task Of_many_who_edit_at_once_one_wins()
    {
        using var seen = await _editor.GetAsync(Editor.Address("sites", "GO-1"));
        var tag = seen.Headers.ETag!.ToString();
        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(n =>
            _editor.PutAsync("sites", "GO-1", Site.Replace("NEW-1", "GO-1", StringComparison.Ordinal).Replace("Ex cartiera", $"Autore {n}", StringComparison.Ordinal), ("If-Match", tag))));
        var winner = Assert.Single(Enumerable.Range(1, 20), n => answers[n - 1].StatusCode == HttpStatusCode.NoContent);
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed));
        var site = await Public.GetJsonAsync(Editor.Address("sites", "GO-1"));
        Assert.Equal($"Autore {winner}", site.GetProperty("properties").GetProperty("name_it").GetString());
    }

    [Fact]
    public async Task Editors_of_sites_and_stations_at_once_leave_every_fact_right()
    {
        var edits = Enumerable.Range(1, 24).Select(n => (n % 3) switch
        {
            0 => _editor.PatchAsync("infrastructure", "PS-1", string.Create(CultureInfo.InvariantCulture, $"{{\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{9.3 + (n * 0.001)},45.5]}}}}")),
            1 => _editor.PatchAsync("sites", "GO-3", string.Create(CultureInfo.InvariantCulture, $"{{\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{9.31 + (n * 0.001)},45.51]}}}}")),
            _ => _editor.PostAsync("infrastructure", string.Create(CultureInfo.InvariantCulture, $"{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{9.32 + (n * 0.001)},45.505]}},\"properties\":{{\"code\":\"N{n}\",\"kind\":\"passenger_station\"}}}}")),
        });
        foreach (var answer in await Task.WhenAll(edits))
        {
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
        }

        Assert.Equal(0L, await ScalarAsync<long>("SELECT geooffer.refresh_facts()"));
    }

    [Theory]
    [InlineData("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "[9.12,45.5]")]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/4326", "[45.5,9.12]")]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/32632", "[509375.2159,5038503.5069]")]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/25832", "[509375.2159,5038503.5069]")]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/6707", "[5038503.5069,509375.2159]")]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/3857", "[1015233.7560,5700582.7324]")]
    public async Task Coordinates_are_in_the_system_and_the_axis_order_that_the_header_names(string system, string coordinates)
    {
        var body = $$$"""{"type":"Feature","geometry":{"type":"Point","coordinates":{{{coordinates}}}},"properties":{"code":"C-1","kind":"greenfield","name_it":"Punto"}}""";
        using var made = await _editor.PostAsync("sites", body, ("Content-Crs", $"<{system}>"), ("Prefer", "return=representation"));
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal($"<{system}>", made.Headers.GetValues("Content-Crs").Single());
        var (x, y) = await RowAsync<double, double>("SELECT ST_X(geom), ST_Y(geom) FROM geooffer.site WHERE code = 'C-1'");
        Assert.Equal(9.12, x, 6);
        Assert.Equal(45.5, y, 6);

        using var again = await _editor.GetAsync(made.Content.Headers.ContentLocation!.ToString());
        Assert.Equal(await made.Content.ReadAsStringAsync(Token), await again.Content.ReadAsStringAsync(Token));
        Assert.Equal(made.Headers.ETag, again.Headers.ETag);
    }

    [Theory]
    [InlineData("\"coordRefSys\":\"http://www.opengis.net/def/crs/EPSG/0/6707\",", "")]
    [InlineData("", "\"coordRefSys\":\"http://www.opengis.net/def/crs/EPSG/0/6707\",")]
    [InlineData("\"coordRefSys\":\"http://www.opengis.net/def/crs/EPSG/0/3003\",", "\"coordRefSys\":\"http://www.opengis.net/def/crs/EPSG/0/6707\",")]
    public async Task The_place_of_a_JSON_FG_feature_is_in_the_system_that_it_names(string ofFeature, string ofPlace)
    {
        var body =
            $$$"""
            {"type":"Feature","conformsTo":["http://www.opengis.net/spec/json-fg-1/1.0/conf/core"],{{{ofFeature}}}"geometry":null,"time":null,
             "place":{"type":"Point",{{{ofPlace}}}"coordinates":[5038503.5069,509375.2159]},"properties":{"code":"C-2","kind":"greenfield","name_it":"Punto"}}
            """;
        using var made = await _editor.PostAsync("sites", body);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(9.12, (await RowAsync<double, double>("SELECT ST_X(geom), ST_Y(geom) FROM geooffer.site WHERE code = 'C-2'")).Item1, 6);
    }

    [Theory]
    [InlineData("""{"type":"Polygon","coordinates":[[[9.1,45.5],[9.2,45.6],[9.2,45.5],[9.1,45.6],[9.1,45.5]]]}""", "/geometry/coordinates/0/0", "[9.15, 45.55]", 422)]
    [InlineData("""{"type":"Point","coordinates":[180.00000001,45.5]}""", "/geometry/coordinates", "[180.00000001, 45.5]", 422)]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[[9.1,45.5],[9.2,45.5],[9.2,45.6],[9.1,45.5]]],[[[9.3,45.5],[9.4,45.5],[9.4,95.6],[9.3,45.5]]]]}""", "/geometry/coordinates/1/0/2", "[9.4, 95.6]", 422)]
    [InlineData("""{"type":"Polygon","coordinates":[[[9.1,45.5],[9.2,45.5],[9.2,45.6],[9.1,45.5]],[[9.5,45.5],[9.51,45.5],[9.51,45.51],[9.5,45.5]]]}""", "/geometry/coordinates/1/0", "[9.5, 45.5]", 422)]
    [InlineData("""{"type":"Polygon","coordinates":[[[9.1,45.5],[9.2,45.5],[9.2,45.6],[9.1,45.6]]]}""", "/geometry/coordinates/0/3", "another", 400)]
    [InlineData("""{"type":"Polygon","coordinates":[[[9.1,45.5],[9.2,45.5],[9.1,45.5]]]}""", "/geometry/coordinates/0", "3", 400)]
    [InlineData("""{"type":"Point","coordinates":[9.1]}""", "/geometry/coordinates", "1", 400)]
    [InlineData("""{"type":"Point","coordinates":[9.1,"45.5"]}""", "/geometry/coordinates/1", "45.5", 400)]
    [InlineData("""{"type":"Point","coordinates":[45.5,9.1]}""", "/geometry/coordinates", "[45.5, 9.1]", 422)]
    [InlineData("""{"type":"Point","coordinates":[509375,5038503]}""", "/geometry/coordinates", "[509375, 5038503]", 422)]
    [InlineData("""{"type":"LineString","coordinates":[[9.1,45.5],[9.2,45.5]]}""", "/geometry/type", "LineString", 422)]
    [InlineData("""{"type":"Point","coordinates":[]}""", "/geometry/coordinates", "none", 422)]
    [InlineData("""{"type":"Circle","coordinates":[9.1,45.5]}""", "/geometry/type", "Circle", 400)]
    public async Task The_vertex_at_fault_is_named(string geometry, string at, string got, int status)
    {
        using var answer = await _editor.PatchAsync("sites", "GO-1", $"{{\"geometry\":{geometry}}}");
        var problem = await answer.ProblemAsync((HttpStatusCode)status);
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal(at, error.GetProperty("pointer").GetString());
        Assert.Contains(got, error.GetProperty("got").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vertex_at_fault_is_told_in_the_order_of_its_system()
    {
        using var answer = await _editor.PatchAsync(
            "sites", "GO-1", """{"geometry":{"type":"Point","coordinates":[9.1,45.5]}}""", ("Content-Crs", "<http://www.opengis.net/def/crs/EPSG/0/4326>"));
        var error = Assert.Single((await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("errors").EnumerateArray());
        Assert.Contains("latitude, longitude", error.GetProperty("expected").GetString(), StringComparison.Ordinal);
        Assert.Equal("[9.1, 45.5]", error.GetProperty("got").GetString());
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        using var answer = await _editor.PostAsync(
            "sites",
            """
            {"type":"Feature","geometry":null,"properties":{"kind":"bluefield","gross_area_declared_ha":-1,"verified_on":"2026-02-29","owner_count":0,"price_min_eur":5,"price_max_eur":4,
             "municipality_code":"15146","functions":["industrial","circus"],"name_it":null}}
            """);
        Assert.Equal(["/properties/verified_on"], Pointers(await answer.ProblemAsync(HttpStatusCode.BadRequest)));
        using var second = await _editor.PostAsync(
            "sites",
            """
            {"type":"Feature","geometry":null,"properties":{"kind":"bluefield","gross_area_declared_ha":-1,"owner_count":0,"price_min_eur":5,"price_max_eur":4,
             "municipality_code":"15146","functions":["industrial","circus"],"name_it":null}}
            """);
        Assert.Equal(
            ["/properties/functions", "/properties/gross_area_declared_ha", "/properties/kind", "/properties/municipality_code", "/properties/name_it", "/properties/owner_count", "/properties/price_max_eur"],
            Pointers(await second.ProblemAsync(HttpStatusCode.UnprocessableEntity)));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("{\"type\":\"Feature\"", "")]
    [InlineData("""{"type":"FeatureCollection","features":[]}""", "/geometry /properties /type")]
    [InlineData("""{"type":"Feature","geometry":null,"properties":{"kind":1,"code":true,"functions":"industrial","owner_count":1.5,"is_public":"yes"}}""", "/properties/code /properties/functions /properties/is_public /properties/kind /properties/owner_count")]
    [InlineData("""{"type":"Feature","geometry":null,"properties":{"kind":"greenfield","Kind":"greenfield"}}""", "/properties/Kind")]
    [InlineData("""{"type":"Feature","geometry":null,"properties":{"kind":"greenfield","kind":"brownfield"}}""", "/properties/kind")]
    [InlineData("""{"type":"Feature","geometry":null,"properties":{"measured_area_ha":5}}""", "/properties/measured_area_ha")]
    [InlineData("""{"type":"Feature","geometry":null,"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32632"}},"properties":null}""", "/crs")]
    [InlineData("""{"type":"Feature","geometry":null,"properties":{"name_it":"\ud800"}}""", "/properties/name_it")]
    [InlineData("""{"type":"Feature","geometry":null,"place":{"type":"Point","coordRefSys":"EPSG:1","coordinates":[1,2]},"properties":null}""", "/place/coordRefSys")]
    [InlineData("""{"type":"Feature","geometry":null,"coordRefSys":"EPSG:1","place":{"type":"Point","coordinates":[1,2]},"properties":null}""", "/coordRefSys")]
    public async Task What_is_no_feature_is_a_bad_request(string body, string pointers)
    {
        using var answer = await _editor.PostAsync("sites", body);
        Assert.Equal(pointers, string.Join(' ', Pointers(await answer.ProblemAsync(HttpStatusCode.BadRequest))));
    }

    [Fact]
    public async Task What_is_measured_is_not_set_by_hand()
    {
        using var answer = await _editor.PatchAsync("sites", "GO-1", """{"properties":{"measured_area_ha":5,"distance_airport_m":0}}""");
        Assert.Equal(["/properties/distance_airport_m", "/properties/measured_area_ha"], Pointers(await answer.ProblemAsync(HttpStatusCode.BadRequest)));
        using var seen = await _editor.GetAsync(Editor.Address("sites", "GO-1"));
        var changed = (await seen.Content.ReadAsStringAsync(Token)).Replace("\"measured_area_ha\":4", "\"measured_area_ha\":5", StringComparison.Ordinal);
        using var replaced = await _editor.PutAsync("sites", "GO-1", changed);
        Assert.Equal(HttpStatusCode.NoContent, replaced.StatusCode);
        var site = await Public.GetJsonAsync(Editor.Address("sites", "GO-1"));
        Assert.InRange(site.GetProperty("properties").GetProperty("measured_area_ha").GetDouble(), 39, 41);
        var schema = await Public.GetJsonAsync("/ogc/collections/sites/schema");
        Assert.True(schema.GetProperty("properties").GetProperty("measured_area_ha").GetProperty("readOnly").GetBoolean());
        Assert.False(schema.GetProperty("properties").GetProperty("name_it").TryGetProperty("readOnly", out _));
    }

    [Fact]
    public async Task An_id_is_never_changed()
    {
        foreach (var answer in (HttpResponseMessage[])[await _editor.PutAsync("sites", "GO-1", Site), await _editor.PatchAsync("sites", "GO-1", """{"properties":{"code":"GO-77"}}""")])
        {
            Assert.Equal(["/properties/code"], Pointers(await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity)));
        }

        foreach (var id in (string[])["\"GO-77\"", "null", "1"])
        {
            using var patch = await _editor.PatchAsync("sites", "GO-1", $"{{\"id\":{id},\"properties\":{{\"owner_count\":7}}}}");
            Assert.Equal(["/id"], Pointers(await patch.ProblemAsync(HttpStatusCode.BadRequest)));
        }

        using var same = await _editor.PatchAsync("sites", "GO-1", """{"id":"GO-1","properties":{"code":"GO-1","owner_count":7}}""");
        Assert.Equal(HttpStatusCode.NoContent, same.StatusCode);
    }

    [Fact]
    public async Task Formats_and_sizes_that_are_not_taken_are_refused()
    {
        const string Items = "/ogc/collections/sites/items";
        await (await _editor.SendAsync(HttpMethod.Post, Items, Site, null)).ProblemAsync(HttpStatusCode.BadRequest);
        await (await _editor.SendAsync(HttpMethod.Post, Items, Site, "text/plain")).ProblemAsync(HttpStatusCode.UnsupportedMediaType);
        await (await _editor.SendAsync(HttpMethod.Post, Items, Site, "application/json; charset=iso-8859-1")).ProblemAsync(HttpStatusCode.UnsupportedMediaType);
        await (await _editor.SendAsync(HttpMethod.Post, Items, Site, "application/json", ("Content-Encoding", "gzip"))).ProblemAsync(HttpStatusCode.UnsupportedMediaType);
        await (await _editor.SendAsync(HttpMethod.Patch, Items + "/GO-1", Site, "application/geo+json")).ProblemAsync(HttpStatusCode.UnsupportedMediaType);
        await (await _editor.PostAsync("sites", Site.Replace("Ex cartiera", new string('x', 200_000), StringComparison.Ordinal))).ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        await (await _editor.PostAsync("sites", Site, ("Content-Crs", "<http://www.opengis.net/def/crs/EPSG/0/9999>"))).ProblemAsync(HttpStatusCode.BadRequest);
        await (await _editor.SendAsync(HttpMethod.Post, Items + "?unknown=1", Site, "application/geo+json")).ProblemAsync(HttpStatusCode.BadRequest);
        await (await _editor.PostAsync("nothing", Site)).ProblemAsync(HttpStatusCode.NotFound);
        await (await _editor.PutAsync("sites", "NO-1", Site)).ProblemAsync(HttpStatusCode.NotFound);
        await (await _editor.PatchAsync("sites", "NO\u0007-1", "{}")).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_is_no_editor_changes_nothing_and_is_told_so_beforehand()
    {
        var scout = await Editor.OfAsync(_service, Role.Scout);
        var nobody = new Editor(Public, null);
        foreach (var (caller, status) in ((Editor, HttpStatusCode)[])[(scout, HttpStatusCode.Forbidden), (nobody, HttpStatusCode.Unauthorized)])
        {
            await (await caller.PostAsync("sites", Site)).ProblemAsync(status);
            await (await caller.PutAsync("sites", "GO-1", Site)).ProblemAsync(status);
            await (await caller.PatchAsync("sites", "GO-1", "{}")).ProblemAsync(status);
            await (await caller.DeleteAsync("sites", "GO-1")).ProblemAsync(status);
            Assert.Equal("GET, HEAD, OPTIONS", await AllowedAsync(caller, "/ogc/collections/sites/items"));
            Assert.Equal("GET, HEAD, OPTIONS", await AllowedAsync(caller, "/ogc/collections/sites/items/GO-1"));
        }

        Assert.Equal("GET, HEAD, OPTIONS, POST", await AllowedAsync(_editor, "/ogc/collections/sites/items"));
        Assert.Equal("GET, HEAD, OPTIONS, PUT, PATCH, DELETE", await AllowedAsync(_editor, "/ogc/collections/sites/items/GO-1"));
        Assert.Equal(5L, await ScalarAsync<long>("SELECT count(*) FROM geooffer.site WHERE code IN ('GO-1', 'GO-2', 'GO-3', 'GO-4', 'GO-5')"));

        static async Task<string> AllowedAsync(Editor caller, string address)
        {
            using var answer = await caller.SendAsync(HttpMethod.Options, address, null, null);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return string.Join(", ", answer.Content.Headers.Allow);
        }
    }

    [Fact]
    public async Task A_pole_that_a_pilot_area_is_in_stays()
    {
        const string Pilot = """{"type":"Feature","geometry":null,"properties":{"code":"A-1","name_it":"Area","pole_code":"P-1"}}""";
        using var early = await _editor.PostAsync("pilot-areas", Pilot);
        Assert.Equal(["/properties/pole_code"], Pointers(await early.ProblemAsync(HttpStatusCode.UnprocessableEntity)));
        using var pole = await _editor.PostAsync("poles", """{"type":"Feature","geometry":null,"properties":{"code":"P-1","name_it":"Polo"}}""");
        using var pilot = await _editor.PostAsync("pilot-areas", Pilot);
        Assert.Equal(HttpStatusCode.Created, pilot.StatusCode);
        await (await _editor.DeleteAsync("poles", "P-1")).ProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.NoContent, (await _editor.DeleteAsync("pilot-areas", "A-1")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _editor.DeleteAsync("poles", "P-1")).StatusCode);
    }

    [Fact]
    public async Task Every_register_can_be_edited()
    {
        const string Square = """{"type":"Polygon","coordinates":[[[9.5,45.4],[9.51,45.4],[9.51,45.41],[9.5,45.4]]]}""";
        (string Collection, string Id, string Properties)[] features =
        [
            ("provinces", "098", "\"code\":\"098\",\"sigla\":\"LO\",\"name_it\":\"Lodi\""),
            ("municipalities", "098031", "\"code\":\"098031\",\"name_it\":\"Lodi\""),
            ("agreements", "AC-1", "\"code\":\"AC-1\",\"municipality_code\":\"015146\",\"name_it\":\"Accordo\",\"signed_on\":\"2023-01-01\""),
            ("poles", "P-9", "\"code\":\"P-9\",\"name_it\":\"Polo\""),
            ("pilot-areas", "A-9", "\"code\":\"A-9\",\"name_it\":\"Area\""),
            ("infrastructure", "airport.LIML", "\"code\":\"LIML\",\"kind\":\"airport\",\"name_it\":\"Linate\""),
            ("constraints", "protected_area.X", "\"code\":\"X\",\"kind\":\"protected_area\",\"name_it\":\"Parco\""),
            ("sites", "S-9", "\"code\":\"S-9\",\"kind\":\"greenfield\",\"name_it\":\"Sito\""),
        ];
        foreach (var (collection, id, properties) in features)
        {
            using var made = await _editor.PostAsync(collection, $"{{\"type\":\"Feature\",\"geometry\":{Square},\"properties\":{{{properties}}}}}");
            Assert.True(made.StatusCode == HttpStatusCode.Created, $"{collection}: {await made.Content.ReadAsStringAsync(Token)}");
            Assert.EndsWith("/" + id, made.Headers.Location!.ToString(), StringComparison.Ordinal);
            using var changed = await _editor.PatchAsync(collection, id, """{"properties":{"name_en":"Changed"}}""", ("If-Match", made.Headers.ETag!.ToString()));
            Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
            var feature = await (await _editor.GetAsync(Editor.Address(collection, id))).JsonAsync();
            Assert.Equal("Changed", feature.GetProperty("properties").GetProperty("name_en").GetString());
        }

        Assert.Equal("excludes", await ScalarAsync<string>("SELECT severity FROM geooffer.constraint_area WHERE code = 'protected_area.X'"));
        Assert.Equal(0L, await ScalarAsync<long>("SELECT geooffer.refresh_facts()"));
        foreach (var (collection, id, _) in features.Reverse())
        {
            Assert.Equal(HttpStatusCode.NoContent, (await _editor.DeleteAsync(collection, id)).StatusCode);
        }

        Assert.Equal(0L, await ScalarAsync<long>("SELECT geooffer.refresh_facts()"));
    }

    [Fact]
    public async Task Whatever_is_sent_is_no_fault_of_the_service()
    {
        var random = new Random(7702);
        for (var round = 0; round < 300; round++)
        {
            var body = Site.ToCharArray();
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                body[random.Next(body.Length)] = "{}[]\",:019.-eE\\utrn\0é"[random.Next(21)];
            }

            using var answer = round % 2 == 0 ? await _editor.PostAsync("sites", new string(body)) : await _editor.PatchAsync("sites", "GO-2", new string(body));
            Assert.True((int)answer.StatusCode is 201 or 204 or (>= 400 and < 500), $"{answer.StatusCode} for {new string(body)}");
        }
    }

    private static string[] Pointers(JsonElement problem) =>
        [.. problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()!).Order(StringComparer.Ordinal).Where(pointer => pointer.Length > 0)];

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_service.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Token))!;
    }

    private async Task<(T1, T2)> RowAsync<T1, T2>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_service.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Token);
        Assert.True(await reader.ReadAsync(Token));
        return (reader.GetFieldValue<T1>(0), reader.GetFieldValue<T2>(1));
    }
}
