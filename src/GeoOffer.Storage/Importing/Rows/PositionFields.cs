using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>The fields of a row that make its geometry: of several for one part, the best named.</summary>
internal sealed class PositionFields
{
    private readonly (SourceField Field, int Rank)?[] _parts = new (SourceField, int)?[Enum.GetValues<PositionPart>().Length];

    /// <summary>The field of a part; null when the row has none.</summary>
    public SourceField? this[PositionPart part] => _parts[(int)part]?.Field;

    /// <summary>Whether the fields are enough for a geometry, were they filled.</summary>
    public bool MakeGeometry =>
        this[PositionPart.WellKnownText] is not null
        || this[PositionPart.Pair] is not null
        || (this[PositionPart.Longitude] is not null && this[PositionPart.Latitude] is not null);

    /// <summary>Forgets the row before.</summary>
    public void Clear() => Array.Clear(_parts);

    /// <summary>Takes a field for a part; the one that is not taken is returned.</summary>
    public SourceField? Take(PositionPart part, SourceField field, int rank)
    {
        ref var chosen = ref _parts[(int)part];
        if (chosen is { } earlier && earlier.Rank <= rank)
        {
            return field;
        }

        var other = chosen?.Field;
        chosen = (field, rank);
        return other;
    }
}
