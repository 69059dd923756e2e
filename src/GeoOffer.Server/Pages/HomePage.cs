using System.Text;
using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Description;
using GeoOffer.Server.Hosting;
using GeoOffer.Server.Http;

namespace GeoOffer.Server.Pages;

/// <summary>The page at the root: what is there and how to ask for it. It needs neither scripts nor the database.</summary>
internal static class HomePage
{
    private const string Example = "/api/match?area_ha=40&function=industrial&near=rail:5000";

    public static void MapHomePage(this IEndpointRouteBuilder routes) => routes.MapRead("/", AnswerAsync, new Operation
    {
        Id = "getHomePage",
        Tag = "operations",
        Summary = "A page for people that links what is there.",
        Parameters = [OperationParameter.Lang],
        MediaTypes = [MediaTypes.Html],
    });

    private static async Task AnswerAsync(HttpContext context, ServiceSettings settings)
    {
        var language = RequestLanguage.Of(context.Request);
        var page = Encoding.UTF8.GetBytes(Render(language, settings, context.Request.PathBase.ToUriComponent()));
        var response = context.Response;
        response.ContentType = MediaTypes.Html;
        response.ContentLength = page.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(page, context.RequestAborted);
        }
    }

    private static string Render(Language language, ServiceSettings settings, string pathBase)
    {
        string Say(string it, string en) => language == Language.It ? it : en;
        string Row(string path, string it, string en) =>
            $"<li><a href=\"{Page.Text(pathBase + path)}\">{Page.Text(path)}</a> {Page.Text(Say(it, en))}</li>";

        var other = language == Language.It ? ("en", "English") : ("it", "Italiano");
        return $$"""
            <!doctype html>
            <html lang="{{language.Code()}}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>GeoOffer</title>
            <style>body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}code{overflow-wrap:anywhere}</style>
            </head>
            <body>
            <h1>GeoOffer – {{Page.Text(Say(settings.Region.NameIt, settings.Region.NameEn))}}</h1>
            <p>{{Page.Text(Say(
                "Le opportunità insediative della regione, confrontate con ciò che un investitore cerca.",
                "The settlement opportunities of the region, matched with what an investor asks for."))}}</p>
            <h2>{{Page.Text(Say("Un esempio", "An example"))}}</h2>
            <p>{{Page.Text(Say(
                "Circa 40 ettari, industriale, entro 5 km dalla ferrovia:", "About 40 hectares, industrial, within 5 km of rail:"))}}<br>
            <a href="{{Page.Text(pathBase + Example)}}"><code>{{Page.Text(Example)}}</code></a></p>
            <h2>{{Page.Text(Say("Che cosa c'è", "What is there"))}}</h2>
            <ul>
            {{Row("/api/briefs", "le richieste del decreto", "the requirements of the decree")}}
            {{Row("/api/vocabulary", "i nomi che una richiesta può usare", "the names that a requirement may use")}}
            {{Row("/ogc", "OGC API - Features, per QGIS e altri GIS", "OGC API - Features, for QGIS and other GIS")}}
            {{Row("/ogc/collections", "tutte le collezioni", "all collections")}}
            {{Row("/api/openapi.json", "descrizione per i programmi (OpenAPI 3.0)", "description for programs (OpenAPI 3.0)")}}
            {{Row("/health/ready", "stato del servizio", "state of the service")}}
            </ul>
            <p><a href="?lang={{other.Item1}}" hreflang="{{other.Item1}}">{{other.Item2}}</a></p>
            </body>
            </html>
            """;
    }
}
