using System.Buffers.Binary;

namespace GeoOffer.Storage.Reading;

/// <summary>The members of a <c>text[]</c> in the binary form of PostgreSQL, read where they lie.</summary>
public ref struct RecordTexts
{
    private const int Header = 3 * sizeof(int);
    private const int Dimension = 2 * sizeof(int);

    private ReadOnlySpan<byte> _rest;
    private int _left;

    /// <summary>Starts before the first member.</summary>
    /// <param name="array">Dimensions, flags and the OID of the members, each dimension, then each member with its length.</param>
    internal RecordTexts(ReadOnlySpan<byte> array)
    {
        var dimensions = BinaryPrimitives.ReadInt32BigEndian(array);
        _left = dimensions == 0 ? 0 : 1;
        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            _left *= BinaryPrimitives.ReadInt32BigEndian(array[(Header + (dimension * Dimension))..]);
        }

        Count = _left;
        _rest = array[(Header + (dimensions * Dimension))..];
    }

    /// <summary>The number of members.</summary>
    public int Count { get; }

    /// <summary>The member, in UTF-8; empty where it is null.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Whether the member is null.</summary>
    public bool IsNull { get; private set; }

    /// <summary>The members, from where this stands.</summary>
    public readonly RecordTexts GetEnumerator() => this;

    /// <summary>Moves to the next member.</summary>
    public bool MoveNext()
    {
        if (_left == 0)
        {
            return false;
        }

        _left--;
        var length = BinaryPrimitives.ReadInt32BigEndian(_rest);
        IsNull = length < 0;
        Current = IsNull ? default : _rest.Slice(sizeof(int), length);
        _rest = _rest[(sizeof(int) + Math.Max(length, 0))..];
        return true;
    }
}
