using Microsoft.OData;

namespace GeoOffer.Server.Tests.OData;

/// <summary>An answer as Microsoft's reader takes it.</summary>
internal sealed class ReceivedMessage : IODataResponseMessage
{
    private readonly byte[] _body;
    private readonly Dictionary<string, string> _headers;

    private ReceivedMessage(byte[] body, Dictionary<string, string> headers, int status) => (_body, _headers, StatusCode) = (body, headers, status);

    public int StatusCode { get; set; }

    public IEnumerable<KeyValuePair<string, string>> Headers => _headers;

    public static async Task<ReceivedMessage> GetAsync(HttpClient client, string address, string version, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("OData-MaxVersion", version);
        using var response = await client.SendAsync(request, cancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new ReceivedMessage(await response.Content.ReadAsByteArrayAsync(cancellationToken), headers, (int)response.StatusCode);
    }

    public string GetHeader(string headerName) => _headers.GetValueOrDefault(headerName)!;

    public void SetHeader(string headerName, string headerValue) => throw new NotSupportedException("What was received stays as it is.");

    public Stream GetStream() => new MemoryStream(_body, writable: false);
}
