using System.Security.Cryptography;
using System.Text;
using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Hosting;
using GeoOffer.Storage.Catalogues;

namespace GeoOffer.Server.Metadata;

/// <summary>What metadata say of a collection, in whatever form.</summary>
/// <param name="Collection">The collection as the public sees it.</param>
/// <param name="Origins">The datasets that it holds, the newest first.</param>
/// <param name="ModifiedAt">When it changed last.</param>
/// <param name="Publisher">Who publishes it.</param>
/// <param name="BaseAddress">Where the service is reached.</param>
internal sealed record DatasetDescription(
    Collection Collection, IReadOnlyList<DatasetOrigin> Origins, DateTimeOffset ModifiedAt, PublisherSettings Publisher, string BaseAddress)
{
    /// <summary>The identifier of the metadata: the code of the publisher and a UUID that stays the same (RFC 9562, version 8).</summary>
    public string Identifier => $"{Publisher.IpaCode}:{Uuid}";

    /// <summary>Where the collection is described.</summary>
    public string Address => $"{BaseAddress}/ogc/collections/{Uri.EscapeDataString(Collection.Id)}";

    /// <summary>Where the features are.</summary>
    public string ItemsAddress => $"{Address}/items";

    /// <summary>Where all features can be had in a format.</summary>
    public string ExportAddress(string format) => $"{BaseAddress}/api/export/{Uri.EscapeDataString(Collection.Id)}?f={format}";

    /// <summary>The day for which the newest dataset holds.</summary>
    public DateOnly? AsOf => Origins.Count > 0 ? Origins[0].AsOf : null;

    /// <summary>The licence: that of the datasets when they have one in common.</summary>
    public string? Licence => Origins.Select(origin => origin.Licence).Distinct().ToList() is [{ } licence] ? licence : null;

    /// <summary>How the data came about, in Italian.</summary>
    public string LineageIt => Origins.Count == 0
        ? "Dati inseriti e aggiornati nel servizio."
        : $"Dati da: {string.Join("; ", Origins.Select(origin => $"{origin.Source}{(origin.AsOf is { } day ? $" (situazione al {day:yyyy-MM-dd})" : "")}{(origin.Licence is { } licence ? $", licenza {licence}" : "")}").Distinct())}.";

    /// <summary>The title as the national catalogues want it, in both languages.</summary>
    public (string It, string En) Title => (Collection.Title.It, Collection.Title.En);

    private Guid Uuid
    {
        get
        {
            var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{Publisher.IpaCode}/geooffer/{Collection.Id}"))[..16];
            digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
            digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
            return new Guid(digest, bigEndian: true);
        }
    }
}
