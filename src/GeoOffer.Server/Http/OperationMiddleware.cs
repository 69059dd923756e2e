using GeoOffer.Server.Description;
using GeoOffer.Server.Problems;

namespace GeoOffer.Server.Http;

/// <summary>What was found out about a request before its route runs.</summary>
/// <param name="Query">The decoded query.</param>
/// <param name="MediaType">The format of the answer that was agreed on.</param>
internal sealed record RequestContext(RequestQuery Query, string MediaType);

/// <summary>Holds a request against the description of its operation: query parameters, <c>lang</c>, Accept.</summary>
internal sealed class OperationMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Operation>() is not { } operation)
        {
            return next(context);
        }

        var query = RequestQuery.Read(context.Request);
        if (!operation.ChecksQuery && Check(query, operation) is { Count: > 0 } faults)
        {
            return Problem.BadRequest(faults).ExecuteAsync(context);
        }

        string? mediaType;
        if (operation.ChoosesFormat)
        {
            mediaType = operation.MediaTypes[0];
        }
        else if (operation.Parameters.Contains(OperationParameter.Format) && query.First(OperationParameter.Format.Name) is { } name)
        {
            mediaType = MediaTypes.OfShortName(name, operation.MediaTypes);
            if (mediaType is null)
            {
                var names = MediaTypes.ShortNames.Where(known => MediaTypes.OfShortName(known, operation.MediaTypes) is not null);
                return Problem.BadRequest([RequestFault.InParameter(OperationParameter.Format.Name, string.Join(" or ", names), name)]).ExecuteAsync(context);
            }
        }
        else if ((mediaType = MediaTypes.Choose(context.Request, operation.MediaTypes)) is null)
        {
            var offered = string.Join(" or ", operation.MediaTypes);
            var fault = RequestFault.InParameter("Accept", offered, context.Request.Headers.Accept.ToString());
            return new Problem(StatusCodes.Status406NotAcceptable) { Faults = [fault] }.ExecuteAsync(context);
        }

        context.Features.Set(new RequestContext(query, mediaType));
        if (operation.Parameters.Contains(OperationParameter.Lang))
        {
            context.Response.Headers.ContentLanguage = RequestLanguage.Of(context.Request).Code();
        }

        return next(context);
    }

    private static List<RequestFault> Check(RequestQuery query, Operation operation)
    {
        List<RequestFault> faults = [.. query.Faults];
        var known = operation.Parameters.Where(parameter => parameter.InQuery).Select(parameter => parameter.Name).ToList();
        var expected = known.Count == 0 ? "no parameter" : "a parameter that exists: " + string.Join(", ", known);
        faults.AddRange(query.Parameters
            .Select(parameter => parameter.Key)
            .Where(name => !known.Contains(name))
            .Distinct()
            .Select(name => RequestFault.InParameter(name, expected, "an unknown parameter")));
        RequestLanguage.Check(query, faults);
        return faults;
    }
}

/// <summary>Gives routes what was found out.</summary>
internal static class RequestContextFeature
{
    public static RequestContext Checked(this HttpContext context) => context.Features.Get<RequestContext>()
        ?? throw new InvalidOperationException("The route has no description.");
}
