using System.Globalization;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>Names of the columns of a file: one that was there before, in whatever letter case, gets a number.</summary>
internal sealed class UniqueNames
{
    private readonly Dictionary<string, int> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name, or the name with the first number that is free.</summary>
    public string Take(string name)
    {
        if (_taken.TryAdd(name, 1))
        {
            return name;
        }

        string unique;
        do
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{++_taken[name]}");
        }
        while (!_taken.TryAdd(unique, 1));

        return unique;
    }
}
