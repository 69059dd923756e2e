using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace GeoOffer.Server.Tests;

/// <summary>Sends bytes as they are: a client library would mend what is to be tested.</summary>
internal static class RawHttp
{
    /// <summary>A request of one line and a few headers.</summary>
    public static byte[] Request(string method, string target, string headers = "", byte[]? body = null)
    {
        var length = body is null ? "" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        var head = Encoding.Latin1.GetBytes($"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}{length}\r\n");
        return [.. head, .. body ?? []];
    }

    /// <summary>The status code of the answer; 0 when the service closes the connection without one.</summary>
    public static async Task<int> SendAsync(Uri service, byte[] request, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        using var client = new TcpClient();
        await client.ConnectAsync(service.Host, service.Port, patience.Token);
        await using var stream = client.GetStream();
        var sending = SendAsync(stream, request, patience.Token);
        var answer = new byte[4096];
        var length = 0;
        try
        {
            while (length < 12 && await stream.ReadAsync(answer.AsMemory(length), patience.Token) is var read and > 0)
            {
                length += read;
            }
        }
        catch (IOException)
        {
            // Reset: what was read so far counts.
        }

        await sending;
        return length < 12 ? 0 : int.Parse(Encoding.ASCII.GetString(answer, 9, 3), CultureInfo.InvariantCulture);
    }

    private static async Task SendAsync(NetworkStream stream, byte[] request, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(request, cancellationToken);
        }
        catch (IOException)
        {
            // The service may refuse before it has heard everything.
        }
    }
}
