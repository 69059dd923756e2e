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

        WriteProblems($"{Number(report.Rows.Rejected)} rows rejected", report.Rejections, report.Rejections.Count, console);
        WriteProblems($"{Number(report.WarningCount)} warnings", report.Warnings, report.WarningCount, console);
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

    private static void WriteProblems(string title, IReadOnlyList<RowProblem> problems, long count, IAnsiConsole console)
    {
        if (problems.Count == 0)
        {
            return;
        }

        console.WriteLine($"{title}:");
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
        if (count > Shown)
        {
            console.WriteLine($"… and {Number(count - Shown)} more; --report FILE writes them all.");
        }

        var groups = problems.GroupBy(problem => (problem.Field, problem.Code)).Where(group => group.Count() > Shown);
        foreach (var group in groups.OrderByDescending(group => group.Count()))
        {
            console.WriteLine($"{Number(group.Count())} times {group.Key.Field ?? "row"}: {group.First().Reason}");
        }
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
        { Rejections.Count: > 0 } => "Nothing was stored: an import is all rows or none. Mend the rows and import again.",
        { IsDryRun: true } => "Nothing was stored: this was a trial, and the file can be imported.",
        { Version: { } version } => string.Create(
            CultureInfo.InvariantCulture, $"Stored in {report.Collection} as dataset '{report.Dataset}', version {version} of the data."),
        _ => $"Nothing had to change: {report.Collection} has the dataset '{report.Dataset}' just so.",
    };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
