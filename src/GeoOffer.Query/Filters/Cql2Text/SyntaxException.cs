namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>The text cannot be read on; <see cref="Cql2TextReader"/> turns it into an error.</summary>
internal sealed class SyntaxException(int offset, string expected, string got) : Exception($"Expected {expected}, got {got}.")
{
    /// <summary>Where, in UTF-16 units.</summary>
    public int Offset { get; } = offset;

    /// <summary>What would have been right there.</summary>
    public string Expected { get; } = expected;

    /// <summary>What was there.</summary>
    public string Got { get; } = got;
}
