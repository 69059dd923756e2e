using System.Globalization;
using GeoOffer.Domain.Scouting;
using GeoOffer.Storage.Matching;

namespace GeoOffer.Server.Commands;

/// <summary>Writes an answer as CSV (RFC 4180): one row per site, the reasons side by side.</summary>
internal static class MatchCsv
{
    private static readonly string[] SiteColumns =
        ["bucket", "rank", "code", "name_it", "name_en", "area_ha", "score", "completeness", "stale"];

    private static readonly string[] ReasonColumns =
        ["verdict", "value", "unit", "threshold", "gap", "unknown_because", "feature", "source", "as_of"];

    public static async Task WriteAsync(TextWriter writer, MatchAnswer answer, CancellationToken cancellationToken)
    {
        var reasons = answer.Sites.Count == 0 ? [] : answer.Sites[0].Judgement.Reasons.Select(Heading).ToList();
        var reasonColumns = reasons.SelectMany(heading => ReasonColumns.Select(column => $"{heading}_{column}"));
        await WriteRowAsync(writer, SiteColumns.Concat(reasonColumns));
        foreach (var site in answer.Sites)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await WriteRowAsync(writer, Cells(site));
        }
    }

    private static string Heading(Reason reason) =>
        string.Join('_', new[] { reason.Id, reason.Criterion.ToCode(), reason.Target }.OfType<string>().Distinct());

    private static IEnumerable<string> Cells(MatchedSite site)
    {
        var judgement = site.Judgement;
        return new[]
        {
            judgement.Bucket.ToCode(),
            Number(site.Rank),
            Safe(judgement.Code),
            Safe(site.NameIt),
            Safe(site.NameEn),
            Number(site.AreaHa),
            Number(judgement.Score),
            Number(site.Completeness),
            site.Stale ? "true" : "false",
        }.Concat(judgement.Reasons.SelectMany(Cells));
    }

    private static IEnumerable<string> Cells(Reason reason) =>
    [
        reason.Verdict?.ToCode() ?? "",
        Value(reason.Value),
        reason.Unit ?? "",
        Value(reason.Threshold),
        Number(reason.Gap),
        reason.UnknownBecause?.ToCode() ?? "",
        Safe(reason.Feature?.Name ?? reason.Feature?.Id),
        Safe(reason.Source),
        reason.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
    ];

    private static string Value(ReasonValue? value) => value switch
    {
        NumberValue number => Number(number.Number),
        RangeValue range => $"{Number(range.Low)}..{Number(range.High)}",
        CodeValue code => Safe(code.Code),
        CodesValue codes => Safe(string.Join(' ', codes.Codes)),
        _ => "",
    };

    private static string Number(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    // A spreadsheet would run a text that starts like a formula.
    private static string Safe(string? text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text ?? "";

    private static Task WriteRowAsync(TextWriter writer, IEnumerable<string> cells) =>
        writer.WriteAsync(string.Join(',', cells.Select(Quote)) + "\r\n");

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
