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

    /// <summary>The document of a model, in JSON or XML.</summary>
    public byte[] Document(EntityModel model, ODataVersion version, bool isJson) =>
        Find(model.Catalogue, model.Role).Documents[(version, isJson)].Value;

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

        public Dictionary<(ODataVersion Version, bool IsJson), Lazy<byte[]>> Documents { get; } = (
            from version in Enum.GetValues<ODataVersion>()
            from isJson in new[] { true, false }
            select (version, isJson)).ToDictionary(
                form => form,
                form => new Lazy<byte[]>(() => form.isJson ? MetadataDocument.WriteJson(model, form.version) : MetadataDocument.WriteXml(model, form.version)));
    }
}
