using System.Text;
using System.Text.Json;
using GeoOffer.Storage.Importing.Reading.FlatGeobufs;
using GeoOffer.Storage.Importing.Reading.Gdal;
using GeoOffer.Storage.Importing.Reading.Text;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>Tells the format of a file from its first bytes, and from its extension where these leave it open.</summary>
internal static class FormatSniffer
{
    private const int Peeked = 1 << 16;

    private static readonly (byte[] Start, string Name)[] Foreign =
    [
        ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive inside another archive"),
        ([0x1F, 0x8B], "compressed with gzip inside another archive"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old office document"),
        ("%PDF"u8.ToArray(), "a PDF"),
        ("Rar!"u8.ToArray(), "a RAR archive"),
        ([0x37, 0x7A, 0xBC, 0xAF], "a 7z archive"),
        ([0xFD, 0x37, 0x7A, 0x58], "compressed with xz"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd"),
        ("<"u8.ToArray(), "XML or HTML"),
    ];

    private static ReadOnlySpan<byte> SqliteStart => "SQLite format 3\0"u8;

    private static ReadOnlySpan<byte> ShapefileStart => [0x00, 0x00, 0x27, 0x0A];

    /// <summary>The format of a file.</summary>
    /// <exception cref="UnreadableFileException">It is none that can be imported.</exception>
    public static async Task<SourceFormat> SniffAsync(Stream stream, string fileName, CancellationToken cancellationToken)
    {
        var buffer = new byte[Peeked];
        var length = await stream.ReadAtLeastAsync(buffer, Peeked, throwOnEndOfStream: false, cancellationToken);
        var extension = Path.GetExtension(fileName).ToUpperInvariant();
        return SniffBinary(buffer.AsSpan(0, length), extension)
            ?? SniffText(TextEncodings.ToUtf8(buffer.AsSpan(0, length)), length < Peeked, extension);
    }

    private static SourceFormat? SniffBinary(ReadOnlySpan<byte> bytes, string extension)
    {
        if (extension is ".SHX" or ".DBF")
        {
            throw Unknown($"the file is the {extension.ToLowerInvariant()} of a shapefile", "name its .shp");
        }

        return bytes.StartsWith(ShapefileStart) ? SourceFormat.Shapefile
            : bytes.StartsWith(SqliteStart) ? SourceFormat.GeoPackage
            : bytes is [_, _, _, < (byte)'\t', ..] && bytes.StartsWith(FlatGeobufSource.Magic) ? SourceFormat.FlatGeobuf
            : GdalFormat.Sniff(bytes, extension) is not null ? SourceFormat.Gdal
            : null;
    }

    private static SourceFormat SniffText(ReadOnlySpan<byte> bytes, bool isWhole, string extension)
    {
        var content = bytes.TrimStart(" \t\r\n"u8);
        if (content.IsEmpty)
        {
            throw new UnreadableFileException(new FileFault(FileFaultCode.Empty, "the file is empty", "export it again"));
        }

        foreach (var (start, name) in Foreign)
        {
            if (content.StartsWith(start))
            {
                throw Unknown($"the file is {name}");
            }
        }

        if (bytes.Contains((byte)0))
        {
            throw Unknown("the file holds NUL bytes: it is no text");
        }

        if (content.StartsWith("!table"u8))
        {
            throw Unknown("the file is a table of MapInfo", "convert it with ogr2ogr -f GPKG");
        }

        return content[0] switch
        {
            0x1E => SourceFormat.GeoJsonSeq,
            (byte)'{' or (byte)'[' => SniffJson(content, isWhole, extension),
            _ when extension is ".JSON" or ".GEOJSON" or ".GEOJSONL" or ".GEOJSONS" or ".NDJSON" or ".JSONL" =>
                throw Unknown($"the file begins with {Beginning(content)} and so is no JSON"),
            _ when content.IndexOfAny(",;\t|"u8) >= 0 || extension is ".CSV" or ".TSV" => SourceFormat.Csv,
            _ => throw Unknown("the file is no JSON, and its text has no separators"),
        };
    }

    /// <summary>A sequence begins with a whole feature on its first line; a document may hold its feature over many.</summary>
    private static SourceFormat SniffJson(ReadOnlySpan<byte> content, bool isWhole, string extension)
    {
        var reader = new Utf8JsonReader(content, isWhole, default);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                return SourceFormat.GeoJson;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("features"u8))
                {
                    return SourceFormat.GeoJson;
                }

                var isType = reader.ValueTextEquals("type"u8);
                if (!reader.Read() || (isType && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("FeatureCollection"u8)))
                {
                    return SourceFormat.GeoJson;
                }

                if (!reader.TrySkip())
                {
                    break;
                }
            }
        }
        catch (JsonException)
        {
            return SourceFormat.GeoJson;
        }

        var ended = reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == 0;
        var lineEnd = content.IndexOf((byte)'\n');
        return extension is ".GEOJSONL" or ".GEOJSONS" or ".NDJSON" or ".JSONL"
            || (ended && lineEnd >= 0 && reader.BytesConsumed <= lineEnd)
            || (!ended && lineEnd < 0)
            ? SourceFormat.GeoJsonSeq
            : SourceFormat.GeoJson;
    }

    private static string Beginning(ReadOnlySpan<byte> content) =>
        MessageText.Shorten(Encoding.UTF8.GetString(content[..Math.Min(20, content.Length)]));

    private static UnreadableFileException Unknown(string reason, string? fix = null) => new(new FileFault(
        FileFaultCode.UnknownFormat, reason, fix ?? "convert it to GeoJSON, GeoJSONSeq or CSV, for example with ogr2ogr"));
}
