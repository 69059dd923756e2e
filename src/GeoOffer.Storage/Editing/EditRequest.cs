using GeoOffer.Query.Catalogue;

namespace GeoOffer.Storage.Editing;

/// <summary>Which feature is edited, by whom, and on what condition.</summary>
/// <param name="Collection">The collection, whole.</param>
/// <param name="Role">The role of the editor: what he cannot see he neither sets nor loses.</param>
/// <param name="Author">Who it is, for the change set.</param>
/// <param name="Channel">Which way it came, for the change set.</param>
/// <param name="Id">The id of the feature; empty for a new one.</param>
public sealed record EditRequest(Collection Collection, Role Role, string Author, string Channel, string Id = "")
{
    /// <summary>The revisions of the feature that the editor has seen, one of which it must have; null for any.</summary>
    public IReadOnlySet<long>? Seen { get; init; }
}
