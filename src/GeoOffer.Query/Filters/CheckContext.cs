using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>What one check knows and has found so far.</summary>
internal sealed class CheckContext(Collection collection)
{
    private int _nodes;

    public Collection Collection { get; } = collection;

    public List<FilterError> Errors { get; } = [];

    /// <summary>Notes an error; beyond the most that are told none.</summary>
    public void Report(string path, string? property, string expected, string got)
    {
        if (Errors.Count < FilterChecker.MaximumErrors)
        {
            Errors.Add(new FilterError(path, property, expected, got));
        }
    }

    /// <summary>Goes into a node; false where the tree is too deep or too large, which is reported.</summary>
    public bool Enter(string path, int depth)
    {
        if (depth > FilterChecker.MaximumDepth)
        {
            Report(path, null, $"at most {FilterChecker.MaximumDepth} levels", "more");
            return false;
        }

        _nodes++;
        if (_nodes == FilterChecker.MaximumNodes + 1)
        {
            Report(path, null, $"at most {FilterChecker.MaximumNodes} conditions and list members", "more");
        }

        return _nodes <= FilterChecker.MaximumNodes;
    }
}
