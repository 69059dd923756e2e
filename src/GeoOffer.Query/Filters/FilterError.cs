namespace GeoOffer.Query.Filters;

/// <summary>One thing that is wrong with a filter or with a parameter that is read into one.</summary>
/// <param name="Path">
/// Where: in a tree, the JSON pointer of the node in its CQL2 JSON form (<c>/args/1/args/0</c>; empty for the root); else the name of the
/// parameter.
/// </param>
/// <param name="Property">The property it concerns, where there is one.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Got">What was there.</param>
public sealed record FilterError(string Path, string? Property, string Expected, string Got)
{
    /// <summary>The place in the text that the filter was read from; null where it was read from something else.</summary>
    public TextPosition? Position { get; init; }
}
