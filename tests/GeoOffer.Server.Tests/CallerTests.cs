using System.Net;
using System.Security.Cryptography;
using System.Text;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage;
using GeoOffer.Storage.Security;
using GeoOffer.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GeoOffer.Server.Tests;

public sealed class CallerTests(PostGisCluster cluster)
{
    private const string Secret = "a secret that is long enough for HS256, surely";
    private const string Sites = "/ogc/collections/sites/items?limit=1000";

    private static readonly Dictionary<string, string> WithSecret = new()
    {
        ["Jwt:Key"] = Secret,
        ["Jwt:Issuer"] = "https://issuer.example",
        ["Jwt:Audience"] = "geooffer",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scout_sees_what_is_not_published_and_the_public_does_not()
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql);
        var key = await AddKeyAsync(service, Role.Scout);
        Assert.DoesNotContain("GO-5", await service.Client.GetStringAsync(Sites, Token), StringComparison.Ordinal);
        foreach (var header in (string[])["X-Api-Key", "Authorization"])
        {
            var credentials = header == "Authorization" ? $"Bearer {key}" : key;
            foreach (var address in (string[])[Sites, "/ogc/collections/sites/items/GO-5", $"/api/match?{SampleData.Query}"])
            {
                using var response = await SendAsync(service, address, header, credentials);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                Assert.Contains("GO-5", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_property_of_scouts_can_be_asked_by_scouts_alone()
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql);
        var key = await AddKeyAsync(service, Role.Scout);
        using var scout = await SendAsync(service, Sites + "&is_public=false", "X-Api-Key", key);
        Assert.Equal(HttpStatusCode.OK, scout.StatusCode);
        Assert.Contains("GO-5", await scout.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        using var anybody = await service.Client.GetAsync(Sites + "&is_public=false", Token);
        await anybody.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Credentials_that_prove_nothing_are_refused_and_never_repeated()
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql);
        var revoked = await AddKeyAsync(service, Role.Scout);
        await using (var database = GeoOfferDatabase.Open(service.ConnectionString))
        {
            Assert.True(await new UserKeys(database).RevokeAsync(ApiKey.PrefixOf(revoked)!, Token));
            Assert.False(await new UserKeys(database).RevokeAsync(ApiKey.PrefixOf(revoked)!, Token));
        }

        var expired = await AddKeyAsync(service, Role.Scout, DateTimeOffset.UtcNow.AddMinutes(-1));
        var unknown = ApiKey.Generate();
        var valid = await AddKeyAsync(service, Role.Scout);
        var swapped = valid[..^1] + (valid[^1] == 'A' ? 'E' : 'A');
        foreach (var key in (string[])[revoked, expired, unknown, swapped, valid[..^1], valid + "A", "go_", "", "x", new string('k', 5000)])
        {
            await RefusedAsync("X-Api-Key", key);
            await RefusedAsync("Authorization", $"Bearer {key}");
        }

        await RefusedAsync("Authorization", "Basic dXNlcjpwYXNz");
        await RefusedAsync("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJnZW9vZmZlcl9yb2xlIjoic2NvdXQifQ.");

        async Task RefusedAsync(string header, string credentials)
        {
            using var response = await SendAsync(service, Sites, header, credentials);
            await response.ProblemAsync(HttpStatusCode.Unauthorized);
            Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
            var text = await response.Content.ReadAsStringAsync(Token);
            Assert.False(credentials.Length > "Bearer go_".Length && text.Contains(credentials, StringComparison.Ordinal), text);
        }
    }

    [Fact]
    public async Task A_key_in_the_wrong_place_is_not_repeated()
    {
        await using var service = await RunningService.StartAsync(cluster);
        var key = ApiKey.Generate();
        foreach (var address in (string[])[
            $"/api/match?key={key}",
            $"/api/match?{key}=1",
            $"/api/match?area_ha={key}",
            $"/ogc/collections/sites/items?bbox={key}",
            $"/ogc?x={key}"])
        {
            using var response = await service.Client.GetAsync(address, Token);
            var text = (await response.ProblemAsync(HttpStatusCode.BadRequest)).GetRawText();
            Assert.DoesNotContain(key[10..], text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_the_hash_of_a_key_is_stored()
    {
        await using var service = await RunningService.StartAsync(cluster);
        var key = await AddKeyAsync(service, Role.Editor);
        await using var database = GeoOfferDatabase.Open(service.ConnectionString);
        await using var command = database.Source.CreateCommand(
            "SELECT k::text, key_sha256 = sha256(convert_to($1, 'UTF8')) FROM geooffer.user_key AS k");
        command.Parameters.Add(new() { Value = key });
        await using var rows = await command.ExecuteReaderAsync(Token);
        Assert.True(await rows.ReadAsync(Token));
        Assert.DoesNotContain(key[12..], rows.GetString(0), StringComparison.Ordinal);
        Assert.True(rows.GetBoolean(1));
    }

    [Fact]
    public async Task A_token_signed_with_the_secret_carries_its_role()
    {
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql, WithSecret);
        var credentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Secret)), SecurityAlgorithms.HmacSha256);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(service, Write(credentials)));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(service, Write(credentials, expires: DateTime.UtcNow.AddHours(-1))));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(service, Write(credentials, audience: "elsewhere")));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(service, Write(credentials, issuer: "https://other.example")));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(service, Write(credentials, role: "king")));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(service, Write(credentials, role: null)));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(service, Write(credentials)[..^4] + "AAAA"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(service, Write(null)));
        var other = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Secret + "!")), SecurityAlgorithms.HmacSha256);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(service, Write(other)));
    }

    [Fact]
    public async Task A_token_is_checked_by_the_public_key_and_the_key_is_no_secret_to_sign_with()
    {
        using var rsa = RSA.Create(2048);
        var pem = rsa.ExportSubjectPublicKeyInfoPem();
        await using var service = await RunningService.StartAsync(cluster, SampleData.Sql, new Dictionary<string, string>(WithSecret) { ["Jwt:Key"] = pem });
        var signed = new SigningCredentials(new RsaSecurityKey(rsa), SecurityAlgorithms.RsaSha256);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(service, Write(signed)));
        var confused = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(pem)), SecurityAlgorithms.HmacSha256);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(service, Write(confused)));
    }

    private static string Write(
        SigningCredentials? credentials,
        string issuer = "https://issuer.example",
        string audience = "geooffer",
        string? role = "scout",
        DateTime? expires = null) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = DateTime.UtcNow.AddHours(-2),
            IssuedAt = DateTime.UtcNow.AddHours(-2),
            Expires = expires ?? DateTime.UtcNow.AddHours(1),
            SigningCredentials = credentials,
            Claims = role is null ? [] : new Dictionary<string, object> { ["geooffer_role"] = role, ["sub"] = "anna" },
        });

    private static async Task<HttpStatusCode> AskAsync(RunningService service, string token)
    {
        using var response = await SendAsync(service, "/ogc/collections/sites/items/GO-5", "Authorization", $"Bearer {token}");
        return response.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(RunningService service, string address, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation(header, value);
        return await service.Client.SendAsync(request, Token);
    }

    private static async Task<string> AddKeyAsync(RunningService service, Role role, DateTimeOffset? expiresAt = null)
    {
        await using var database = GeoOfferDatabase.Open(service.ConnectionString);
        return await new UserKeys(database).AddAsync("Anna Rossi", role, expiresAt, Token);
    }
}
