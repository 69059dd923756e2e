using System.Globalization;
using GeoOffer.OData;
using GeoOffer.OData.Model;
using GeoOffer.OData.Reading;
using GeoOffer.Query.Paging;
using GeoOffer.Server.Features;
using GeoOffer.Server.Hosting;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;
using GeoOffer.Server.Security;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Server.OData;

/// <summary>What is read of the entity sets.</summary>
internal static class ODataEndpoint
{
    public static async Task AnswerAsync(
        HttpContext context, CatalogueSource catalogue, EntityModelSource models, FeatureReader reader, CursorCodecSource cursors, ServiceSettings settings)
    {
        var stop = context.RequestAborted;
        ODataExchange.Announce(context);
        var (role, path) = (context.Caller().Role, ODataAddress.PathOf(context));
        var model = models.Get(await catalogue.GetAsync(stop), role);
        if (!ResourceReader.Read(model, path).TryGet(out var resource, out var faults))
        {
            // A layer may have come since.
            model = models.Get(await catalogue.RefreshAsync(stop), role);
            if (!ResourceReader.Read(model, path).TryGet(out resource, out faults))
            {
                await ODataRequest.RefusedAsync(context, faults);
                return;
            }
        }

        await (resource switch
        {
            EntitiesResource entities => EntitiesAsync(context, model, entities, catalogue, reader, cursors, settings),
            CountResource count => CountAsync(context, model, count, catalogue, reader),
            EntityResource entity => SingleEntity.AnswerAsync(context, model, entity, reader),
            PropertyResource property => SingleProperty.AnswerAsync(context, property, model, reader),
            _ => throw new InvalidOperationException(resource.GetType().Name),
        });
    }

    private static async Task EntitiesAsync(
        HttpContext context, EntityModel model, EntitiesResource resource, CatalogueSource catalogue, FeatureReader reader, CursorCodecSource cursors, ServiceSettings settings)
    {
        var stop = context.RequestAborted;
        if (await ODataRequest.ReadAsync(context, QueryOptions.OfEntities, ODataContent.Json) is not { } request
            || await QueryAsync(context, model, resource.Set, request) is not { } query)
        {
            return;
        }

        var codec = await cursors.GetAsync(stop);
        if (await EntityPage.CreateAsync(context, query, request.Exchange, codec) is not { } page)
        {
            return;
        }

        var state = await catalogue.DataVersionAsync(stop);
        var exchange = request.Exchange;
        if (EntityTags.IsKnown(context, EntityTags.Weak(context, state, context.Caller().Role, exchange)))
        {
            return;
        }

        long? count = query.WantsCount ? await reader.CountAsync(page.Query, stop) : null;
        await using var rows = page.IsEmpty ? null : await reader.OpenAsync(page.Query, stop);
        context.Response.ContentType = exchange.Format.MediaType(exchange.Version);
        await ContentCoding.WriteAsync(context, body => EntityPageWriter.WriteAsync(context, body, page, rows, count, codec, settings.PageBytes));
    }

    private static async Task CountAsync(HttpContext context, EntityModel model, CountResource resource, CatalogueSource catalogue, FeatureReader reader)
    {
        var stop = context.RequestAborted;
        if (await ODataRequest.ReadAsync(context, QueryOptions.OfCount, ODataContent.Text) is not { } request
            || await QueryAsync(context, model, resource.Set, request) is not { } query
            || await CheckedAsync(context, query, limit: 1) is not { } features)
        {
            return;
        }

        var state = await catalogue.DataVersionAsync(stop);
        if (!EntityTags.IsKnown(context, EntityTags.Weak(context, state, context.Caller().Role, request.Exchange)))
        {
            var count = await reader.CountAsync(features, stop);
            await WriteTextAsync(context, request.Exchange, count.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Answers with a text.</summary>
    public static Task WriteTextAsync(HttpContext context, ODataExchange exchange, string text)
    {
        context.Response.ContentType = exchange.Format.MediaType(exchange.Version);
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    /// <summary>The query that fits its collection; null where it was refused.</summary>
    public static async Task<FeatureQuery?> CheckedAsync(HttpContext context, EntityQuery query, int limit)
    {
        if (FeatureQuery.Create(query.ToRequest(context.Caller().Role, limit)).TryGet(out var features, out var errors))
        {
            return features;
        }

        await Problem.BadRequest(ODataRequest.FaultsOf(errors)).ExecuteAsync(context);
        return null;
    }

    /// <summary>What is asked; null where it was refused.</summary>
    public static async Task<EntityQuery?> QueryAsync(HttpContext context, EntityModel model, EntitySet set, ODataRequest request)
    {
        var faults = new List<ODataFault>();
        var query = QueryReader.Read(model, set, request.Options, faults);
        return await ODataRequest.RefusedAsync(context, faults) ? null : query;
    }
}
