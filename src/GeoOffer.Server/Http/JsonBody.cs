using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GeoOffer.Server.Http;

/// <summary>Writes JSON as the body of an answer.</summary>
internal static class JsonBody
{
    /// <summary>Accents stay readable; nothing here is ever put into HTML.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a small document whole, with its length.</summary>
    public static async Task WriteAsync(HttpContext context, string mediaType, Action<Utf8JsonWriter> write) =>
        await SendAsync(context, mediaType, await MakeAsync(write));

    /// <summary>The same with an entity tag; a client that has it gets no body.</summary>
    public static async Task WriteTaggedAsync(HttpContext context, string mediaType, Action<Utf8JsonWriter> write)
    {
        var buffer = await MakeAsync(write);
        if (!EntityTags.IsKnown(context, EntityTags.Of(buffer.WrittenSpan, mediaType)))
        {
            await SendAsync(context, mediaType, buffer);
        }
    }

    /// <summary>A feature with its entity tag; the tag alone where the client does not want the rest.</summary>
    public static async Task WriteFeatureAsync(
        HttpContext context, string mediaType, long? revision, Action<Utf8JsonWriter> write, bool isWhole = true)
    {
        var buffer = await MakeAsync(write);
        var tag = revision is { } number ? EntityTags.OfFeature(number, buffer.WrittenSpan, mediaType) : EntityTags.Of(buffer.WrittenSpan, mediaType);
        if (!EntityTags.IsKnown(context, tag) && isWhole)
        {
            await SendAsync(context, mediaType, buffer);
        }
    }

    private static async Task<ArrayBufferWriter<byte>> MakeAsync(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        await using var json = new Utf8JsonWriter(buffer, Options);
        write(json);
        await json.FlushAsync();
        return buffer;
    }

    private static async Task SendAsync(HttpContext context, string mediaType, ArrayBufferWriter<byte> buffer)
    {
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = buffer.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
        }
    }
}
