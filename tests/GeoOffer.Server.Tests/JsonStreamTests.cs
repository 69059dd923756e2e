using GeoOffer.Server.Http;

namespace GeoOffer.Server.Tests;

public sealed class JsonStreamTests
{
    private const int Mebibyte = 1024 * 1024;

    private static readonly string Piece = new('x', 1000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_leaves_before_the_first_mebibyte_and_then_it_goes_in_small_parts()
    {
        await using var destination = new RecordingStream();
        await using var stream = new JsonStream(destination);
        stream.Json.WriteStartArray();
        for (var written = 0; written < 10 * Mebibyte; written += Piece.Length)
        {
            stream.Json.WriteStringValue(Piece);
            await stream.BreatheAsync(Token);
            Assert.Equal(stream.HasLeft, destination.Parts.Count > 0);
        }

        stream.Json.WriteEndArray();
        await stream.CompleteAsync(Token);
        Assert.InRange(destination.Parts[0], Mebibyte, Mebibyte + (2 * Piece.Length));
        Assert.All(destination.Parts.Skip(1), part => Assert.InRange(part, 1, 66 * 1024));
        Assert.InRange(destination.Parts.Sum(), 10 * Mebibyte, 11 * Mebibyte);
    }

    [Fact]
    public async Task A_small_answer_leaves_whole()
    {
        await using var destination = new RecordingStream();
        await using var stream = new JsonStream(destination);
        stream.Json.WriteStringValue(Piece);
        await stream.BreatheAsync(Token);
        Assert.False(stream.HasLeft);
        await stream.CompleteAsync(Token);
        Assert.Equal([Piece.Length + 2], destination.Parts);
    }

    private sealed class RecordingStream : MemoryStream
    {
        public List<int> Parts { get; } = [];

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Parts.Add(buffer.Length);
            return ValueTask.CompletedTask;
        }
    }
}
