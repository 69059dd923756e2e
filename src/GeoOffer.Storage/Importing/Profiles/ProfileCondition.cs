namespace GeoOffer.Storage.Importing.Profiles;

/// <summary>What must hold of a row.</summary>
/// <param name="Columns">The columns that may say so; the first that is filled counts.</param>
/// <param name="AnyOf">The texts that it may have, bars between several; <c>{name}</c> stands for the value of a parameter.</param>
internal sealed record ProfileCondition(IReadOnlyList<string> Columns, IReadOnlyList<string> AnyOf)
{
    /// <summary>The same with the values of the parameters in their places.</summary>
    public ProfileCondition With(IReadOnlyDictionary<string, string> parameters) => this with
    {
        AnyOf = [.. AnyOf.SelectMany(text => parameters.Aggregate(text, Replace).Split('|'))],
    };

    /// <inheritdoc />
    public override string ToString() => $"{Columns[0]} is {string.Join(" or ", AnyOf)}";

    private static string Replace(string text, KeyValuePair<string, string> parameter) =>
        text.Replace($"{{{parameter.Key}}}", parameter.Value, StringComparison.Ordinal);
}
