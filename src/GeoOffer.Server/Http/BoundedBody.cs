using System.Buffers;

namespace GeoOffer.Server.Http;

/// <summary>Reads bodies that may not be trusted to be small.</summary>
internal static class BoundedBody
{
    private const int Chunk = 16 * 1024;

    /// <summary>The whole body; null when it is larger than allowed, of which no more than that is read.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(Chunk);
        while (await request.Body.ReadAsync(buffer.GetMemory(Chunk), cancellationToken) is var read and > 0)
        {
            buffer.Advance(read);
            if (buffer.WrittenCount > maxBytes)
            {
                return null;
            }
        }

        return buffer.WrittenMemory;
    }
}
