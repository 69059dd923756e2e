using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Hosting;
using GeoOffer.Storage;
using GeoOffer.Storage.Catalogues;

namespace GeoOffer.Server.Metadata;

/// <summary>Describes collections as the public sees them, whoever asks: metadata are published.</summary>
internal sealed class MetadataSource(GeoOfferDatabase database, CatalogueSource catalogue, PublisherSettings publisher)
{
    /// <summary>Who publishes.</summary>
    public PublisherSettings Publisher => publisher;

    /// <summary>All collections, and when any of them changed last.</summary>
    public async Task<(DateTimeOffset ModifiedAt, IReadOnlyList<DatasetDescription> Datasets)> AllAsync(
        string baseAddress, CancellationToken cancellationToken)
    {
        var collections = (await catalogue.GetAsync(cancellationToken)).Collections;
        var origins = await CollectionOrigins.ReadAsync(database, cancellationToken);
        return (origins.ChangedAt, [.. collections.Select(collection => Describe(collection, origins, baseAddress))]);
    }

    /// <summary>One collection; null when there is none of that id.</summary>
    public async Task<DatasetDescription?> FindAsync(string id, string baseAddress, CancellationToken cancellationToken)
    {
        var collection = (await catalogue.GetAsync(cancellationToken)).Find(id) ?? (await catalogue.RefreshAsync(cancellationToken)).Find(id);
        return collection is null ? null : Describe(collection, await CollectionOrigins.ReadAsync(database, cancellationToken), baseAddress);
    }

    private DatasetDescription Describe(Collection collection, CollectionOrigins origins, string baseAddress)
    {
        var datasets = origins.Datasets.GetValueOrDefault(collection.Id, []);
        var modifiedAt = datasets.Count > 0 ? datasets.Max(origin => origin.ImportedAt) : origins.ChangedAt;
        return new DatasetDescription(collection.VisibleTo(Role.Public), datasets, modifiedAt, publisher, baseAddress);
    }
}
