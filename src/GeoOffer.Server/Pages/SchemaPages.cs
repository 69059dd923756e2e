using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using GeoOffer.Server.Features;
using GeoOffer.Server.Http;

namespace GeoOffer.Server.Pages;

/// <summary>What features have and what may be asked of them, as pages for people.</summary>
internal static class SchemaPages
{
    private const int MostCodes = 40;

    /// <summary>The functions of filters.</summary>
    public static Task FunctionsAsync(HttpContext context)
    {
        var page = new Page(context, Say(context, "Le funzioni dei filtri", "The functions of filters"), FeaturePages.Root(context));
        return page
            .Paragraph(page.Say(
                "Si usano nel parametro filter, in CQL2; lunghezze e aree sono sull'ellissoide. Per esempio, a meno di 20 km da un punto (longitudine, latitudine):",
                "They are used in the parameter filter, in CQL2; lengths and areas are on the ellipsoid. For example, within 20 km of a point (longitude, latitude):"))
            .Raw("<p><code>filter=distance(geometry,POINT(9 45.5)) &lt; 20000</code></p>")
            .Table(
                [page.Say("funzione", "function"), page.Say("dà", "gives"), page.Say("che cosa fa", "what it does")],
                FilterFunctions.All.Select(function => (string[])
                    [$"<code>{Page.Text(function.ToString())}</code>", Page.Text(TypeOf(page, function.Result)), Page.Text(function.Description.For(page.Language))]))
            .SendAsync();
    }

    /// <summary>A schema of a collection.</summary>
    /// <param name="context">The request.</param>
    /// <param name="collection">The collection as the caller knows it.</param>
    /// <param name="use">What the schema is for.</param>
    public static Task SchemaAsync(HttpContext context, Collection collection, SchemaUse use)
    {
        var language = RequestLanguage.Of(context.Request);
        var address = CollectionDocument.Address(context.Request, collection);
        var page = new Page(
            context,
            $"{collection.Title.For(language)}: {Title(context, use)}",
            FeaturePages.Root(context), FeaturePages.Collections(context), (address, collection.Title.For(language)));
        page.Paragraph(use switch
        {
            SchemaUse.Queryables => page.Say(
                "Le proprietà di cui un filtro può parlare: nome=valore nell'indirizzo, o una condizione CQL2 nel parametro filter.",
                "The properties that a filter may speak of: name=value in the address, or a condition in CQL2 in the parameter filter."),
            SchemaUse.Sortables => page.Say(
                "Le proprietà per cui gli elementi si possono ordinare, con il parametro sortby: nome, o -nome per l'ordine inverso.",
                "The properties that features may be put in order by, with the parameter sortby: a name, or -name for the reverse."),
            _ => page.Say("Le proprietà che gli elementi hanno.", "The properties that features have."),
        });
        var example = collection.Properties.FirstOrDefault(property => property.IsSortable && property.Name != collection.Key.Name)?.Name ?? collection.Key.Name;
        if (use == SchemaUse.Sortables)
        {
            page.Links(($"{address}/items?sortby=-{Uri.EscapeDataString(example)}", $"sortby=-{example}", page.Say("per esempio", "for example")));
        }

        var rows = SchemaDocument.PropertiesOf(collection, use).Select(property => (string[])
        [
            $"<code>{Page.Text(property.Name)}</code>",
            Page.Text(property.Title.For(language)),
            Page.Text(TypeOf(page, property)),
            Page.Text(RowText.Unit(property.Unit) ?? ""),
            Codes(property, language),
        ]);
        if (use != SchemaUse.Sortables && collection.Geometry is { } geometry)
        {
            rows = rows.Append([$"<code>{Page.Text(geometry.Name)}</code>", page.Say("geometria", "geometry"), Page.Text(TypeOf(page, geometry.Types)), "", ""]);
        }

        return page
            .Table([page.Say("nome", "name"), page.Say("titolo", "title"), page.Say("tipo", "type"), page.Say("unità", "unit"), page.Say("valori", "values")], rows)
            .SendAsync();
    }

    /// <summary>What a schema is called.</summary>
    public static string Title(HttpContext context, SchemaUse use) => use switch
    {
        SchemaUse.Queryables => Say(context, "proprietà per i filtri", "properties for filters"),
        SchemaUse.Sortables => Say(context, "proprietà per l'ordine", "properties for the order"),
        _ => Say(context, "schema", "schema"),
    };

    private static string Codes(Property property, Language language)
    {
        if (property.CodeList is not { } list)
        {
            return "";
        }

        var codes = string.Join("<br>", list.Entries.Take(MostCodes).Select(entry => $"<code>{Page.Text(entry.Code)}</code> {Page.Text(entry.Title.For(language))}"));
        return list.Entries.Length > MostCodes ? codes + "<br>…" : codes;
    }

    private static string TypeOf(Page page, Property property) => property.Type switch
    {
        PropertyType.Text => page.Say("testo", "text"),
        PropertyType.Integer => page.Say("numero intero", "whole number"),
        PropertyType.Number => property.Unit == "1" ? page.Say("quota, da 0 a 1", "share, from 0 to 1") : page.Say("numero", "number"),
        PropertyType.Boolean => page.Say("vero o falso", "true or false"),
        PropertyType.Date => page.Say("data", "date"),
        PropertyType.Timestamp => page.Say("istante", "instant"),
        PropertyType.TextArray => page.Say("elenco di testi", "list of texts"),
        _ => throw new ArgumentOutOfRangeException(nameof(property)),
    };

    private static string TypeOf(Page page, FunctionType type) => type switch
    {
        FunctionType.Text => page.Say("testo", "text"),
        FunctionType.Number => page.Say("numero", "number"),
        FunctionType.Integer => page.Say("numero intero", "whole number"),
        FunctionType.Instant => page.Say("data o istante", "date or instant"),
        FunctionType.Geometry => page.Say("geometria", "geometry"),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    private static string TypeOf(Page page, GeometryTypes types) => types == GeometryTypes.Any ? page.Say("di ogni tipo", "of any type") : types.ToString();

    private static string Say(HttpContext context, string it, string en) => RequestLanguage.Of(context.Request) == Language.It ? it : en;
}
