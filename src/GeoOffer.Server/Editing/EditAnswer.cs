using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Server.Features;
using GeoOffer.Server.Formats;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;
using GeoOffer.Server.Security;
using GeoOffer.Storage.Editing;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Server.Editing;

/// <summary>What an editor is told.</summary>
internal static class EditAnswer
{
    /// <summary>Why a caller may not edit (401, 403).</summary>
    public static Problem Forbidden(Caller caller) => caller == Caller.Public
        ? new Problem(StatusCodes.Status401Unauthorized)
        {
            AsksForCredentials = true,
            Detail = new Localized("Modifica solo chi ha una chiave di redattore.", "Only who has the key of an editor may change this."),
        }
        : new Problem(StatusCodes.Status403Forbidden)
        {
            Detail = new Localized("Serve il ruolo di redattore.", "It takes the role of an editor."),
        };

    /// <summary>Says that it is done, with the tag of the feature as it is now, and with the feature itself where the client prefers that.</summary>
    public static async Task WriteAsync(
        HttpContext context, Collection collection, ReferenceSystem system, string id, EditKind kind, FeatureReader reader)
    {
        var (request, response) = (context.Request, context.Response);
        var isWhole = WantsRepresentation(request);
        KeyValuePair<string, string>[] asked = system == CoordinateSystems.Crs84 || !isWhole ? [] : [new(FeatureParameters.Crs, system.Uri)];
        var address = $"{CollectionDocument.Address(request, collection)}/items/{Uri.EscapeDataString(id)}";
        response.StatusCode = (kind, isWhole) switch
        {
            (EditKind.Create, _) => StatusCodes.Status201Created,
            (_, true) => StatusCodes.Status200OK,
            _ => StatusCodes.Status204NoContent,
        };
        if (kind == EditKind.Create)
        {
            response.Headers.Location = address;
        }

        if (isWhole)
        {
            response.Headers["Preference-Applied"] = "return=representation";
            response.Headers.ContentLocation = address + RequestQuery.ToText(asked);
        }

        // What the editor has written can be gone again already.
        await using var rows = await reader.OpenSingleAsync(collection, context.Caller().Role, id, context.RequestAborted);
        if (await rows.ReadAsync(context.RequestAborted))
        {
            // The answer is the one that its address gives.
            context.Features.Set(context.Checked() with { Query = new RequestQuery(asked, []) });
            await ItemsEndpoint.WriteSingleAsync(context, collection, isWhole ? system : CoordinateSystems.Crs84, FeatureForm.GeoJson, rows, isWhole);
        }
    }

    /// <summary>Whether the client prefers to have the feature back (RFC 7240, 4.2).</summary>
    private static bool WantsRepresentation(HttpRequest request) => request.Headers["Prefer"]
        .SelectMany(value => (value ?? "").Split([',', ';'], StringSplitOptions.TrimEntries))
        .FirstOrDefault(preference => preference.StartsWith("return=", StringComparison.OrdinalIgnoreCase))
        ?.Equals("return=representation", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Why it was not done.</summary>
    public static Problem ProblemOf(EditOutcome outcome, EditRequest request, FeatureBody? body) => outcome switch
    {
        EditOutcome.Missing => Problem.NotFound("La collezione non contiene questo elemento.", "The collection has no such item."),
        EditOutcome.Replaced => new Problem(StatusCodes.Status409Conflict)
        {
            Detail = new Localized("La collezione è stata sostituita in questo momento: riprovare.", "The collection has been replaced at this moment: try again."),
        },
        EditOutcome.Stale => new Problem(StatusCodes.Status412PreconditionFailed),
        EditOutcome.Taken { Id: var id } => new Problem(StatusCodes.Status409Conflict)
        {
            Detail = new Localized($"Un altro elemento ha già il codice '{id}'.", $"Another feature has the code '{id}' already."),
        },
        EditOutcome.Referred { By: var by } => new Problem(StatusCodes.Status409Conflict)
        {
            Detail = new Localized($"Altri elementi vi si riferiscono: {by}.", $"Other features refer to it: {by}."),
        },
        EditOutcome.Refused { Faults: var faults } when body is not null => new Problem(StatusCodes.Status422UnprocessableEntity)
        {
            Faults = [.. faults.Select(body.Place)],
        },
        _ => throw new InvalidOperationException($"An edit of {request.Collection.Id} ended as {outcome}."),
    };
}
