using GeoOffer.Server.Hosting;
using GeoOffer.Storage.Security;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace GeoOffer.Server.Security;

/// <summary>The issuer of tokens cannot be asked for its keys.</summary>
internal sealed class AuthorityAwayException(Exception cause) : Exception("The issuer of tokens cannot be asked for its keys.", cause);

/// <summary>
/// Reads callers from JSON Web Tokens and checks signature by the one algorithm configured, issuer, audience and times. The framework's
/// own handler would bring the machinery of cookies with it.
/// </summary>
internal sealed class TokenReader
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? _authority;
    private readonly TokenValidationParameters? _parameters;

    public TokenReader(ServiceSettings settings)
    {
        if (settings.Jwt is not { } jwt)
        {
            return;
        }

        _authority = jwt.Authority is null
            ? null
            : new(jwt.Authority.TrimEnd('/') + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever());
        _parameters = new TokenValidationParameters
        {
            ConfigurationManager = _authority,
            ValidAlgorithms = [jwt.Algorithm],
            IssuerSigningKey = jwt.Key,
            ValidIssuer = jwt.Issuer,
            ValidAudience = jwt.Audience,
            ClockSkew = ClockSkew,
        };
    }

    /// <summary>The caller that the token names; null when it proves nothing, or tokens are not configured.</summary>
    /// <exception cref="AuthorityAwayException">The issuer does not answer.</exception>
    public async Task<Caller?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (_parameters is null)
        {
            return null;
        }

        await AskAuthorityAsync(cancellationToken);
        var result = await _handler.ValidateTokenAsync(token, _parameters);
        return result.IsValid
            && result.ClaimsIdentity.FindAll(JwtSettings.RoleClaim).ToList() is [var claim]
            && RoleCode.Parse(claim.Value) is { } role
                ? new Caller(role, result.ClaimsIdentity.FindFirst(JwtRegisteredClaimNames.Sub)?.Value)
                : null;
    }

    private async Task AskAuthorityAsync(CancellationToken cancellationToken)
    {
        if (_authority is null)
        {
            return;
        }

        try
        {
            await _authority.GetConfigurationAsync(cancellationToken);
        }
        catch (InvalidOperationException exception)
        {
            throw new AuthorityAwayException(exception);
        }
    }
}
