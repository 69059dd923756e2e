using System.Diagnostics;
using System.Globalization;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Publishing;
using GeoOffer.Storage.Importing.Rows;

namespace GeoOffer.Storage.Importing;

/// <summary>Gathers what becomes of an import.</summary>
internal sealed class ReportBuilder(ImportRequest request, ImportCollection collection)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly List<RowProblem> _rejections = [];
    private readonly List<RowProblem> _warnings = [];
    private readonly List<string> _notices = [];
    private long _warningCount;
    private readonly HashSet<string> _rejectedCodes = [];
    private ProblemTally _tally = new();
    private (int Rejections, int Warnings, int Notices, long WarningCount, long Rejected, ProblemTally Tally) _settled = (0, 0, 0, 0, 0, new());
    private int _noticesOfFile;
    private long _outsideRegion;
    private long _rejected;
    private SourceFormat? _format;
    private IReadOnlyList<string> _ignored = [];

    /// <summary>The reference system that positions are read in; null before it is settled.</summary>
    public ImportReferenceSystem? ReferenceSystem { get; set; }

    /// <summary>The name of the dataset.</summary>
    public string Dataset { get; } = string.IsNullOrWhiteSpace(request.Dataset)
        ? Path.GetFileNameWithoutExtension(request.File.Name)
        : request.Dataset;

    /// <summary>Rows read so far.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Whether so many rows are rejected that reading on is of no use.</summary>
    public bool IsFull => !request.AcceptRejects && _rejections.Count >= ImportReport.MostRejections;

    /// <summary>Whether any row is rejected.</summary>
    public bool HasRejections => _rejected > 0;

    /// <summary>Whether rows are rejected and nothing is to be stored for that, or nothing is left to be stored.</summary>
    public bool IsRefused => HasRejections && !(request.AcceptRejects && _rejected < RowsRead);

    /// <summary>The codes of rejected rows: what is stored under them is not gone from the file.</summary>
    public IReadOnlyCollection<string> RejectedCodes => _rejectedCodes;

    /// <summary>Whether a row is rejected that bears no code that can be read.</summary>
    public bool HasNamelessRejections { get; private set; }

    /// <summary>Adds what is known of the file before its rows.</summary>
    public void Open(Reading.SourceDescription file)
    {
        _format = file.Format;
        Close(file);
    }

    /// <summary>Adds what became known of the file while its rows were read.</summary>
    public void Close(Reading.SourceDescription file)
    {
        _notices.AddRange(file.Notices.Skip(_noticesOfFile));
        _noticesOfFile = file.Notices.Count;
    }

    /// <summary>Adds a row that was read.</summary>
    public void Add(RowDraft row)
    {
        RowsRead++;
        if (row.Rejections.Count > 0)
        {
            _rejected++;
            KeepRejections(row.Rejections);
            KeepCode(row.IsRejected("code") ? null : row["code"] as string);
        }

        if (row.Warnings.Count > 0)
        {
            _outsideRegion += row.Warnings.Count(warning => warning.Code == RejectionCode.OutsideRegion);
            KeepWarnings(row.Warnings);
        }
    }

    /// <summary>Adds what holds for the rows together.</summary>
    public void EndOfRows(RowReader rows)
    {
        if (RowsRead == 0)
        {
            throw new Reading.UnreadableFileException(
                new FileFault(FileFaultCode.Empty, "the file holds no rows", "check what the export selected"));
        }

        _ignored = [.. rows.IgnoredColumns];
        if (IsFull)
        {
            _notices.Add($"reading ended after {RowsRead} rows: {ImportReport.MostRejections} problems were found by then");
        }

        AddMajorities();
        Settle();
    }

    /// <summary>Adds problems that the database found.</summary>
    public void Add(IReadOnlyList<RowProblem> rejections, IReadOnlyList<RowProblem> warnings)
    {
        _rejected += rejections.DistinctBy(problem => (problem.Row, problem.Id)).Count();
        KeepRejections(rejections);
        KeepWarnings(warnings);
        foreach (var problem in rejections)
        {
            KeepCode(problem.Id);
        }
    }

    /// <summary>Adds what holds for the file as a whole.</summary>
    public void Notice(string sentence) => _notices.Add(sentence);

    /// <summary>Makes what was added so far final.</summary>
    public void Settle() =>
        _settled = (_rejections.Count, _warnings.Count, _notices.Count, _warningCount, _rejected, _tally.Copy());

    /// <summary>Forgets what was added since the last that is final.</summary>
    public void Forget()
    {
        _rejections.RemoveRange(_settled.Rejections, _rejections.Count - _settled.Rejections);
        _warnings.RemoveRange(_settled.Warnings, _warnings.Count - _settled.Warnings);
        _notices.RemoveRange(_settled.Notices, _notices.Count - _settled.Notices);
        (_warningCount, _rejected, _tally) = (_settled.WarningCount, _settled.Rejected, _settled.Tally.Copy());
    }

    /// <summary>The report of a file that cannot be read to its end.</summary>
    public ImportReport Unreadable(FileFault fault) => Build(new ImportPlan(0, 0, 0, 0, 0)) with { Fault = fault };

    /// <summary>The report.</summary>
    public ImportReport Build(ImportPlan plan, bool isStored = false, long? version = null) => new()
    {
        Collection = collection.Name,
        Dataset = Dataset,
        File = request.File.Name,
        Format = _format,
        ReferenceSystem = ReferenceSystem,
        IsStored = isStored,
        IsDryRun = request.DryRun,
        AcceptsRejects = request.AcceptRejects,
        Version = version,
        Rows = new ImportCounts
        {
            Read = RowsRead,
            New = plan.New,
            Changed = plan.Changed,
            Unchanged = plan.Unchanged,
            Removed = plan.Removed,
            Rejected = _rejected,
        },
        Summary = _tally.Summarise(),
        Rejections = [.. _rejections.OrderBy(problem => problem.Row ?? long.MaxValue)],
        Warnings = [.. _warnings.OrderBy(problem => problem.Row ?? long.MaxValue)],
        WarningCount = _warningCount,
        Notices = [.. _notices],
        IgnoredColumns = _ignored,
        Seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds,
    };

    private void KeepRejections(IReadOnlyList<RowProblem> problems)
    {
        _tally.Add(rejects: true, problems);
        _rejections.AddRange(problems.Take(ImportReport.MostRejections - _rejections.Count));
    }

    private void KeepWarnings(IReadOnlyList<RowProblem> problems)
    {
        _tally.Add(rejects: false, problems);
        _warningCount += problems.Count;
        _warnings.AddRange(problems.Take(ImportReport.MostWarnings - _warnings.Count));
    }

    private void KeepCode(string? code)
    {
        if (code is null)
        {
            HasNamelessRejections = true;
        }
        else if (request is { AcceptRejects: true, Mode: ImportMode.Replace })
        {
            _rejectedCodes.Add(code);
        }
    }

    /// <summary>What most rows have wrong is wrong with the file, and is put right there.</summary>
    private void AddMajorities()
    {
        var misplaced = _rejections.Where(problem => problem.Code is RejectionCode.AxesSwapped or RejectionCode.Projected);
        foreach (var group in misplaced.GroupBy(problem => problem.Code))
        {
            var count = group.Count();
            if (count * 2 > RowsRead)
            {
                var share = string.Create(CultureInfo.InvariantCulture, $"{count} of {RowsRead} rows");
                _notices.Add(group.Key == RejectionCode.AxesSwapped
                    ? $"{share} have their axes swapped: export the file again with longitude first, or import it with --swap-axes"
                    : $"{share} are in metres: import the file with {group.First().Fix ?? "--crs"}");
            }
        }

        if (_outsideRegion > 0)
        {
            _notices.Add(string.Create(CultureInfo.InvariantCulture, $"{_outsideRegion} of {RowsRead} rows lie outside the region"));
        }
    }
}
