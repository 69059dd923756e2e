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
    private long _outsideRegion;
    private int _noticesOfRows;
    private (int Rejections, int Warnings, long WarningCount, long Rejected) _ofRows;
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
    public bool IsFull => _rejections.Count >= ImportReport.MostRejections;

    /// <summary>Whether any row is rejected.</summary>
    public bool HasRejections => _rejections.Count > 0;

    /// <summary>Adds what is known of the file before its rows.</summary>
    public void Open(Reading.SourceDescription file)
    {
        _format = file.Format;
        _notices.AddRange(file.Notices);
    }

    /// <summary>Adds a row that was read.</summary>
    public void Add(RowDraft row)
    {
        RowsRead++;
        _rejected += row.Rejections.Count > 0 ? 1 : 0;
        _rejections.AddRange(row.Rejections);
        _warningCount += row.Warnings.Count;
        _outsideRegion += row.Warnings.Count(warning => warning.Code == RejectionCode.OutsideRegion);
        if (_warnings.Count < ImportReport.MostWarnings)
        {
            _warnings.AddRange(row.Warnings);
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
        (_ofRows, _noticesOfRows) = ((_rejections.Count, _warnings.Count, _warningCount, _rejected), _notices.Count);
    }

    /// <summary>Adds problems that the database found.</summary>
    public void Add(List<RowProblem> rejections, List<RowProblem> warnings)
    {
        _rejections.AddRange(rejections);
        _rejected += rejections.DistinctBy(problem => (problem.Row, problem.Id)).Count();
        _warnings.AddRange(warnings);
        _warningCount += warnings.Count;
    }

    /// <summary>Adds what holds for the file as a whole.</summary>
    public void Notice(string sentence) => _notices.Add(sentence);

    /// <summary>Forgets what was added after the rows had been read.</summary>
    public void Forget()
    {
        _rejections.RemoveRange(_ofRows.Rejections, _rejections.Count - _ofRows.Rejections);
        _warnings.RemoveRange(_ofRows.Warnings, _warnings.Count - _ofRows.Warnings);
        _notices.RemoveRange(_noticesOfRows, _notices.Count - _noticesOfRows);
        (_warningCount, _rejected) = (_ofRows.WarningCount, _ofRows.Rejected);
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
        Rejections = [.. _rejections.OrderBy(problem => problem.Row ?? long.MaxValue)],
        Warnings = [.. _warnings.OrderBy(problem => problem.Row ?? long.MaxValue)],
        WarningCount = _warningCount,
        Notices = [.. _notices],
        IgnoredColumns = _ignored,
        Seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds,
    };

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
