using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Http;

namespace GeoOffer.Server.Pages;

/// <summary>A page for people, in the language of its request. It needs no script.</summary>
internal sealed class Page
{
    // The page is UTF-8: only what HTML gives a meaning needs another spelling.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _body = new();
    private readonly HttpContext _context;
    private readonly string _title;

    /// <summary>Begins a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="title">What it is about.</param>
    /// <param name="above">The pages above it, from the root: address and title.</param>
    public Page(HttpContext context, string title, params IEnumerable<(string Address, string Title)> above)
    {
        (_context, _title) = (context, title);
        _body.Append("<nav>");
        foreach (var (address, name) in above)
        {
            _body.Append("<a href=\"").Append(Text(address)).Append("\">").Append(Text(name)).Append("</a> › ");
        }

        _body.Append("</nav><h1>").Append(Text(title)).Append("</h1>");
    }

    /// <summary>The language of the page.</summary>
    public Language Language => RequestLanguage.Of(_context.Request);

    /// <summary>A text as HTML writes it.</summary>
    public static string Text(string text) => Encoder.Encode(text);

    /// <summary>One of two texts, by the language.</summary>
    public string Say(string it, string en) => Language == Language.It ? it : en;

    /// <summary>A paragraph.</summary>
    public Page Paragraph(string text) => Raw($"<p>{Text(text)}</p>");

    /// <summary>A heading.</summary>
    public Page Heading(string text) => Raw($"<h2>{Text(text)}</h2>");

    /// <summary>A list of links, each with a word on it.</summary>
    public Page Links(params IEnumerable<(string Address, string Title, string? Note)> links) => Raw(
        $"<ul>{string.Concat(links.Select(link => $"<li><a href=\"{Text(link.Address)}\">{Text(link.Title)}</a>{(link.Note is null ? "" : $" {Text(link.Note)}")}</li>"))}</ul>");

    /// <summary>A table.</summary>
    /// <param name="headings">The heads of its columns.</param>
    /// <param name="rows">Its rows; the cells are HTML.</param>
    public Page Table(IEnumerable<string> headings, IEnumerable<IEnumerable<string>> rows)
    {
        _body.Append("<div class=\"wide\"><table><thead><tr>").AppendJoin("", headings.Select(heading => $"<th>{Text(heading)}</th>")).Append("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            _body.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{cell}</td>")).Append("</tr>");
        }

        _body.Append("</tbody></table></div>");
        return this;
    }

    /// <summary>HTML as it is.</summary>
    public Page Raw(string html)
    {
        _body.Append(html);
        return this;
    }

    /// <summary>Answers with the page.</summary>
    public async Task SendAsync()
    {
        var bytes = Encoding.UTF8.GetBytes(Render());
        if (EntityTags.IsKnown(_context, EntityTags.Of(bytes, MediaTypes.Html)))
        {
            return;
        }

        var response = _context.Response;
        (response.ContentType, response.ContentLength) = (MediaTypes.Html, bytes.Length);
        if (!HttpMethods.IsHead(_context.Request.Method))
        {
            await response.Body.WriteAsync(bytes, _context.RequestAborted);
        }
    }

    private string Render()
    {
        var query = _context.Checked().Query.Parameters;
        string Here(string name, string value) =>
            Text(RequestQuery.ToText(query.Where(parameter => parameter.Key != name).Append(new(name, value))));

        var (code, other) = Language == Language.It ? ("en", "English") : ("it", "Italiano");
        return $$"""
            <!doctype html>
            <html lang="{{Language.Code()}}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{Text(_title)}} – GeoOffer</title>
            <style>
            body{font:1rem/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}
            .wide{overflow-x:auto}table{border-collapse:collapse}td,th{border-bottom:1px solid #ccc;padding:.2rem .6rem;text-align:left;vertical-align:top}
            svg{width:100%;max-height:28rem;background:#f4f6f4}svg path,svg circle{fill:#2a6f4e66;stroke:#2a6f4e;vector-effect:non-scaling-stroke}svg .line{fill:none}
            </style>
            </head>
            <body>
            {{_body}}
            <hr><p><a href="{{Here("lang", code)}}" hreflang="{{code}}">{{other}}</a> · <a href="{{Here("f", "json")}}">JSON</a></p>
            </body>
            </html>
            """;
    }
}
