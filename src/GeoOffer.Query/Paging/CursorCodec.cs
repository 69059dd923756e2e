using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Paging;

/// <summary>
/// Writes cursors as opaque URL-safe text and reads them back. A message authentication code (HMAC-SHA256, 16 bytes kept) proves that a
/// cursor was made here.
/// </summary>
public sealed class CursorCodec
{
    private const byte FormatVersion = 1;
    private const byte Missing = 255;
    private const int CodeLength = 16;

    private readonly byte[] _secret;

    /// <summary>Makes a codec.</summary>
    /// <param name="secret">At least 16 bytes, the same in all processes that serve the same clients.</param>
    public CursorCodec(ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, 16, nameof(secret));
        _secret = secret.ToArray();
    }

    /// <summary>Writes a cursor of a query.</summary>
    public string Encode(Cursor cursor, CursorScope scope)
    {
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(FormatVersion);
            writer.Write(scope.Fingerprint.AsSpan());
            writer.Write7BitEncodedInt(cursor.Position.Length);
            foreach (var value in cursor.Position)
            {
                Write(writer, value);
            }
        }

        var payload = buffer.ToArray();
        return Base64Url.EncodeToString([.. payload, .. Code(payload)]);
    }

    /// <summary>Reads a cursor back for the query it must belong to.</summary>
    public Outcome<Cursor, CursorError> Decode(string text, CursorScope scope)
    {
        if (!Base64Url.IsValid(text))
        {
            return Fail(CursorFault.Malformed, "a cursor from a next link", text);
        }

        ReadOnlySpan<byte> bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length <= CodeLength + 1 + CursorScope.Length || Base64Url.EncodeToString(bytes) != text)
        {
            return Fail(CursorFault.Malformed, "a cursor from a next link", text);
        }

        var payload = bytes[..^CodeLength].ToArray();
        if (!CryptographicOperations.FixedTimeEquals(Code(payload), bytes[^CodeLength..]) || payload[0] != FormatVersion)
        {
            return Fail(CursorFault.NotAuthentic, "an unchanged cursor from a next link", text);
        }

        if (!payload.AsSpan(1, CursorScope.Length).SequenceEqual(scope.Fingerprint.AsSpan()))
        {
            return Fail(CursorFault.OtherQuery, "a cursor of this collection, sort order and filter", "a cursor of another query");
        }

        using var reader = new BinaryReader(new MemoryStream(payload[(1 + CursorScope.Length)..]), Encoding.UTF8);
        var position = ImmutableArray.CreateBuilder<Value?>(reader.Read7BitEncodedInt());
        while (position.Count < position.Capacity)
        {
            position.Add(ReadValue(reader));
        }

        return new(new Cursor(position.MoveToImmutable()));
    }

    private ReadOnlySpan<byte> Code(byte[] payload) => HMACSHA256.HashData(_secret, payload).AsSpan(0, CodeLength);

    private static Outcome<Cursor, CursorError> Fail(CursorFault fault, string expected, string got) =>
        new(new CursorError(fault, expected, got));

    private static void Write(BinaryWriter writer, Value? value)
    {
        writer.Write(value is null ? Missing : (byte)value.Type);
        switch (value)
        {
            case null:
                break;
            case Value.Text text:
                writer.Write(text.Content);
                break;
            case Value.Integer integer:
                writer.Write7BitEncodedInt64(integer.Content);
                break;
            case Value.Number number:
                writer.Write(number.Content);
                break;
            case Value.Boolean boolean:
                writer.Write(boolean.Content);
                break;
            case Value.Date date:
                writer.Write7BitEncodedInt(date.Content.DayNumber);
                break;
            case Value.Timestamp timestamp:
                writer.Write(timestamp.Content.Ticks);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, "No order is made by such a value.");
        }
    }

    private static Value? ReadValue(BinaryReader reader) => reader.ReadByte() switch
    {
        Missing => null,
        (byte)PropertyType.Text => new Value.Text(reader.ReadString()),
        (byte)PropertyType.Integer => new Value.Integer(reader.Read7BitEncodedInt64()),
        (byte)PropertyType.Number => new Value.Number(reader.ReadDouble()),
        (byte)PropertyType.Boolean => new Value.Boolean(reader.ReadBoolean()),
        (byte)PropertyType.Date => new Value.Date(DateOnly.FromDayNumber(reader.Read7BitEncodedInt())),
        (byte)PropertyType.Timestamp => new Value.Timestamp(new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero)),
        var type => throw new InvalidOperationException($"A genuine cursor holds a value of type {type}."),
    };
}
