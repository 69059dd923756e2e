using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace GeoOffer.Server.Hosting;

/// <summary>How JSON Web Tokens (RFC 7519) are checked: by an authority's keys, by one RSA public key, or by a shared secret.</summary>
/// <param name="Authority">Base address of an OpenID Connect issuer, or null.</param>
/// <param name="Key">The key of <see cref="Algorithm"/>, or null with an authority.</param>
/// <param name="Algorithm">The one algorithm accepted: RS256 for public keys, HS256 for a secret.</param>
/// <param name="Issuer">The issuer that a token must name; null with an authority, which names itself.</param>
/// <param name="Audience">The audience that a token must name.</param>
internal sealed record JwtSettings(string? Authority, SecurityKey? Key, string Algorithm, string? Issuer, string Audience)
{
    /// <summary>The claim that holds the role.</summary>
    public const string RoleClaim = "geooffer_role";

    // RFC 7518, 3.2: a key of the size of the hash output or larger.
    private const int LeastSecretBytes = 32;

    /// <summary>The settings of the section <c>Jwt</c>; null when it is absent.</summary>
    public static JwtSettings? Read(SettingsReader reader)
    {
        var authority = reader.Optional("Jwt:Authority");
        var key = reader.Optional("Jwt:Key");
        var issuer = reader.Optional("Jwt:Issuer");
        var audience = reader.Optional("Jwt:Audience");
        if (authority is null && key is null)
        {
            if (issuer is not null || audience is not null)
            {
                reader.Fault("Jwt:Key", "set beside Jwt:Issuer and Jwt:Audience (or Jwt:Authority)", "not set");
            }

            return null;
        }

        if (authority is not null && key is not null)
        {
            reader.Fault("Jwt:Key", "absent beside Jwt:Authority, whose keys count", "set");
        }

        if (authority is not null && (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps))
        {
            reader.Fault("Jwt:Authority", "an https address", $"'{authority}'");
        }

        if (audience is null)
        {
            reader.Fault("Jwt:Audience", "the audience that tokens name", "not set");
        }

        if (authority is null && issuer is null)
        {
            reader.Fault("Jwt:Issuer", "the issuer that tokens name", "not set");
        }

        var securityKey = key is null ? null : ReadKey(reader, key);
        var algorithm = securityKey is SymmetricSecurityKey ? SecurityAlgorithms.HmacSha256 : SecurityAlgorithms.RsaSha256;
        return new JwtSettings(authority, securityKey, algorithm, issuer, audience ?? "");
    }

    private static SecurityKey? ReadKey(SettingsReader reader, string text)
    {
        if (text.TrimStart().StartsWith("-----BEGIN", StringComparison.Ordinal))
        {
            try
            {
                var rsa = RSA.Create();
                rsa.ImportFromPem(text);
                return new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: false));
            }
            catch (Exception exception) when (exception is ArgumentException or CryptographicException)
            {
                reader.Fault("Jwt:Key", "an RSA public key in PEM", "a PEM text that is none");
                return null;
            }
        }

        var secret = Encoding.UTF8.GetBytes(text);
        if (secret.Length >= LeastSecretBytes)
        {
            return new SymmetricSecurityKey(secret);
        }

        reader.Fault(
            "Jwt:Key", $"an RSA public key in PEM, or a secret of at least {LeastSecretBytes} bytes", $"{secret.Length} bytes long");
        return null;
    }
}
