using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Paging;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Exporting;

namespace GeoOffer.Storage.Tests.Exporting;

/// <summary>Exports into memory.</summary>
internal static class Exports
{
    public static async Task<FeatureQuery> QueryAsync(
        this GeoOfferDatabase database, string collection, Role role = Role.Administrator, Func<FeatureRequest, FeatureRequest>? adapt = null)
    {
        using var catalogue = new CatalogueSource(database);
        var found = (await catalogue.GetAsync(TestContext.Current.CancellationToken)).Find(collection)!;
        var request = new FeatureRequest(found, role, FeatureRequest.Unlimited);
        return FeatureQuery.Create(adapt?.Invoke(request) ?? request).Value;
    }

    public static async Task<byte[]> ExportAsync(
        this GeoOfferDatabase database, FeatureQuery query, ExportFormat format, ReferenceSystem? system = null, ExportOptions? options = null)
    {
        using var output = new MemoryStream();
        var report = await new Exporter(database).RunAsync(
            new ExportRequest
            {
                Queries = [query],
                Format = format,
                System = system ?? CoordinateSystems.Crs84,
                InOrder = true,
                Options = options ?? new ExportOptions(),
            },
            output,
            null,
            TestContext.Current.CancellationToken);
        Assert.Equal(query.Collection.Id, Assert.Single(report.Counts).Collection);
        return output.ToArray();
    }
}
