using GeoOffer.PostGis.Tiles;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Paging;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Tiles;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Tiles;

/// <summary>Features that are merged because a tile would become too large are counted, and those that the caller may not see are not.</summary>
public sealed class TileRightsTests(PostGisCluster cluster)
{
    // All sites lie in this tile.
    private static readonly TileAddress Tile = new(5, 16, 11);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Role.Public, ManySites.Public)]
    [InlineData(Role.Scout, ManySites.All)]
    public async Task Merged_features_stand_for_those_that_the_caller_may_see(Role role, int count)
    {
        await using var database = await ManySites.CreateAsync(cluster);
        using var catalogue = new CatalogueSource(database.Database);
        var sites = (await catalogue.GetAsync(Token)).Find("sites")!;
        var query = FeatureQuery.Create(new FeatureRequest(sites, role, FeatureRequest.Unlimited)).Value;
        var features = DecodedTile.Read(await new TileReader(database.Database).ReadAsync(new TileQuery(Tile, query, selectsProperties: false), Token)).Features;
        Assert.InRange(features.Count, 1, count / 2);
        Assert.Equal(count, features.Sum(feature => feature.Properties.TryGetValue(TileLayer.CountName, out var merged) ? Convert.ToInt64(merged, System.Globalization.CultureInfo.InvariantCulture) : 1));

        // A merged feature has the id of one of them: every tenth site is hidden.
        var hidden = features.Select(feature => (string)feature.Properties["code"]).Count(code => code.EndsWith('0'));
        Assert.Equal(role == Role.Public, hidden == 0);
    }
}
