using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Features;
using GeoOffer.Server.Security;
using GeoOffer.Storage.Exporting;

namespace GeoOffer.Server.Problems;

/// <summary>The one place where failures become answers: exceptions, and status codes without a body.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    // Nobody reads it: the client has hung up. The log tells it from an answer.
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested)
        {
            logger.LogDebug(exception, "The client hung up");
            SetStatus(context, ClientClosedRequest);
            return;
        }
        catch (Exception exception)
        {
            await AnswerAsync(context, exception);
            return;
        }

        await CompleteAsync(context);
    }

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        var problem = ProblemOf(exception, context.Request);
        if (problem.Status == StatusCodes.Status500InternalServerError)
        {
            logger.LogError(exception, "Unhandled exception");
        }
        else if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            logger.LogWarning(exception, "The database or the issuer of tokens is away, not ready or too slow");
        }

        if (context.Response.HasStarted)
        {
            // Half an answer must not look whole.
            context.Abort();
            return;
        }

        context.Response.Clear();
        await problem.ExecuteAsync(context);
    }

    private static Problem ProblemOf(Exception exception, HttpRequest request) => exception switch
    {
        BadHttpRequestException bad => new Problem(bad.StatusCode),
        AuthorityAwayException => new Problem(StatusCodes.Status503ServiceUnavailable)
        {
            Detail = new Localized("Chi emette i token non risponde.", "The issuer of tokens does not answer."),
        },
        ExportException cannot => new Problem(StatusCodes.Status422UnprocessableEntity)
        {
            Detail = new Localized($"Non si può esportare così. {cannot.Message}", cannot.Message),
        },
        _ when (request.Query.ContainsKey(FeatureParameters.FilterName) || request.Query.ContainsKey("$filter")) && DatabaseFailure.IsOutOfRange(exception) => Problem.BadRequest(
            [RequestFault.InParameter(FeatureParameters.FilterName, "a condition whose numbers and days stay in range", "one beyond it")]),
        _ when DatabaseFailure.Matches(exception) => new Problem(StatusCodes.Status503ServiceUnavailable)
        {
            Detail = new Localized(
                "La banca dati non risponde o la richiesta ha superato il tempo massimo.",
                "The database does not answer, or the request took too long."),
        },
        _ => new Problem(StatusCodes.Status500InternalServerError),
    };

    private static Task CompleteAsync(HttpContext context)
    {
        var response = context.Response;
        var isAnswered = response.HasStarted || response.ContentType is not null || response.ContentLength is > 0;
        if (isAnswered || response.StatusCode < StatusCodes.Status400BadRequest)
        {
            return Task.CompletedTask;
        }

        if (response.StatusCode == StatusCodes.Status405MethodNotAllowed && HttpMethods.IsOptions(context.Request.Method))
        {
            response.Headers.Allow = string.Join(", ", response.Headers.Allow.Append(HttpMethods.Options));
            response.StatusCode = StatusCodes.Status200OK;
            response.ContentLength = 0;
            return Task.CompletedTask;
        }

        return new Problem(response.StatusCode).ExecuteAsync(context);
    }

    private static void SetStatus(HttpContext context, int status)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.StatusCode = status;
        }
    }
}
