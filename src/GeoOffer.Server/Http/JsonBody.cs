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
    public static async Task WriteAsync(HttpContext context, string mediaType, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        await using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        context.Response.ContentType = mediaType;
        context.Response.ContentLength = buffer.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
        }
    }
}
