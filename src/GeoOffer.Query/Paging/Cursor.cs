using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Paging;

/// <summary>
/// A position between two rows of an ordered collection: the values of the sort keys in the last row seen, null where missing.
/// </summary>
public sealed record Cursor(ImmutableArray<Value?> Position)
{
    /// <inheritdoc/>
    public bool Equals(Cursor? other) => other is not null && Position.SequenceEqual(other.Position);

    /// <inheritdoc/>
    public override int GetHashCode() => Position.Aggregate(Position.Length, HashCode.Combine);
}

/// <summary>
/// What a cursor belongs to: the collection, the order and the filter. Not the limit, the format or the columns: a client may change those
/// from page to page.
/// </summary>
public sealed record CursorScope
{
    /// <summary>The bytes of the fingerprint kept.</summary>
    internal const int Length = 8;

    internal CursorScope(FeatureQuery query)
    {
        var description = new StringBuilder().Append(query.Collection.Id.Length).Append(':').Append(query.Collection.Id);
        foreach (var key in query.Order.Keys)
        {
            description.Append(CultureInfo.InvariantCulture, $"|{key.Property.Name}:{key.Property.Type}:{key.Direction}:{key.Nulls}");
        }

        description.Append('|').Append(query.Filter?.Root.ToString() ?? "all");
        Fingerprint = [.. SHA256.HashData(Encoding.UTF8.GetBytes(description.ToString())).AsSpan(0, Length)];
    }

    internal ImmutableArray<byte> Fingerprint { get; }

    /// <inheritdoc/>
    public bool Equals(CursorScope? other) => other is not null && Fingerprint.SequenceEqual(other.Fingerprint);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(Fingerprint.AsSpan());
}
