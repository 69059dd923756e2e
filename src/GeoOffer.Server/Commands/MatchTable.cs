using System.Globalization;
using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Matching;
using Spectre.Console;

namespace GeoOffer.Server.Commands;

/// <summary>Writes an answer as a table for people: a row per site, a column per criterion, the counts below.</summary>
internal static class MatchTable
{
    public static void Write(TextWriter writer, MatchAnswer answer, Language language)
    {
        var console = CommandHost.CreateConsole(writer);
        string Say(string it, string en) => language == Language.It ? it : en;
        if (answer.Sites.Count > 0)
        {
            var table = new Table { Border = TableBorder.Simple };
            table.AddColumns("#", Say("codice", "code"), Say("nome", "name"), "ha", Say("esito", "bucket"), Say("punti", "score"));
            foreach (var reason in answer.Sites[0].Judgement.Reasons)
            {
                table.AddColumn(new TableColumn(new Text(Heading(reason))));
            }

            foreach (var site in answer.Sites)
            {
                table.AddRow(Cells(site, language).Select(cell => new Text(cell)));
            }

            console.Write(table);
        }

        var counts = answer.Counts;
        if (answer.Sites.Any(site => site.Stale))
        {
            console.WriteLine(Say("* scheda non confermata di recente", "* sheet not confirmed lately"));
        }

        var (match, verify, near, excluded) = (counts.Match, counts.MatchIfVerified, counts.NearMiss, counts.ExcludedTotal);
        console.WriteLine(Say(
            $"{match} corrispondono, {verify} se verificati, {near} mancati di poco, {excluded} esclusi.",
            $"{match} match, {verify} match if verified, {near} near misses, {excluded} excluded."));
        foreach (var failed in counts.ExcludedByReason ?? [])
        {
            console.WriteLine(Say($"  esclusi per {failed.Id}: {failed.Failed}", $"  excluded by {failed.Id}: {failed.Failed}"));
        }
    }

    private static IEnumerable<string> Cells(MatchedSite site, Language language)
    {
        var judgement = site.Judgement;
        string[] cells =
        [
            Number(site.Rank, "0"),
            judgement.Code,
            (language == Language.It ? site.NameIt : site.NameEn ?? site.NameIt) + (site.Stale ? " *" : ""),
            site.AreaHa is { } areaHa ? Number(areaHa, "0.##") : "?",
            Title(judgement.Bucket, language),
            Number(judgement.Score, "0.000"),
        ];
        return cells.Concat(judgement.Reasons.Select(reason => Describe(reason, language)));
    }

    private static string Heading(Reason reason) => $"{reason.Target ?? reason.Criterion.ToCode()} {Threshold(reason)}".Trim();

    private static string Threshold(Reason reason) => reason.Threshold switch
    {
        NumberValue number => $"{(reason.Operator == ReasonOperator.AtMost ? "≤" : "≥")} {Measure(number.Number, reason.Unit)}",
        RangeValue range => $"{Number(range.Low, "0.##")}–{Measure(range.High, reason.Unit)}",
        CodesValue codes => string.Join('|', codes.Codes),
        _ => "",
    };

    private static string Describe(Reason reason, Language language)
    {
        var value = reason.Value switch
        {
            NumberValue number => Measure(number.Number, reason.Unit),
            CodeValue code => code.Code,
            CodesValue codes => string.Join(' ', codes.Codes),
            _ => reason.UnknownBecause?.ToCode() ?? "",
        };
        var gap = reason.Gap is { } missing ? $" ({(missing > 0 ? "+" : "")}{Measure(missing, reason.Unit)})" : "";
        return $"{Mark(reason)} {value}{gap}{Place(reason, language)}".Trim();
    }

    private static string Place(Reason reason, Language language) =>
        reason.Feature?.Name is { } name ? $"{(language == Language.It ? " da " : " from ")}{name}" : "";

    private static string Mark(Reason reason) => reason switch
    {
        { Verdict: Verdict.Pass } => "✓",
        { Verdict: Verdict.Unknown } => "?",
        { Verdict: Verdict.Fail, Near: true } => "≈",
        { Verdict: Verdict.Fail } => "✗",
        _ => "·",
    };

    private static string Measure(double value, string? unit) => unit switch
    {
        "m" when Math.Abs(value) >= 1000 => Number(value / 1000, "0.0") + " km",
        "m" => Number(value, "0") + " m",
        "share" => Number(value * 100, "0.#") + " %",
        null => Number(value, "0.##"),
        _ => $"{Number(value, "0.##")} {unit}",
    };

    private static string Title(Bucket bucket, Language language) => (bucket, language) switch
    {
        (Bucket.Match, Language.It) => "corrisponde",
        (Bucket.MatchIfVerified, Language.It) => "se verificato",
        (Bucket.NearMiss, Language.It) => "di poco",
        (Bucket.Match, _) => "match",
        (Bucket.MatchIfVerified, _) => "if verified",
        (Bucket.NearMiss, _) => "near miss",
        _ => bucket.ToCode(),
    };

    private static string Number(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
