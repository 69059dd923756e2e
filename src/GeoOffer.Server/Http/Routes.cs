using GeoOffer.Server.Description;

namespace GeoOffer.Server.Http;

/// <summary>Maps routes together with their description.</summary>
internal static class Routes
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>A route that is read by GET and HEAD.</summary>
    public static IEndpointConventionBuilder MapRead(
        this IEndpointRouteBuilder routes, string pattern, Delegate handler, Operation operation) =>
        routes.MapMethods(pattern, Reading, handler).WithMetadata(operation);

    /// <summary>A route that reads by POST, because what is asked does not fit into an address.</summary>
    public static IEndpointConventionBuilder MapReadByPost(
        this IEndpointRouteBuilder routes, string pattern, Delegate handler, Operation operation) =>
        routes.MapPost(pattern, handler).WithMetadata(operation).RequireCors(Cors.ReadByPost);

    /// <summary>A route that writes, which no page of another site may do with the keys of its visitor.</summary>
    public static IEndpointConventionBuilder MapWrite(
        this IEndpointRouteBuilder routes, string method, string pattern, Delegate handler, Operation operation) =>
        routes.MapMethods(pattern, [method], handler).WithMetadata(operation);
}
