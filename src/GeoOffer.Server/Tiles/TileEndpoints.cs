using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GeoOffer.PostGis.Tiles;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Paging;
using GeoOffer.Server.Description;
using GeoOffer.Server.Features;
using GeoOffer.Server.Http;
using GeoOffer.Server.Pages;
using GeoOffer.Server.Problems;
using GeoOffer.Server.Security;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Tiles;

namespace GeoOffer.Server.Tiles;

/// <summary>The routes of OGC API - Tiles.</summary>
internal static class TileEndpoints
{
    /// <summary>The media type of vector tiles.</summary>
    public const string Mvt = "application/vnd.mapbox-vector-tile";

    /// <summary>The media type of TileJSON.</summary>
    public const string TileJson = "application/vnd.mapbox.tile+json";

    private const string Tag = "tiles";
    private const string FormatName = "f";

    private static readonly OperationParameter CollectionPath = OperationParameter.Path("collection", "The id of a collection.");

    private static readonly OperationParameter TileMatrixSetPath =
        new("tileMatrixSet", "The id of a tile matrix set.", _ => JsonSchema.OneOf(TileMatrixSetDocument.Id)) { InPath = true };

    /// <summary>The names of parameters of a tile that are no properties.</summary>
    private static readonly ImmutableArray<string> TileNames =
    [
        FeatureParameters.FilterName, FeatureParameters.FilterLanguage, FeatureParameters.FilterCrs, FeatureParameters.Properties, FormatName,
        RequestLanguage.Parameter,
    ];

    public static void MapTiles(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/ogc/tileMatrixSets", ListMatrixSetsAsync, new Operation
        {
            Id = "getTileMatrixSets",
            Tag = Tag,
            Summary = "The tile matrix sets that tiles are cut by.",
            Parameters = [OperationParameter.Format, OperationParameter.Lang],
            Schema = "TileMatrixSets",
        });
        routes.MapRead("/ogc/tileMatrixSets/{tileMatrixSet}", MatrixSetAsync, new Operation
        {
            Id = "getTileMatrixSet",
            Tag = Tag,
            Summary = "One tile matrix set.",
            Parameters = [TileMatrixSetPath, OperationParameter.Format, OperationParameter.Lang],
            Schema = "TileMatrixSet",
            Problems = [404],
        });
        routes.MapRead("/ogc/collections/{collection}/tiles", ListAsync, new Operation
        {
            Id = "getTileSets",
            Tag = Tag,
            Summary = "The vector tiles of a collection.",
            Parameters = [CollectionPath, OperationParameter.Format, OperationParameter.Lang],
            MediaTypes = [MediaTypes.Json, MediaTypes.Html],
            Schema = "TileSets",
            Problems = [404],
        });
        routes.MapRead("/ogc/collections/{collection}/tiles/{tileMatrixSet}", TileSetAsync, new Operation
        {
            Id = "getTileSet",
            Tag = Tag,
            Summary = "What the vector tiles of a collection have, and where they are.",
            Parameters = [CollectionPath, TileMatrixSetPath, Format("json", "tilejson", "html"), OperationParameter.Lang],
            MediaTypes = [MediaTypes.Json, TileJson, MediaTypes.Html],
            Schema = "TileSet",
            Problems = [404],
        });
        routes.MapRead("/ogc/collections/{collection}/tiles/{tileMatrixSet}/{tileMatrix}/{tileRow}/{tileCol}", TileAsync, TileOperation);
    }

    private static Operation TileOperation => new()
    {
        Id = "getTile",
        Tag = Tag,
        Summary = "A vector tile.",
        Description = "One layer, named like the collection. Without features the answer is 204. Tiles that would become too large are thinned: "
            + $"small features become one, with the id of the first of them and their number as {TileLayer.CountName}. Every public property is a "
            + "parameter too: property=value keeps the features whose property equals the value or, for a list, has it as a member.",
        Parameters =
        [
            CollectionPath,
            TileMatrixSetPath,
            OperationParameter.Path("tileMatrix", "The zoom."),
            OperationParameter.Path("tileRow", "The row, from 0 in the north."),
            OperationParameter.Path("tileCol", "The column, from 0 in the west."),
            new(FeatureParameters.FilterName, "Condition in CQL2, such as: measured_area_ha >= 40 AND kind = 'brownfield'.", _ => JsonSchema.Text()),
            new(FeatureParameters.FilterLanguage, "The language of the filter.", _ => JsonSchema.OneOf("cql2-text")),
            new(FeatureParameters.FilterCrs, "The reference system of geometries in the filter, in its axis order; CRS84 without it.", _ => JsonSchema.Text()),
            new(FeatureParameters.Properties, $"The properties beside the id; without it all from zoom {TileProperties.AllFromZoom} on, and a few before.",
                _ => JsonSchema.ArrayOf(JsonSchema.Text())) { CommaSeparated = true },
            Format("mvt"),
            OperationParameter.Lang,
        ],
        MediaTypes = [Mvt],
        Problems = [404],
        ChecksQuery = true,
    };

    private static OperationParameter Format(params string[] names) =>
        new(FormatName, "The format of the answer; otherwise Accept decides.", _ => JsonSchema.OneOf(names));

    private static Task ListMatrixSetsAsync(HttpContext context) =>
        JsonBody.WriteTaggedAsync(context, MediaTypes.Json, json => TileMatrixSetDocument.WriteList(json, context.Request));

    private static Task MatrixSetAsync(HttpContext context, string tileMatrixSet) => tileMatrixSet == TileMatrixSetDocument.Id
        ? JsonBody.WriteTaggedAsync(context, MediaTypes.Json, TileMatrixSetDocument.Write)
        : UnknownMatrixSet.ExecuteAsync(context);

    private static async Task ListAsync(HttpContext context, string collection, CatalogueSource source)
    {
        if (await FindAsync(context, collection, TileMatrixSetDocument.Id, source) is not var (found, _))
        {
            return;
        }

        if (context.Checked().MediaType == MediaTypes.Html)
        {
            await TilePages.ListAsync(context, found);
        }
        else
        {
            await JsonBody.WriteTaggedAsync(context, MediaTypes.Json, json => TileSetDocument.WriteList(json, context.Request, found));
        }
    }

    private static async Task TileSetAsync(HttpContext context, string collection, string tileMatrixSet, CatalogueSource source)
    {
        if (await FindAsync(context, collection, tileMatrixSet, source) is not var (found, zooms))
        {
            return;
        }

        var name = context.Checked().Query.First(FormatName);
        if (name is not (null or "json" or "tilejson" or "html"))
        {
            await Problem.BadRequest(RequestFault.InParameter(FormatName, "json or tilejson or html", name)).ExecuteAsync(context);
            return;
        }

        var visible = found.VisibleTo(context.Caller().Role);
        var mediaType = name switch { null => context.Checked().MediaType, "tilejson" => TileJson, "html" => MediaTypes.Html, _ => MediaTypes.Json };
        if (mediaType == MediaTypes.Html)
        {
            await TilePages.TileSetAsync(context, visible, zooms);
            return;
        }

        Action<Utf8JsonWriter, HttpRequest, Collection, TileZooms> write = mediaType == TileJson ? TileJsonDocument.Write : TileSetDocument.Write;
        await JsonBody.WriteTaggedAsync(context, mediaType, json => write(json, context.Request, visible, zooms));
    }

    private static async Task TileAsync(
        HttpContext context, string collection, string tileMatrixSet, string tileMatrix, string tileRow, string tileCol, CatalogueSource source, TileSource tiles)
    {
        var stop = context.RequestAborted;
        if (await FindAsync(context, collection, tileMatrixSet, source) is not var (found, zooms))
        {
            return;
        }

        if (ReadAddress(tileMatrix, tileRow, tileCol, zooms) is not { } address)
        {
            await Problem.NotFound(
                $"Non esiste questa tessera; gli zoom vanno da {zooms.Least} a {zooms.Greatest}.",
                $"There is no such tile; zooms are {zooms.Least} to {zooms.Greatest}.").ExecuteAsync(context);
            return;
        }

        var faults = new List<RequestFault>();
        if (ReadFeatures(context, found, faults) is not { } features)
        {
            await Problem.BadRequest(faults).ExecuteAsync(context);
            return;
        }

        var version = await source.DataVersionAsync(stop);
        var coding = ContentCoding.Choose(context);
        if (EntityTags.IsKnown(context, EntityTags.Weak(context, version, context.Caller().Role)))
        {
            return;
        }

        var selectsProperties = context.Checked().Query.First(FeatureParameters.Properties) is not null;
        var tile = await tiles.GetAsync(new TileQuery(address, features, selectsProperties), version, stop);
        await SendAsync(context, tile, coding);
    }

    private static async Task SendAsync(HttpContext context, Tile tile, string? coding)
    {
        var response = context.Response;
        if (tile.Content.IsEmpty)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (coding is not null)
        {
            response.Headers.ContentEncoding = coding;
        }

        var body = tile.In(coding switch { ContentCoding.Brotli => TileCoding.Brotli, ContentCoding.Gzip => TileCoding.Gzip, _ => TileCoding.None });
        response.ContentType = Mvt;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    /// <summary>The collection and its zooms; null where the answer is 404, and was given.</summary>
    private static async Task<(Collection Collection, TileZooms Zooms)?> FindAsync(HttpContext context, string collection, string tileMatrixSet, CatalogueSource source)
    {
        if (await source.FindAsync(collection, context.RequestAborted) is not { } found)
        {
            await CollectionLookup.Unknown(collection).ExecuteAsync(context);
            return null;
        }

        if (TileZooms.Of(found) is not { } zooms)
        {
            await Problem.NotFound("La collezione non ha geometrie.", "The collection has no geometries.").ExecuteAsync(context);
            return null;
        }

        if (tileMatrixSet != TileMatrixSetDocument.Id)
        {
            await UnknownMatrixSet.ExecuteAsync(context);
            return null;
        }

        return (found, zooms);
    }

    private static FeatureQuery? ReadFeatures(HttpContext context, Collection collection, List<RequestFault> faults)
    {
        var query = context.Checked().Query;
        faults.AddRange(query.Faults);
        RequestLanguage.Check(query, faults);
        if (query.Single(FormatName, faults) is { } format and not "mvt")
        {
            faults.Add(RequestFault.InParameter(FormatName, "mvt", format));
        }

        var features = FeatureParameters.Read(query, collection, context.Caller().Role, FeatureRequest.Unlimited, TileNames, faults);
        return faults.Count == 0 ? features : null;
    }

    private static TileAddress? ReadAddress(string matrix, string row, string column, TileZooms zooms) =>
        Read(matrix) is { } zoom && Read(row) is { } y && Read(column) is { } x
        && zooms.Contains(zoom) && new TileAddress(zoom, x, y) is { Exists: true } address
            ? address
            : null;

    private static int? Read(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Problem UnknownMatrixSet => Problem.NotFound(
        $"Non esiste questo insieme di matrici; c'è {TileMatrixSetDocument.Id}.", $"There is no such tile matrix set; there is {TileMatrixSetDocument.Id}.");
}
