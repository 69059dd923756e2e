using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GeoOffer.Storage.Importing;
using Spectre.Console;

namespace GeoOffer.Server.Commands;

/// <summary>The report of an import, for people and as JSON.</summary>
internal static class ImportReportText
{
    private const int Shown = 20;

    // A file or a pipe has no width; reasons read badly in narrow columns.
    private const int LogWidth = 160;

    /// <summary>How the report is written as JSON.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Writes the report.</summary>
    public static void Write(ImportReport report, IAnsiConsole console)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = LogWidth;
        }

        if (report.Fault is { } fault)
        {
            WriteFault(report, fault, console);
        }

        if (report.Rows.Read > 0)
        {
            WriteCounts(report, console);
        }

        if (report.ReferenceSystem is { } system)
        {
            var code = system.Srid is { } srid ? string.Create(CultureInfo.InvariantCulture, $"EPSG:{srid}, ") : "";
            console.WriteLine($"Reference system: {code}{system.Name} ({system.Origin}).");
        }

        WriteProblems($"{Number(report.Rows.Rejected)} {(report.Rows.Rejected == 1 ? "row" : "rows")} rejected", report, rejects: true, report.Rejections, console);
        WriteProblems($"{Number(report.WarningCount)} {(report.WarningCount == 1 ? "warning" : "warnings")}", report, rejects: false, report.Warnings, console);
        foreach (var notice in report.Notices)
        {
            console.WriteLine($"Note: {notice}.");
        }

        if (report.IgnoredColumns.Count > 0)
        {
            console.WriteLine($"Columns that no field took: {string.Join(", ", report.IgnoredColumns)}.");
        }

        console.WriteLine(Outcome(report));
    }

    private static void WriteFault(ImportReport report, FileFault fault, IAnsiConsole console)
    {
        var place = (fault.Line, fault.Column) switch
        {
            ({ } line, { } column) => string.Create(CultureInfo.InvariantCulture, $" (line {line}, byte {column})"),
            ({ } line, null) => string.Create(CultureInfo.InvariantCulture, $" (line {line})"),
            _ => "",
        };
        var what = fault.Code == FileFaultCode.ReferenceSystem ? "cannot be placed" : "cannot be read";
        console.WriteLine($"{report.File} {what}{place}: {fault.Reason}.");
        console.WriteLine($"Fix: {fault.Fix}.");
    }

    private static void WriteCounts(ImportReport report, IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var title in (string[])["read", "new", "changed", "unchanged", "removed", "rejected", "seconds", "rows/s"])
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        table.AddRow(
            Number(report.Rows.Read),
            Number(report.Rows.New),
            Number(report.Rows.Changed),
            Number(report.Rows.Unchanged),
            Number(report.Rows.Removed),
            Number(report.Rows.Rejected),
            report.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
            Number((long)report.RowsPerSecond));
        console.Write(table);
    }

    /// <summary>What is of many is told once with its number; of the others each row is told.</summary>
    private static void WriteProblems(
        string title, ImportReport report, bool rejects, IReadOnlyList<RowProblem> problems, IAnsiConsole console)
    {
        if (problems.Count == 0)
        {
            return;
        }

        console.WriteLine($"{title}:");
        var kinds = report.Summary.Where(kind => kind.Rejects == rejects).ToList();
        if (kinds.Sum(kind => kind.Count) > Shown)
        {
            WriteKinds(kinds, console);
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("row", "id", "field", "value", "reason", "fix");
        foreach (var problem in problems.Take(Shown))
        {
            table.AddRow(
                Cell(Place(problem)),
                Cell(problem.Id),
                Cell(problem.Field),
                Cell(problem.Value),
                Cell(problem.Reason),
                Cell(problem.Fix));
        }

        console.Write(table);
        if (kinds.Sum(kind => kind.Count) is > Shown and var count)
        {
            console.WriteLine($"… and {Number(count - Shown)} more; --report FILE writes them all.");
        }
    }

    private static void WriteKinds(List<ProblemSummary> kinds, IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(new TableColumn("times").RightAligned()).AddColumns("field", "such as row", "reason");
        foreach (var kind in kinds)
        {
            table.AddRow(Cell(Number(kind.Count)), Cell(kind.Field ?? "row"), Cell(Place(kind.Example)), Cell(kind.Example.Reason));
        }

        console.Write(table);
    }

    /// <summary>The row, and its line where that is another number.</summary>
    private static string? Place(RowProblem problem) => problem switch
    {
        { Row: null } => null,
        { Place: { } place } when place.StartsWith("line ", StringComparison.Ordinal) =>
            string.Create(CultureInfo.InvariantCulture, $"{problem.Row} ({place})"),
        _ => problem.Row.Value.ToString(CultureInfo.InvariantCulture),
    };

    private static Text Cell(string? text) => new(text ?? "");

    private static string Outcome(ImportReport report) => report switch
    {
        { Fault: not null } => "Nothing was stored.",
        { IsRefused: true, AcceptsRejects: true } => "Nothing was stored: no row is left. Mend the rows and import again.",
        { IsRefused: true } =>
            "Nothing was stored: an import is all rows or none. Mend the rows and import again, or leave them out with --accept-rejects.",
        { IsDryRun: true, Rows.Rejected: > 0 } =>
            $"Nothing was stored: this was a trial, and the file can be imported without {Rows(report.Rows.Rejected)}.",
        { IsDryRun: true } => "Nothing was stored: this was a trial, and the file can be imported.",
        { Version: { } version, Rows.Rejected: > 0 } => string.Create(
            CultureInfo.InvariantCulture,
            $"Stored in {report.Collection} as dataset '{report.Dataset}' without {Rows(report.Rows.Rejected)}, version {version} of the data."),
        { Version: { } version } => string.Create(
            CultureInfo.InvariantCulture, $"Stored in {report.Collection} as dataset '{report.Dataset}', version {version} of the data."),
        { Rows.Rejected: > 0 } =>
            $"Nothing had to change: {report.Collection} has the dataset '{report.Dataset}' just so, without {Rows(report.Rows.Rejected)}.",
        _ => $"Nothing had to change: {report.Collection} has the dataset '{report.Dataset}' just so.",
    };

    private static string Rows(long count) => count == 1 ? "the 1 row that was rejected" : $"the {Number(count)} rows that were rejected";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
