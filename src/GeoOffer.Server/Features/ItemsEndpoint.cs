using System.Text.Json;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Paging;
using GeoOffer.Server.Formats;
using GeoOffer.Server.Hosting;
using GeoOffer.Server.Http;
using GeoOffer.Server.Pages;
using GeoOffer.Server.Problems;
using GeoOffer.Server.Security;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Exporting;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Server.Features;

/// <summary>Features of a collection, page by page, and one by one.</summary>
internal static class ItemsEndpoint
{
    // A page for people is made in memory.
    private const int MostRowsOfHtml = 10_000;

    public const string ContentCrs = "Content-Crs";

    public static async Task ListAsync(
        HttpContext context, string collection, CatalogueSource catalogue, FeatureReader reader, Exporter exporter, CursorCodecSource cursors, ServiceSettings settings)
    {
        var stop = context.RequestAborted;
        if (await catalogue.FindAsync(collection, stop) is not { } found)
        {
            await CollectionLookup.Unknown(collection).ExecuteAsync(context);
            return;
        }

        var codec = await cursors.GetAsync(stop);
        var faults = new List<RequestFault>();
        var form = FeatureForms.Read(context, faults);
        if (ItemsRequest.Read(context.Checked().Query, found, context.Caller().Role, codec, faults)?.As(form) is not { } page)
        {
            await Problem.BadRequest(faults).ExecuteAsync(context);
            return;
        }

        var mediaType = context.Checked().MediaType;
        if (page.IsCount && !mediaType.EndsWith("json", StringComparison.Ordinal))
        {
            await Problem.BadRequest(RequestFault.InParameter(FeatureParameters.Limit, $"a limit from 1: only {MediaTypes.GeoJson} tells the number of features alone", "0"))
                .ExecuteAsync(context);
            return;
        }

        context.Response.Headers[ContentCrs] = $"<{page.System.Uri}>";
        var state = await catalogue.DataVersionAsync(stop);

        // A page for people has the tag of its own bytes.
        if (mediaType != MediaTypes.Html && EntityTags.IsKnown(context, EntityTags.Weak(context, state, context.Caller().Role, form)))
        {
            return;
        }

        if (page.IsCount)
        {
            await WriteCountAsync(context, page, await reader.CountAsync(page.Query, stop));
            return;
        }

        if (ItemsFile.Formats.FirstOrDefault(format => format.MediaType == context.Checked().MediaType) is { } file)
        {
            await ItemsFile.WriteAsync(
                context, page, file, reader, exporter,
                end => ItemsLinks.Announce(context, ItemsLinks.OfPage(context, found, form, end is null ? null : codec.Encode(end, page.Query.Scope))));
            return;
        }

        var isHtml = context.Checked().MediaType == MediaTypes.Html;
        page = isHtml ? page with { Query = page.Query.WithLimit(Math.Min(page.Query.Limit, MostRowsOfHtml)) } : page;
        await using var rows = await reader.OpenAsync(page.Query, stop);
        if (isHtml)
        {
            await FeaturePages.ItemsAsync(context, page, rows, position => ItemsLinks.NextAddress(context, page.Query.Collection, codec.Encode(position, page.Query.Scope)));
            return;
        }

        context.Response.ContentType = context.Checked().MediaType;
        await ContentCoding.WriteAsync(context, body => WritePageAsync(context, body, page, rows, codec, settings.PageBytes));
    }

    public static async Task SingleAsync(HttpContext context, string collection, string id, CatalogueSource catalogue, FeatureReader reader)
    {
        var stop = context.RequestAborted;
        if (await catalogue.FindAsync(collection, stop) is not { } found)
        {
            await CollectionLookup.Unknown(collection).ExecuteAsync(context);
            return;
        }

        var faults = new List<RequestFault>();
        var system = FeatureParameters.ReadSystem(context.Checked().Query, FeatureParameters.Crs, faults) ?? CoordinateSystems.Crs84;
        var form = FeatureForms.Read(context, faults);
        if (faults.Count > 0)
        {
            await Problem.BadRequest(faults).ExecuteAsync(context);
            return;
        }

        await using var rows = await reader.OpenSingleAsync(found, context.Caller().Role, id, stop);
        if (!await rows.ReadAsync(stop))
        {
            await Problem.NotFound("La collezione non contiene questo elemento.", "The collection has no such item.").ExecuteAsync(context);
            return;
        }

        if (context.Checked().MediaType == MediaTypes.Html)
        {
            await FeaturePages.FeatureAsync(context, found, rows);
            return;
        }

        await WriteSingleAsync(context, found, form == FeatureForm.GeoJson2008 ? ItemsFile.EastNorth(system) : system, form, rows);
    }

    /// <summary>Answers with a feature and its entity tag; with the tag alone where the client does not want the rest.</summary>
    public static Task WriteSingleAsync(
        HttpContext context, Collection collection, ReferenceSystem system, FeatureForm form, RowCursor row, bool isWhole = true)
    {
        var links = ItemsLinks.OfFeature(context, collection, row.Key, form);
        if (isWhole)
        {
            context.Response.Headers[ContentCrs] = $"<{system.Uri}>";
            ItemsLinks.Announce(context, links);
        }

        return JsonBody.WriteFeatureAsync(
            context,
            context.Checked().MediaType,
            row.Revision,
            json =>
            {
                var feature = WriterOf(json, context, collection, system, form, shownProperties: null);
                feature.WriteOpenFeature(row);
                feature.WriteRootMembers(isCollection: false);
                json.WriteLinks(links);
                json.WriteEndObject();
            },
            isWhole);
    }

    private static IFeatureWriter WriterOf(
        Utf8JsonWriter json, HttpContext context, Collection collection, ReferenceSystem system, FeatureForm form, int? shownProperties) => form.IsJsonFg()
        ? new JsonFgWriter(json, collection, system, CollectionDocument.Address(context.Request, collection))
        {
            HasFallback = form == FeatureForm.JsonFgPlus,
            ShownProperties = shownProperties,
        }
        : new FeatureJsonWriter(json, system) { HasCrsMember = form == FeatureForm.GeoJson2008 };

    private static async Task WritePageAsync(HttpContext context, Stream body, ItemsPage page, RowCursor rows, CursorCodec codec, long mostBytes)
    {
        var stop = context.RequestAborted;
        var query = page.Query;
        await using var stream = new JsonStream(body);
        var json = stream.Json;
        json.WriteStartObject();
        json.WriteString("type"u8, "FeatureCollection"u8);
        var features = WriterOf(json, context, query.Collection, page.System, page.Form, page.ShownProperties);
        features.WriteRootMembers(isCollection: true);
        json.WriteStartArray("features"u8);
        var returned = 0;
        Cursor? end = null;
        var hasMore = await rows.ReadAsync(stop);
        while (hasMore && end is null)
        {
            features.WriteOpenFeature(rows);
            json.WriteEndObject();
            returned++;
            // A page of dense polygons ends before its limit.
            end = returned == query.Limit || stream.Length >= mostBytes ? rows.Position(query) : null;
            hasMore = await rows.ReadAsync(stop);
            await stream.BreatheAsync(stop);
        }

        json.WriteEndArray();
        var isWhole = !hasMore && query.After is null && (query.Offset == 0 || returned > 0);
        if (isWhole)
        {
            json.WriteNumber("numberMatched"u8, query.Offset + returned);
        }

        json.WriteNumber("numberReturned"u8, returned);
        json.WriteString("timeStamp"u8, DateTime.UtcNow);
        var links = ItemsLinks.OfPage(context, query.Collection, page.Form, hasMore && end is not null ? codec.Encode(end, query.Scope) : null);
        json.WriteLinks(links);
        json.WriteEndObject();
        if (!stream.HasLeft)
        {
            ItemsLinks.Announce(context, links);
        }

        await stream.CompleteAsync(stop);
    }

    private static Task WriteCountAsync(HttpContext context, ItemsPage page, long count) =>
        JsonBody.WriteAsync(context, context.Checked().MediaType, json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "FeatureCollection"u8);
            WriterOf(json, context, page.Query.Collection, page.System, page.Form, page.ShownProperties).WriteRootMembers(isCollection: true);
            json.WriteStartArray("features"u8);
            json.WriteEndArray();
            json.WriteNumber("numberMatched"u8, count);
            json.WriteNumber("numberReturned"u8, 0);
            json.WriteString("timeStamp"u8, DateTime.UtcNow);
            json.WriteLinks(ItemsLinks.OfPage(context, page.Query.Collection, page.Form, next: null));
            json.WriteEndObject();
        });
}
