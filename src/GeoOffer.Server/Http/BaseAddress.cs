namespace GeoOffer.Server.Http;

/// <summary>Where the client reached the service; links start with it.</summary>
internal static class BaseAddress
{
    /// <summary>Scheme, host and path base as the client or a trusted proxy named them; the path base alone without a host.</summary>
    public static string Of(HttpRequest request) =>
        (request.Host.HasValue ? $"{request.Scheme}://{request.Host.ToUriComponent()}" : "") + request.PathBase.ToUriComponent();
}
