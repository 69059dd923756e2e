using System.Collections.Immutable;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Paging;
using GeoOffer.Server.Http;
using GeoOffer.Storage.Exporting;
using GeoOffer.Storage.Reading;
using Microsoft.Net.Http.Headers;

namespace GeoOffer.Server.Features;

/// <summary>A page of features as a file. Files are x east, y north, and so is the reference system that they are said to be in.</summary>
internal static class ItemsFile
{
    /// <summary>The formats beside GeoJSON.</summary>
    public static ImmutableArray<ExportFormat> Formats { get; } =
        [ExportFormat.GeoJsonSeq, ExportFormat.Csv, ExportFormat.FlatGeobuf, ExportFormat.GeoPackage];

    /// <summary>Writes it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="page">The page.</param>
    /// <param name="format">The format.</param>
    /// <param name="reader">Finds the end of the page where no body is wanted.</param>
    /// <param name="exporter">Writes the page.</param>
    /// <param name="announce">Puts the links into the header, given where the next page begins.</param>
    public static async Task WriteAsync(
        HttpContext context, ItemsPage page, ExportFormat format, FeatureReader reader, Exporter exporter, Action<Cursor?> announce)
    {
        var stop = context.RequestAborted;
        var response = context.Response;
        var system = EastNorth(page.System);
        response.Headers[ItemsEndpoint.ContentCrs] = $"<{system.Uri}>";
        response.ContentType = format.MediaType;
        response.Headers.ContentDisposition =
            new ContentDispositionHeaderValue("attachment") { FileName = page.Query.Collection.Id + format.Extension }.ToString();
        var request = new ExportRequest
        {
            Queries = [page.Query],
            Format = format,
            System = system,
            InOrder = true,
            Options = new ExportOptions { Language = RequestLanguage.Of(context.Request) },
        };
        await (format.IsText ? ContentCoding.WriteAsync(context, RunAsync) : RunAsync(response.Body));

        // Of HEAD too the headers tell how the body would be coded, and what follows.
        async Task RunAsync(Stream body)
        {
            if (HttpMethods.IsHead(context.Request.Method))
            {
                announce(await reader.EndAsync(page.Query, stop));
                return;
            }

            await exporter.RunPageAsync(request, body, announce, stop);
        }
    }

    /// <summary>The system of the same coordinates with x first.</summary>
    public static ReferenceSystem EastNorth(ReferenceSystem system) => system switch
    {
        { AxisOrder: AxisOrder.EastNorth } => system,
        { Srid: 4326 } => CoordinateSystems.Crs84,
        { Srid: 6707 } => CoordinateSystems.Get(7791),
        _ => throw new InvalidOperationException($"EPSG:{system.Srid} has no sibling with x first."),
    };
}
