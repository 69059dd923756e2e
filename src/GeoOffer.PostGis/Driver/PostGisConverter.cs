#pragma warning disable NPG9001 // Custom type converters are experimental in Npgsql; PostGIS types have no other way in.

using System.Buffers;
using Npgsql.Internal;

namespace GeoOffer.PostGis.Driver;

/// <summary>Carries one .NET type to and from the binary form of <c>geometry</c> and <c>geography</c>, which is EWKB for both.</summary>
internal abstract class PostGisConverter<T> : PgStreamingConverter<T>
    where T : notnull
{
    public sealed override T Read(PgReader reader) => Decode(reader.ReadBytes(reader.CurrentRemaining));

    public sealed override async ValueTask<T> ReadAsync(PgReader reader, CancellationToken cancellationToken = default) =>
        Decode(await reader.ReadBytesAsync(reader.CurrentRemaining, cancellationToken));

    /// <summary>Encodes the value at once: its size is known only then, and it cannot change before it is sent.</summary>
    public sealed override Size GetSize(SizeContext context, T value, ref object? writeState)
    {
        var ewkb = Encode(value);
        writeState = ewkb;
        return ewkb.Bytes.Length;
    }

    public sealed override void Write(PgWriter writer, T value) => writer.WriteBytes(Encoded(writer).Span);

    public sealed override ValueTask WriteAsync(PgWriter writer, T value, CancellationToken cancellationToken = default) =>
        writer.WriteBytesAsync(Encoded(writer), cancellationToken);

    protected abstract T Decode(ReadOnlySpan<byte> ewkb);

    protected abstract Ewkb Encode(T value);

    private static ReadOnlyMemory<byte> Encoded(PgWriter writer) =>
        writer.Current.WriteState is Ewkb ewkb
            ? ewkb.Bytes
            : throw new InvalidOperationException("A geometry is written before its size was asked for.");

    private T Decode(in ReadOnlySequence<byte> ewkb) => Decode(ewkb.IsSingleSegment ? ewkb.FirstSpan : ewkb.ToArray());
}
