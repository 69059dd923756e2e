using System.Numerics;
using System.Runtime.InteropServices;

namespace GeoOffer.PostGis.Tiles;

/// <summary>
/// The values of a layer, each once (MVT 2.1, 4.4), as the messages in which they are written, one behind the other. Tiles with all
/// properties have tens of thousands, so that none is an object of its own.
/// </summary>
internal sealed class TileValues
{
    private const int None = -1;

    // Another in each process, so that nobody can choose values that all fall into one bucket.
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64() | 1;

    private readonly ProtobufBuffer _messages = new();
    private Entry[] _entries = new Entry[64];
    private int[] _buckets = NewBuckets(64);

    /// <summary>How many values there are.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes of all, when written.</summary>
    public int Length => _messages.Length + (2 * Count);

    /// <summary>The message of a value.</summary>
    public ReadOnlySpan<byte> this[int index] => _messages.Written.Slice(_entries[index].Start, _entries[index].Length);

    public int Text(ReadOnlySpan<byte> utf8)
    {
        var start = _messages.Length;
        _messages.Field(1, utf8);
        return Take(start);
    }

    public int Number(double number)
    {
        var start = _messages.Length;
        _messages.Field(3, number);
        return Take(start);
    }

    public int Integer(long number)
    {
        var start = _messages.Length;
        _messages.Field(6, ProtobufBuffer.ZigZag(number));
        return Take(start);
    }

    public int Boolean(bool value)
    {
        var start = _messages.Length;
        _messages.Field(7, value ? 1UL : 0UL);
        return Take(start);
    }

    /// <summary>The place of a value that another layer has written.</summary>
    public int Message(ReadOnlySpan<byte> message)
    {
        var start = _messages.Length;
        _messages.Raw(message);
        return Take(start);
    }

    /// <summary>The place of the message that was just written; where it is known already the second is taken back.</summary>
    private int Take(int start)
    {
        var message = _messages.Written[start..];
        var hash = Hash(message);
        for (var index = _buckets[hash & (uint)(_buckets.Length - 1)]; index != None; index = _entries[index].Next)
        {
            if (_entries[index].Hash == hash && this[index].SequenceEqual(message))
            {
                _messages.Truncate(start);
                return index;
            }
        }

        if (Count == _entries.Length)
        {
            Grow();
        }

        ref var bucket = ref _buckets[hash & (uint)(_buckets.Length - 1)];
        _entries[Count] = new Entry(start, message.Length, hash, bucket);
        bucket = Count;
        return Count++;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, 2 * Count);
        _buckets = NewBuckets(_entries.Length);
        for (var index = 0; index < Count; index++)
        {
            ref var bucket = ref _buckets[_entries[index].Hash & (uint)(_buckets.Length - 1)];
            _entries[index] = _entries[index] with { Next = bucket };
            bucket = index;
        }
    }

    private static uint Hash(ReadOnlySpan<byte> message)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(message);
        var hash = Seed * (ulong)(message.Length + 1);
        foreach (var word in words)
        {
            hash = BitOperations.RotateLeft(hash ^ (word * 0x9E3779B97F4A7C15), 27) * Seed;
        }

        foreach (var letter in message[(words.Length * sizeof(ulong))..])
        {
            hash = (hash ^ letter) * 0x100000001B3;
        }

        return (uint)((hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15 >> 32);
    }

    private static int[] NewBuckets(int size)
    {
        var buckets = new int[size];
        Array.Fill(buckets, None);
        return buckets;
    }

    /// <summary>Where a message is, and the entry before it in its bucket.</summary>
    private readonly record struct Entry(int Start, int Length, uint Hash, int Next);
}
