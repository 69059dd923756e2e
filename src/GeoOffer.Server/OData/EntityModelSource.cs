using System.Collections.Concurrent;
using GeoOffer.OData;
using GeoOffer.OData.Model;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Server.OData;

/// <summary>Keeps the model of each role as long as the catalogue stays the same, with its document.</summary>
internal sealed class EntityModelSource
{
    private readonly ConcurrentDictionary<Role, Kept> _kept = new();

    /// <summary>The model of a catalogue for a role.</summary>
    public EntityModel Get(Catalogue catalogue, Role role) => Find(catalogue, role).Model;

    /// <summary>The document of a model.</summary>
    public byte[] Document(EntityModel model, ODataVersion version) => Find(model.Catalogue, model.Role).Documents[version].Value;

    private Kept Find(Catalogue catalogue, Role role)
    {
        if (!_kept.TryGetValue(role, out var kept) || kept.Model.Catalogue != catalogue)
        {
            _kept[role] = kept = new Kept(EntityModel.Create(catalogue, role));
        }

        return kept;
    }

    private sealed class Kept(EntityModel model)
    {
        public EntityModel Model { get; } = model;

        public Dictionary<ODataVersion, Lazy<byte[]>> Documents { get; } =
            Enum.GetValues<ODataVersion>().ToDictionary(version => version, version => new Lazy<byte[]>(() => MetadataDocument.WriteXml(model, version)));
    }
}
