using System.IO.Compression;

namespace GeoOffer.Storage.Tiles;

/// <summary>How a tile is compressed.</summary>
public enum TileCoding
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>gzip (RFC 1952).</summary>
    Gzip,

    /// <summary>Brotli (RFC 7932).</summary>
    Brotli,
}

/// <summary>A tile that is kept for whoever asks next; each compressed form is made once.</summary>
public sealed class Tile
{
    private readonly Lazy<byte[]> _gzip;
    private readonly Lazy<byte[]> _brotli;

    /// <summary>A tile of these bytes.</summary>
    public Tile(byte[] content)
    {
        Content = content;
        _gzip = new(() => Compress(output => new GZipStream(output, CompressionLevel.Fastest)));
        _brotli = new(() => Compress(output => new BrotliStream(output, CompressionLevel.Fastest)));
    }

    /// <summary>The tile as it is; empty where there is no feature.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>What it takes of a cache, bytes, with its compressed forms.</summary>
    public long Weight => 512 + (2L * Content.Length);

    /// <summary>The tile in a coding.</summary>
    public ReadOnlyMemory<byte> In(TileCoding coding) => coding switch
    {
        TileCoding.Gzip => _gzip.Value,
        TileCoding.Brotli => _brotli.Value,
        _ => Content,
    };

    private byte[] Compress(Func<Stream, Stream> open)
    {
        using var output = new MemoryStream(Content.Length / 2);
        using (var compressor = open(output))
        {
            compressor.Write(Content.Span);
        }

        return output.ToArray();
    }
}
