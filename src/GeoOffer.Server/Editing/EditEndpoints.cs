using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Description;
using GeoOffer.Server.Features;
using GeoOffer.Server.Hosting;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;
using GeoOffer.Server.Security;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Editing;
using GeoOffer.Storage.Reading;
using Microsoft.Net.Http.Headers;

namespace GeoOffer.Server.Editing;

/// <summary>Features are added, replaced, changed and deleted one by one (OGC API - Features Part 4, draft).</summary>
internal static class EditEndpoints
{
    private const string Items = "/ogc/collections/{collection}/items";
    private const string Item = Items + "/{id}";
    private const string Channel = "ogc-api";
    private const string Example =
        """{"type":"Feature","geometry":{"type":"Point","coordinates":[9.19,45.46]},"properties":{"code":"GO-17","kind":"brownfield","name_it":"Ex cartiera"}}""";

    private const string Conditions =
        "With If-Match it is done only if nobody has changed the feature since; what is measured of it may have changed. "
        + "Coordinates are in the system that the header Content-Crs names, in its axis order; CRS84 without it; heights are not kept. "
        + "With Prefer: return=representation the answer is the feature.";

    public static void MapEditing(this IEndpointRouteBuilder routes)
    {
        routes.MapWrite(HttpMethods.Post, Items, CreateAsync, Describe("createFeature", "Adds a feature.", MediaTypes.GeoJson) with
        {
            Description = "The id is the key among the properties; without it a new one is given where any text can be one. An id beside the properties is ignored. " + Conditions,
            Success = StatusCodes.Status201Created,
            Problems = [403, 404, 409, 413, 415, 422],
        });
        routes.MapWrite(HttpMethods.Put, Item, ReplaceAsync, Describe("replaceFeature", "Puts another feature in the place of one.", MediaTypes.GeoJson) with
        {
            Description = "Properties that are not there are as without a value; what is measured, or comes from elsewhere, is ignored. " + Conditions,
        });
        routes.MapWrite(HttpMethods.Patch, Item, UpdateAsync, Describe("updateFeature", "Changes some properties of a feature.", MediaTypes.MergePatch) with
        {
            Description = "A JSON merge patch (RFC 7396) of the GeoJSON: null takes a value away; a geometry is replaced whole. " + Conditions,
        });
        routes.MapWrite(HttpMethods.Delete, Item, DeleteAsync, Describe("deleteFeature", "Deletes a feature. What it was stays in the history of its register.", null) with
        {
            Success = StatusCodes.Status204NoContent,
        });
        routes.MapMethods(Items, [HttpMethods.Options], (HttpContext context, string collection, CatalogueSource source) =>
            OptionsAsync(context, collection, source, isItem: false));
        routes.MapMethods(Item, [HttpMethods.Options], (HttpContext context, string collection, CatalogueSource source) =>
            OptionsAsync(context, collection, source, isItem: true));
    }

    private static Operation Describe(string id, string summary, string? mediaType) => new()
    {
        Id = id,
        Tag = "editing",
        Summary = summary,
        Parameters =
        [
            OperationParameter.Path("collection", "The id of a collection."),
            .. id == "createFeature" ? Array.Empty<OperationParameter>() : [OperationParameter.Path("id", "The id of a feature.")],
            .. id == "createFeature" ? Array.Empty<OperationParameter>() : [OperationParameter.Header(HeaderNames.IfMatch, "Entity tags of the feature as the editor has seen it.")],
            .. mediaType is null ? Array.Empty<OperationParameter>() :
            [
                OperationParameter.Header(EditBody.ContentCrs, "The reference system of coordinates, as <URI>; CRS84 without it."),
                OperationParameter.Header("Prefer", "return=representation: the answer is the feature."),
            ],
            OperationParameter.Lang,
        ],
        Body = mediaType is null ? null : new OperationBody(mediaType, "FeatureDraft", Example),
        MediaTypes = [MediaTypes.GeoJson, MediaTypes.Json],
        Schema = "Feature",
        Problems = [403, 404, 409, 412, 413, 415, 422],
    };

    /// <summary>What this caller may do here (OGC API - Features Part 4, OPTIONS).</summary>
    private static async Task OptionsAsync(HttpContext context, string collection, CatalogueSource source, bool isItem)
    {
        if (await source.FindAsync(collection, context.RequestAborted) is not { } found)
        {
            await CollectionLookup.Unknown(collection).ExecuteAsync(context);
            return;
        }

        List<string> methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Options];
        var headers = context.Response.Headers;
        if (context.Caller().Role >= Role.Editor && !isItem && found.Editing == EditScope.All)
        {
            methods.Add(HttpMethods.Post);
            headers["Accept-Post"] = string.Join(", ", EditBody.Features);
        }
        else if (context.Caller().Role >= Role.Editor && isItem && found.Editing >= EditScope.Existing)
        {
            methods.AddRange([HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete]);
            headers["Accept-Patch"] = string.Join(", ", EditBody.Patches);
        }

        headers.Allow = string.Join(", ", methods);
        context.Response.ContentLength = 0;
    }

    private static Task CreateAsync(
        HttpContext context, string collection, CatalogueSource catalogue, FeatureEditor editor, FeatureReader reader, ServiceSettings settings) =>
        WriteAsync(context, collection, "", EditKind.Create, catalogue, editor, reader, settings);

    private static Task ReplaceAsync(
        HttpContext context, string collection, string id, CatalogueSource catalogue, FeatureEditor editor, FeatureReader reader, ServiceSettings settings) =>
        WriteAsync(context, collection, id, EditKind.Replace, catalogue, editor, reader, settings);

    private static Task UpdateAsync(
        HttpContext context, string collection, string id, CatalogueSource catalogue, FeatureEditor editor, FeatureReader reader, ServiceSettings settings) =>
        WriteAsync(context, collection, id, EditKind.Update, catalogue, editor, reader, settings);

    private static async Task DeleteAsync(HttpContext context, string collection, string id, CatalogueSource catalogue, FeatureEditor editor)
    {
        if (await BeginAsync(context, collection, id, isNew: false, catalogue) is not { } request)
        {
            return;
        }

        var outcome = await editor.DeleteAsync(request, context.RequestAborted);
        if (outcome is EditOutcome.Done)
        {
            await ShowAsync(catalogue);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await EditAnswer.ProblemOf(outcome, request, body: null).ExecuteAsync(context);
    }

    private static async Task WriteAsync(
        HttpContext context,
        string collection,
        string id,
        EditKind kind,
        CatalogueSource catalogue,
        FeatureEditor editor,
        FeatureReader reader,
        ServiceSettings settings)
    {
        if (await BeginAsync(context, collection, id, isNew: kind == EditKind.Create, catalogue) is not { } request)
        {
            return;
        }

        // Part 4 asks for 400 where nothing is said of the format.
        var formats = kind == EditKind.Update ? EditBody.Patches : EditBody.Features;
        var (bytes, refusal) = await BoundedBody.TakeAsync(context.Request, formats, settings.FeatureBytes, StatusCodes.Status400BadRequest);
        var faults = new List<RequestFault>();
        if (refusal is not null || EditBody.ReadSystem(context.Request, faults) is not { } system)
        {
            await (refusal ?? Problem.BadRequest(faults)).ExecuteAsync(context);
            return;
        }

        var body = new FeatureBody(request.Collection.VisibleTo(request.Role), system, kind, id);
        if (body.Read(bytes) is not { } draft)
        {
            await Problem.BadRequest(body.Faults).ExecuteAsync(context);
            return;
        }

        var stop = context.RequestAborted;
        var outcome = kind switch
        {
            EditKind.Create => await editor.CreateAsync(request, draft, stop),
            EditKind.Replace => await editor.ReplaceAsync(request, draft, stop),
            _ => await editor.UpdateAsync(request, draft, stop),
        };
        if (outcome is EditOutcome.Done done)
        {
            await ShowAsync(catalogue);
            await EditAnswer.WriteAsync(context, request.Collection, system, done.Id, kind, reader);
            return;
        }

        await EditAnswer.ProblemOf(outcome, request, body).ExecuteAsync(context);
    }

    /// <summary>Who edits what; null once the request has been answered.</summary>
    private static async Task<EditRequest?> BeginAsync(HttpContext context, string collection, string id, bool isNew, CatalogueSource catalogue)
    {
        var caller = context.Caller();

        // A layer that another process has just imported: what is written to it must be read from it.
        if ((await catalogue.RefreshAsync(context.RequestAborted)).Find(collection) is not { } found)
        {
            await CollectionLookup.Unknown(collection).ExecuteAsync(context);
            return null;
        }

        if (caller.Role < Role.Editor)
        {
            await EditAnswer.Forbidden(caller).ExecuteAsync(context);
            return null;
        }

        if (found.Editing < (isNew ? EditScope.All : EditScope.Existing))
        {
            context.Response.Headers.Allow = $"{HttpMethods.Get}, {HttpMethods.Head}, {HttpMethods.Options}";
            await new Problem(StatusCodes.Status405MethodNotAllowed).ExecuteAsync(context);
            return null;
        }

        var faults = new List<RequestFault>();
        var seen = EntityTags.Seen(context.Request, faults);
        if (faults.Count > 0)
        {
            await Problem.BadRequest(faults).ExecuteAsync(context);
            return null;
        }

        if (!isNew && EntityTagHeaderValue.TryParseList(context.Request.Headers.IfNoneMatch, out var none) && none.Contains(EntityTagHeaderValue.Any))
        {
            // Only if it is not there, which no way of changing it can fulfil.
            await new Problem(StatusCodes.Status412PreconditionFailed).ExecuteAsync(context);
            return null;
        }

        return new EditRequest(found, caller.Role, caller.Name ?? caller.Role.ToString(), Channel, id) { Seen = isNew ? null : seen };
    }

    /// <summary>Who has edited sees it at once: no page that he had is the same any more.</summary>
    private static Task<Catalogue> ShowAsync(CatalogueSource catalogue) => catalogue.RefreshAsync(CancellationToken.None);
}
