using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Http;

namespace GeoOffer.Server.Pages;

/// <summary>A page for people, in the language of its request. It needs no script.</summary>
internal sealed class Page
{
    // The description for programs has one language, and takes no parameters.
    private const string OfOneLanguage = "/ogc/api";

    // The page is UTF-8: only what HTML gives a meaning needs another spelling.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _body = new();
    private readonly HttpContext _context;
    private readonly string _title;
    private readonly List<Link> _formats = [];

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
            _body.Append("<a href=\"").Append(Text(Here(address))).Append("\">").Append(Text(name)).Append("</a> › ");
        }

        _body.Append("</nav><h1>").Append(Text(title)).Append("</h1>");
    }

    /// <summary>The language of the page.</summary>
    public Language Language => RequestLanguage.Of(_context.Request);

    /// <summary>A text as HTML writes it.</summary>
    public static string Text(string text) => Encoder.Encode(text);

    /// <summary>One of two texts, by the language.</summary>
    public string Say(string it, string en) => Language == Language.It ? it : en;

    /// <summary>An address of this service, in the language that the page was asked for in; other addresses as they are.</summary>
    public string Here(string address) =>
        _context.Checked().Query.First(RequestLanguage.Parameter) is { } code
        && address.StartsWith(BaseAddress.Of(_context.Request) + "/", StringComparison.Ordinal)
        && !address.EndsWith(OfOneLanguage, StringComparison.Ordinal)
        && !address.Contains($"{RequestLanguage.Parameter}=", StringComparison.Ordinal)
            ? $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{RequestLanguage.Parameter}={Uri.EscapeDataString(code)}"
            : address;

    /// <summary>Formats that the same is to be had in, told at the foot in place of JSON.</summary>
    public Page Formats(params IEnumerable<Link> formats)
    {
        _formats.AddRange(formats);
        return this;
    }

    /// <summary>A paragraph.</summary>
    public Page Paragraph(string text) => Raw($"<p>{Text(text)}</p>");

    /// <summary>A heading.</summary>
    public Page Heading(string text) => Raw($"<h2>{Text(text)}</h2>");

    /// <summary>A list of links, each with a word on it.</summary>
    public Page Links(params IEnumerable<(string Address, string Title, string? Note)> links) => Raw(
        $"<ul>{string.Concat(links.Select(link => $"<li><a href=\"{Text(Here(link.Address))}\">{Text(link.Title)}</a>{(link.Note is null ? "" : $" {Text(link.Note)}")}</li>"))}</ul>");

    /// <summary>A table; nothing where it has no rows.</summary>
    /// <param name="headings">The heads of its columns.</param>
    /// <param name="rows">Its rows; the cells are HTML.</param>
    public Page Table(IReadOnlyCollection<string> headings, IEnumerable<IEnumerable<string>> rows)
    {
        var body = string.Concat(rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{cell}</td>"))}</tr>"));
        var head = headings.Count == 0 ? "" : $"<thead><tr>{string.Concat(headings.Select(heading => $"<th>{Text(heading)}</th>"))}</tr></thead>";
        return body.Length == 0 ? this : Raw($"<div class=\"wide\"><table>{head}<tbody>{body}</tbody></table></div>");
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
        string With(string name, string value) =>
            Text(RequestQuery.ToText(query.Where(parameter => parameter.Key != name).Append(new(name, value))));

        var formats = _formats.Count == 0
            ? $"<a href=\"{With("f", "json")}\">JSON</a>"
            : string.Join(" · ", _formats.Select(link => $"<a href=\"{Text(Here(link.Href))}\" type=\"{Text(link.Type)}\">{Text(link.Title ?? link.Type)}</a>"));
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
            svg{width:100%;max-height:28rem;background:#f4f6f4}svg path,svg circle{fill:#2a6f4e66;stroke:#2a6f4e;vector-effect:non-scaling-stroke}svg .line{fill:none}code{overflow-wrap:anywhere}
            </style>
            </head>
            <body>
            {{_body}}
            <hr><p><a href="{{With("lang", code)}}" hreflang="{{code}}">{{other}}</a> · {{formats}}</p>
            </body>
            </html>
            """;
    }
}
