using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using GeoOffer.PostGis.Tiles;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage;
using GeoOffer.Storage.Security;
using GeoOffer.Testing;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql;

namespace GeoOffer.Server.Tests;

/// <summary>Vector tiles over HTTP, held to what the database has.</summary>
public sealed class TileTests(SampleService sample, PostGisCluster cluster) : IClassFixture<SampleService>
{
    private const string Sites = "/ogc/collections/sites/tiles/WebMercatorQuad";

    // GO-1, GO-2, GO-4 and, not public, GO-5 lie in it.
    internal static readonly TileAddress Milan = AddressOf(11, 9.11, 45.505);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_collection_leads_to_its_tiles()
    {
        var list = await sample.Client.GetJsonAsync("/ogc/collections");
        foreach (var collection in list.GetProperty("collections").EnumerateArray())
        {
            var id = collection.GetProperty("id").GetString()!;
            var sets = await sample.Client.GetJsonAsync(Link(collection, "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"));
            var entry = Assert.Single(sets.GetProperty("tilesets").EnumerateArray());
            Assert.Equal(("vector", "http://www.opengis.net/def/crs/EPSG/0/3857"), (entry.GetProperty("dataType").GetString(), entry.GetProperty("crs").GetString()));
            var set = await sample.Client.GetJsonAsync(Link(entry, "self"));
            Assert.Equal(id, Assert.Single(set.GetProperty("layers").EnumerateArray()).GetProperty("id").GetString());
            Assert.Equal("application/vnd.mapbox-vector-tile", set.GetProperty("links").EnumerateArray().Single(link => link.TryGetProperty("templated", out _)).GetProperty("type").GetString());
            Assert.EndsWith($"/{id}/tiles/WebMercatorQuad/{{tileMatrix}}/{{tileRow}}/{{tileCol}}", Link(set, "item"), StringComparison.Ordinal);
            var matrices = await sample.Client.GetJsonAsync(Link(set, "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"));
            Assert.Equal("WebMercatorQuad", matrices.GetProperty("id").GetString());

            var tileJson = await sample.Client.GetJsonAsync(Link(set, "describedby"));
            Assert.Equal("3.0.0", tileJson.GetProperty("tilejson").GetString());
            Assert.EndsWith($"/{id}/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}", tileJson.GetProperty("tiles")[0].GetString(), StringComparison.Ordinal);
            var layer = Assert.Single(tileJson.GetProperty("vector_layers").EnumerateArray());
            Assert.Equal("String", layer.GetProperty("fields").GetProperty("code").GetString());
            Assert.False(layer.GetProperty("fields").TryGetProperty("is_public", out _));
            Assert.Equal(4, tileJson.GetProperty("bounds").GetArrayLength());
            Assert.True(tileJson.GetProperty("minzoom").GetInt32() < tileJson.GetProperty("maxzoom").GetInt32());
        }
    }

    [Fact]
    public async Task The_limits_of_a_tileset_hold_the_corners_of_its_extent()
    {
        var set = await sample.Client.GetJsonAsync("/ogc/collections/sites/tiles/WebMercatorQuad");
        var (lower, upper) = (set.GetProperty("boundingBox").GetProperty("lowerLeft"), set.GetProperty("boundingBox").GetProperty("upperRight"));
        var limits = set.GetProperty("tileMatrixSetLimits").EnumerateArray().ToList();
        Assert.NotEmpty(limits);
        Assert.All(limits, limit =>
        {
            var zoom = int.Parse(limit.GetProperty("tileMatrix").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
            var first = AddressOf(zoom, lower[0].GetDouble(), upper[1].GetDouble());
            var last = AddressOf(zoom, upper[0].GetDouble(), lower[1].GetDouble());
            Assert.Equal(
                (first.Row, last.Row, first.Column, last.Column),
                (limit.GetProperty("minTileRow").GetInt32(), limit.GetProperty("maxTileRow").GetInt32(),
                    limit.GetProperty("minTileCol").GetInt32(), limit.GetProperty("maxTileCol").GetInt32()));
        });
    }

    [Fact]
    public async Task The_matrices_halve_from_zoom_to_zoom()
    {
        var landing = await sample.Client.GetJsonAsync("/ogc");
        var list = await sample.Client.GetJsonAsync(Link(landing, "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"));
        var set = await sample.Client.GetJsonAsync(Link(Assert.Single(list.GetProperty("tileMatrixSets").EnumerateArray()), "self"));
        var matrices = set.GetProperty("tileMatrices").EnumerateArray().ToList();

        // OGC 17-083r4, table D.1.
        Assert.Equal(559082264.028717, matrices[0].GetProperty("scaleDenominator").GetDouble(), 1e-4);
        Assert.Equal(156543.033928041, matrices[0].GetProperty("cellSize").GetDouble(), 1e-6);
        Assert.All(matrices.Zip(matrices.Skip(1)), pair =>
        {
            Assert.Equal(2 * pair.First.GetProperty("matrixWidth").GetInt32(), pair.Second.GetProperty("matrixHeight").GetInt32());
            Assert.Equal(pair.First.GetProperty("cellSize").GetDouble(), 2 * pair.Second.GetProperty("cellSize").GetDouble());
        });
        using var other = await sample.Client.GetAsync("/ogc/tileMatrixSets/WorldCRS84Quad", Token);
        await other.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("sites", 9)]
    [InlineData("sites", 12)]
    [InlineData("sites", 16)]
    [InlineData("provinces", 10)]
    [InlineData("infrastructure", 14)]
    public async Task A_tile_has_the_features_that_lie_in_it(string collection, int zoom)
    {
        var features = await ReadAsync(collection);
        Assert.NotEmpty(features);
        var addresses = features.Select(feature => AddressOf(zoom, feature.Geometry.Centroid.X, feature.Geometry.Centroid.Y))
            .SelectMany(address => new[] { address, address with { Column = address.Column + 1 } }).Distinct().Take(12).ToList();
        foreach (var address in addresses)
        {
            var frame = new TileFrame(address);
            var (inner, outer) = (Box(frame, -0.5), Box(frame, TileFrame.Buffer + 0.5));
            var expected = features.Where(feature => feature.Geometry.Intersects(inner)).Select(feature => feature.Code).ToList();
            var possible = features.Where(feature => feature.Geometry.Intersects(outer)).Select(feature => feature.Code).ToHashSet();
            using var response = await sample.Client.GetAsync(Address(address, $"/ogc/collections/{collection}/tiles/WebMercatorQuad"), Token);
            var drawn = response.StatusCode == HttpStatusCode.NoContent ? [] : await CodesAsync(response);
            Assert.Subset(possible, drawn.ToHashSet());
            Assert.Empty(expected.Except(drawn));
            Assert.Distinct(drawn);
        }
    }

    [Fact]
    public async Task Geometries_are_the_projected_ones_on_the_grid()
    {
        var features = (await ReadAsync("sites")).ToDictionary(feature => feature.Code, feature => feature.Geometry);
        var frame = new TileFrame(Milan);
        var tile = await TileAsync(sample.Client, Milan);
        Assert.Equal(3, tile.Features.Count);
        Assert.All(tile.Features, feature =>
        {
            var drawn = feature.ToAreas();
            var corners = features[(string)feature.Properties["code"]].Coordinates;
            Assert.Equal(4, Assert.Single(feature.Parts).Length);
            Assert.All(corners, corner => Assert.Contains(drawn.Coordinates, position =>
                Math.Abs(position.X - Math.Clamp(frame.X(corner.X), -64, 4160)) <= 0.5001 && Math.Abs(position.Y - Math.Clamp(frame.Y(corner.Y), -64, 4160)) <= 0.5001));
        });
    }

    [Fact]
    public async Task Deep_tiles_have_all_public_properties_with_their_types_and_others_a_few()
    {
        var deep = (await TileAsync(sample.Client, AddressOf(14, 9.104, 45.503))).Features.Single(feature => "GO-1".Equals(feature.Properties["code"]));
        var item = (await sample.Client.GetJsonAsync("/ogc/collections/sites/items/GO-1")).GetProperty("properties");
        Assert.Equal(
            item.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null).Select(member => member.Name).Order(),
            deep.Properties.Keys.Order());
        foreach (var (name, value) in deep.Properties)
        {
            Assert.Equal(item.GetProperty(name).ToString().Replace(" ", "", StringComparison.Ordinal), Convert.ToString(value, CultureInfo.InvariantCulture)!.Replace(" ", "", StringComparison.Ordinal), ignoreCase: true);
        }

        var shallow = (await TileAsync(sample.Client, AddressOf(9, 9.104, 45.503))).Features.Single(feature => "GO-1".Equals(feature.Properties["code"]));
        Assert.Equal(["code", "kind"], shallow.Properties.Keys.Where(name => name is not ("form" or "availability_type")).Order());
        var chosen = (await TileAsync(sample.Client, AddressOf(9, 9.104, 45.503), "?properties=name_it,measured_area_ha")).Features.Single(feature => "GO-1".Equals(feature.Properties["code"]));
        Assert.Equal(["code", "measured_area_ha", "name_it"], chosen.Properties.Keys.Order());
    }

    [Theory]
    [InlineData("filter=kind%20%3D%20'brownfield'", "GO-2")]
    [InlineData("filter=kind%20%3D%20'brownfield'&filter-lang=cql2-text", "GO-2")]
    [InlineData("code=GO-4", "GO-4")]
    [InlineData("functions=logistics", "GO-1")]
    [InlineData("filter=S_INTERSECTS(geometry,POINT(45.502%209.104))&filter-crs=EPSG:4326", "GO-1")]
    [InlineData("filter=code%20LIKE%20'GO-%25'&kind=brownfield", "GO-2")]
    public async Task Filters_hold_for_tiles(string query, string code)
    {
        var tile = await TileAsync(sample.Client, Milan, "?" + query);
        Assert.Equal(code, Assert.Single(tile.Features).Properties["code"]);
    }

    [Theory]
    [InlineData("colour=red", "colour")]
    [InlineData("bbox=1,2,3,4", "bbox")]
    [InlineData("limit=5", "limit")]
    [InlineData("filter=kind%20%3D", "filter")]
    [InlineData("filter=contact%20IS%20NULL", "filter")]
    [InlineData("properties=contact", "properties")]
    [InlineData("filter-crs=EPSG:1", "filter-crs")]
    [InlineData("f=png", "f")]
    [InlineData("lang=de", "lang")]
    public async Task What_is_wrong_is_named(string query, string parameter)
    {
        using var response = await sample.Client.GetAsync(Address(Milan) + "?" + query, Token);
        Assert.Equal([parameter], (await response.ProblemAsync(HttpStatusCode.BadRequest)).Parameters());
    }

    [Theory]
    [InlineData("/ogc/collections/nothing/tiles")]
    [InlineData("/ogc/collections/nothing/tiles/WebMercatorQuad")]
    [InlineData("/ogc/collections/sites/tiles/WorldCRS84Quad")]
    [InlineData("/ogc/collections/sites/tiles/WorldCRS84Quad/5/3/3")]
    [InlineData("/ogc/collections/sites/tiles/WebMercatorQuad/19/0/0")]
    [InlineData("/ogc/collections/sites/tiles/WebMercatorQuad/0/0/0")]
    [InlineData("/ogc/collections/sites/tiles/WebMercatorQuad/5/32/0")]
    [InlineData("/ogc/collections/sites/tiles/WebMercatorQuad/5/0/32")]
    [InlineData("/ogc/collections/sites/tiles/WebMercatorQuad/5/-1/0")]
    [InlineData("/ogc/collections/sites/tiles/WebMercatorQuad/5/0/x")]
    [InlineData("/ogc/collections/sites/tiles/WebMercatorQuad/5/0/99999999999999")]
    public async Task What_does_not_exist_is_a_404(string address)
    {
        using var response = await sample.Client.GetAsync(address, Token);
        await response.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Where_nothing_lies_there_is_a_204()
    {
        using var response = await sample.Client.GetAsync(Sites + "/5/0/0", Token);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Token));
        using var filtered = await sample.Client.GetAsync(Address(Milan) + "?code=nothing", Token);
        Assert.Equal(HttpStatusCode.NoContent, filtered.StatusCode);
        using var withoutPlace = await sample.Client.GetAsync(Address(Milan) + "?code=GO-6", Token);
        Assert.Equal(HttpStatusCode.NoContent, withoutPlace.StatusCode);
    }

    [Fact]
    public async Task What_is_not_public_is_in_the_tiles_of_scouts_alone()
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql);
        await using var database = GeoOfferDatabase.Open(service.ConnectionString);
        var key = await new UserKeys(database).AddAsync("Anna Rossi", Role.Scout, null, Token);
        Assert.DoesNotContain("GO-5", Codes(await TileAsync(service.Client, Milan)));
        string? tag;
        using (var request = new HttpRequestMessage(HttpMethod.Get, Address(Milan)))
        {
            request.Headers.Add("X-Api-Key", key);
            using var response = await service.Client.SendAsync(request, Token);
            Assert.Contains("GO-5", await CodesAsync(response));
            tag = response.Headers.ETag!.ToString();
        }

        Assert.DoesNotContain("GO-5", Codes(await TileAsync(service.Client, Milan)));
        using var conditional = new HttpRequestMessage(HttpMethod.Get, Address(Milan));
        conditional.Headers.Add("If-None-Match", tag);
        using var asPublic = await service.Client.SendAsync(conditional, Token);
        Assert.Equal(HttpStatusCode.OK, asPublic.StatusCode);
    }

    [Fact]
    public async Task A_tag_holds_until_the_data_change_and_the_tile_with_it()
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql);
        using var first = await service.Client.GetAsync(Address(Milan), Token);
        var tag = first.Headers.ETag!;
        Assert.True(tag.IsWeak);
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync());
        await service.ExecuteAsync("UPDATE geooffer.site SET is_public = false WHERE code = 'GO-1'");
        await Task.Delay(TimeSpan.FromSeconds(1.1), Token);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync());
        Assert.DoesNotContain("GO-1", Codes(await TileAsync(service.Client, Milan)));

        async Task<HttpStatusCode> StatusAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Address(Milan));
            request.Headers.IfNoneMatch.Add(tag);
            using var response = await service.Client.SendAsync(request, Token);
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Tiles_are_compressed_as_the_client_prefers(string coding)
    {
        var plain = await sample.Client.GetByteArrayAsync(Address(Milan), Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(Milan));
        request.Headers.Add("Accept-Encoding", coding);
        using var response = await sample.Client.SendAsync(request, Token);
        Assert.Equal(coding, Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Contains(response.Headers.Vary, value => value == "Accept-Encoding");
        var body = await response.Content.ReadAsStreamAsync(Token);
        await using Stream decoded = coding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        using var read = new MemoryStream();
        await decoded.CopyToAsync(read, Token);
        Assert.Equal(plain, read.ToArray());
    }

    private async Task<List<(string Code, Geometry Geometry)>> ReadAsync(string collection)
    {
        var relation = collection == "infrastructure" ? "infrastructures" : collection;
        await using var source = NpgsqlDataSource.Create(sample.Service.ConnectionString);
        await using var command = source.CreateCommand($"SELECT code, ST_AsBinary(geom) FROM geooffer.{relation} WHERE is_public AND geom IS NOT NULL");
        await using var reader = await command.ExecuteReaderAsync(Token);
        var features = new List<(string Code, Geometry Geometry)>();
        while (await reader.ReadAsync(Token))
        {
            features.Add((reader.GetString(0), new WKBReader().Read(reader.GetFieldValue<byte[]>(1))));
        }

        return features;
    }

    internal static TileAddress AddressOf(int zoom, double longitude, double latitude)
    {
        var world = new TileFrame(new TileAddress(0, 0, 0));
        return new TileAddress(zoom, Index(world.X(longitude)), Index(world.Y(latitude)));

        int Index(double units) => (int)Math.Floor(Math.ScaleB(units / TileFrame.Extent, zoom));
    }

    internal static string Address(TileAddress address, string set = Sites) => $"{set}/{address.Zoom}/{address.Row}/{address.Column}";

    internal static async Task<DecodedTile> TileAsync(HttpClient client, TileAddress address, string query = "")
    {
        using var response = await client.GetAsync(Address(address) + query, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/vnd.mapbox-vector-tile", response.Content.Headers.ContentType!.MediaType);
        return DecodedTile.Read(await response.Content.ReadAsByteArrayAsync(Token));
    }

    private static async Task<List<string>> CodesAsync(HttpResponseMessage response) =>
        Codes(DecodedTile.Read(await response.Content.ReadAsByteArrayAsync(Token)));

    private static List<string> Codes(DecodedTile tile) => [.. tile.Features.Select(feature => (string)feature.Properties["code"])];

    private static Geometry Box(TileFrame frame, double beyond)
    {
        const int Extent = TileFrame.Extent;
        return new GeometryFactory().ToGeometry(new Envelope(
            frame.Longitude(-beyond), frame.Longitude(Extent + beyond), frame.Latitude(Extent + beyond), frame.Latitude(-beyond)));
    }

    private static string Link(JsonElement document, string relation) => document.GetProperty("links").EnumerateArray()
        .Single(link => link.GetProperty("rel").GetString() == relation).GetProperty("href").GetString()!;
}
