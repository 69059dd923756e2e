using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Problems;
using GeoOffer.Storage.Catalogues;

namespace GeoOffer.Server.Features;

/// <summary>Finds collections.</summary>
internal static class CollectionLookup
{
    /// <summary>The collection of that id; the catalogue is read again before it is said that there is none.</summary>
    public static async ValueTask<Collection?> FindAsync(this CatalogueSource source, string id, CancellationToken cancellationToken) =>
        (await source.GetAsync(cancellationToken)).Find(id) ?? (await source.RefreshAsync(cancellationToken)).Find(id);

    public static Problem Unknown(string id) =>
        Problem.NotFound($"Non esiste alcuna collezione '{Shorten(id)}'.", $"There is no collection '{Shorten(id)}'.");

    private static string Shorten(string id) => id.Length <= 64 ? id : id[..64] + "…";
}
