using System.Net.Http.Headers;
using System.Text;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage;
using GeoOffer.Storage.Security;

namespace GeoOffer.Server.Tests.Editing;

/// <summary>Somebody who edits over HTTP.</summary>
internal sealed class Editor(HttpClient client, string? key)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Editor> OfAsync(RunningService service, Role role = Role.Editor)
    {
        await using var database = GeoOfferDatabase.Open(service.ConnectionString);
        return new Editor(service.Client, await new UserKeys(database).AddAsync($"{role}", role, null, Token));
    }

    public Task<HttpResponseMessage> PostAsync(string collection, string body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, $"/ogc/collections/{collection}/items", body, "application/geo+json", headers);

    public Task<HttpResponseMessage> PutAsync(string collection, string id, string body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, Address(collection, id), body, "application/geo+json", headers);

    public Task<HttpResponseMessage> PatchAsync(string collection, string id, string body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, Address(collection, id), body, "application/merge-patch+json", headers);

    public Task<HttpResponseMessage> DeleteAsync(string collection, string id, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Delete, Address(collection, id), null, null, headers);

    public Task<HttpResponseMessage> GetAsync(string address) => SendAsync(HttpMethod.Get, address, null, null);

    public static string Address(string collection, string id) => $"/ogc/collections/{collection}/items/{Uri.EscapeDataString(id)}";

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string address, string? body, string? mediaType, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (mediaType is not null)
            {
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
            }
        }

        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value) || request.Content!.Headers.TryAddWithoutValidation(name, value));
        }

        return await client.SendAsync(request, Token);
    }
}
