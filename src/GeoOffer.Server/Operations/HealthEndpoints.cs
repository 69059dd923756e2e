using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Description;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;
using GeoOffer.Storage;
using Microsoft.EntityFrameworkCore;

namespace GeoOffer.Server.Operations;

/// <summary>What an orchestrator asks: whether the process lives, and whether it can answer.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/health/live", Live, new Operation
        {
            Id = "getLive",
            Tag = "operations",
            Summary = "Whether the process lives; the database is not asked.",
            Schema = "Health",
            IgnoresCallers = true,
        });
        routes.MapRead("/health/ready", ReadyAsync, new Operation
        {
            Id = "getReady",
            Tag = "operations",
            Summary = "Whether the database answers and is migrated.",
            Schema = "Health",
            IgnoresCallers = true,
        });
    }

    private static Task Live(HttpContext context) => AnswerAsync(context, "live");

    private static async Task ReadyAsync(HttpContext context, GeoOfferDatabase database)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        var answer = await AskAsync(database, patience.Token) switch
        {
            null => AnswerAsync(context, "ready"),
            { } reason => new Problem(StatusCodes.Status503ServiceUnavailable) { Detail = reason }.ExecuteAsync(context),
        };
        await answer;
    }

    private static async Task<Localized?> AskAsync(GeoOfferDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            await using var data = database.CreateContext();
            var pending = await data.Database.GetPendingMigrationsAsync(cancellationToken);
            return pending.Any()
                ? new Localized(
                    "La banca dati non è aggiornata: eseguire 'geooffer migrate'.", "The database is not migrated: run 'geooffer migrate'.")
                : null;
        }
        catch (Exception exception) when (exception is OperationCanceledException || DatabaseFailure.Matches(exception))
        {
            return new Localized("La banca dati non risponde.", "The database does not answer.");
        }
    }

    private static Task AnswerAsync(HttpContext context, string status) => JsonBody.WriteAsync(context, MediaTypes.Json, json =>
    {
        json.WriteStartObject();
        json.WriteString("status"u8, status);
        json.WriteEndObject();
    });
}
