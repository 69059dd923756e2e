namespace GeoOffer.PostGis.Tiles;

/// <summary>The values of a layer, each once (MVT 2.1, 4.4), as the messages in which they are written.</summary>
internal sealed class TileValues
{
    private readonly ProtobufBuffer _scratch = new();
    private readonly List<byte[]> _messages = [];
    private readonly Dictionary<byte[], int> _indices = new(new BytesComparer());
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public TileValues() => _lookup = _indices.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>The bytes of all.</summary>
    public int Length { get; private set; }

    public IReadOnlyList<byte[]> Messages => _messages;

    public int Text(ReadOnlySpan<byte> utf8)
    {
        _scratch.Clear();
        _scratch.Field(1, utf8);
        return Take();
    }

    public int Number(double number)
    {
        _scratch.Clear();
        _scratch.Field(3, number);
        return Take();
    }

    public int Integer(long number)
    {
        _scratch.Clear();
        _scratch.Field(6, ProtobufBuffer.ZigZag(number));
        return Take();
    }

    public int Boolean(bool value)
    {
        _scratch.Clear();
        _scratch.Field(7, value ? 1UL : 0UL);
        return Take();
    }

    /// <summary>The place of a value that another layer has written.</summary>
    public int Message(ReadOnlySpan<byte> message)
    {
        if (_lookup.TryGetValue(message, out var index))
        {
            return index;
        }

        var kept = message.ToArray();
        _indices.Add(kept, _messages.Count);
        _messages.Add(kept);
        Length += kept.Length + 2;
        return _messages.Count - 1;
    }

    private int Take() => Message(_scratch.Written);

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode((ReadOnlySpan<byte>)obj);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
