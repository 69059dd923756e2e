namespace GeoOffer.Storage.Importing;

/// <summary>Counts problems by their kind, however many there are, and keeps the first of each.</summary>
internal sealed class ProblemTally
{
    private readonly Dictionary<(bool Rejects, RejectionCode Code, string? Field), (long Count, RowProblem Example)> _kinds = [];

    /// <summary>Counts problems.</summary>
    public void Add(bool rejects, IEnumerable<RowProblem> problems)
    {
        foreach (var problem in problems)
        {
            var kind = (rejects, problem.Code, problem.Field);
            _kinds[kind] = _kinds.TryGetValue(kind, out var known) ? known with { Count = known.Count + 1 } : (1, problem);
        }
    }

    /// <summary>The same counts, to go back to.</summary>
    public ProblemTally Copy()
    {
        var copy = new ProblemTally();
        foreach (var (kind, known) in _kinds)
        {
            copy._kinds.Add(kind, known);
        }

        return copy;
    }

    /// <summary>The kinds: first those that reject rows, of these first the most frequent.</summary>
    public IReadOnlyList<ProblemSummary> Summarise() =>
    [
        .. _kinds.OrderByDescending(kind => kind.Key.Rejects)
            .ThenByDescending(kind => kind.Value.Count)
            .ThenBy(kind => kind.Value.Example.Row ?? long.MaxValue)
            .Select(kind => new ProblemSummary(
                kind.Key.Code, kind.Key.Field, kind.Key.Rejects, kind.Value.Count, kind.Value.Example)),
    ];
}
