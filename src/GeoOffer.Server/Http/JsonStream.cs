using System.Text.Json;

namespace GeoOffer.Server.Http;

/// <summary>
/// JSON that goes out while it is written, so that memory stays flat. Nothing leaves before the first mebibyte: until then headers can
/// still be set, and a failure still becomes an honest status code.
/// </summary>
internal sealed class JsonStream : IAsyncDisposable
{
    private const int HeldBack = 1024 * 1024;
    private const int Chunk = 64 * 1024;

    private readonly PooledBuffer _buffer = new(Chunk);
    private readonly Stream _destination;
    private long _sent;

    public JsonStream(Stream destination)
    {
        _destination = destination;
        Json = new Utf8JsonWriter(_buffer, JsonBody.Options);
    }

    /// <summary>What is written to.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Whether something has left already, and headers with it.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>How many bytes were written, sent or not.</summary>
    public long Length => _sent + _buffer.Count + Json.BytesPending;

    /// <summary>Sends what has gathered, if it is enough; call it after each piece.</summary>
    public ValueTask BreatheAsync(CancellationToken cancellationToken) =>
        _buffer.Count + Json.BytesPending < (HasLeft ? Chunk : HeldBack)
            ? ValueTask.CompletedTask
            : new(SendAsync(cancellationToken));

    /// <summary>Sends the rest.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken) => SendAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Json.DisposeAsync();
        _buffer.Dispose();
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await Json.FlushAsync(cancellationToken);
        HasLeft = true;
        await _destination.WriteAsync(_buffer.Written, cancellationToken);
        _sent += _buffer.Count;
        _buffer.Clear();
    }
}
