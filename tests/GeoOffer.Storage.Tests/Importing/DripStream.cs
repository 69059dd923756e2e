namespace GeoOffer.Storage.Tests.Importing;

/// <summary>Gives a text a few bytes at a time, so that every token is cut somewhere.</summary>
internal sealed class DripStream(byte[] bytes, int drop) : MemoryStream(bytes, writable: false)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(drop, buffer.Length)], cancellationToken);
}
