using System.Collections.Immutable;

namespace GeoOffer.OData.Reading;

/// <summary>The query of an address: system query options by their names with the <c>$</c>, and parameter aliases (OData 4.01 Part 2, 5.1 and 5.3).</summary>
/// <param name="System">System query options.</param>
/// <param name="Aliases">Parameter aliases, with the <c>@</c>.</param>
public sealed record QueryOptions(ImmutableDictionary<string, string> System, ImmutableDictionary<string, string> Aliases)
{
    /// <summary>The format of the answer.</summary>
    public const string Format = "$format";

    internal const string Filter = "$filter";
    internal const string OrderBy = "$orderby";
    internal const string Select = "$select";
    internal const string Top = "$top";
    internal const string Skip = "$skip";
    internal const string Count = "$count";
    internal const string SkipToken = "$skiptoken";

    /// <summary>The options of a page of entities.</summary>
    public static readonly ImmutableArray<string> OfEntities = [Filter, OrderBy, Select, Top, Skip, Count, SkipToken, Format];

    /// <summary>The options of a single entity.</summary>
    public static readonly ImmutableArray<string> OfEntity = [Select, Format];

    /// <summary>The options of a number of entities.</summary>
    public static readonly ImmutableArray<string> OfCount = [Filter, Format];

    /// <summary>The options of all else.</summary>
    public static readonly ImmutableArray<string> OfDocument = [Format];

    private static readonly ImmutableArray<string> Known =
        [.. OfEntities, "$apply", "$compute", "$deltatoken", "$expand", "$id", "$index", "$levels", "$schemaversion", "$search"];

    /// <summary>The value of an option; null when it is absent.</summary>
    public string? Find(string name) => System.GetValueOrDefault(name);

    /// <summary>Reads the parameters of a query. Names may lack the <c>$</c>, and be in any case (OData 4.01 Part 2, 5.1).</summary>
    /// <param name="parameters">Decoded names and values.</param>
    /// <param name="allowed">The options that the resource takes.</param>
    /// <param name="others">Names of parameters that are not of OData.</param>
    /// <param name="faults">Gets everything that is wrong.</param>
    public static QueryOptions Read(
        IEnumerable<KeyValuePair<string, string>> parameters, ImmutableArray<string> allowed, ImmutableArray<string> others, ICollection<ODataFault> faults)
    {
        var system = ImmutableDictionary.CreateBuilder<string, string>();
        var aliases = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var (name, value) in parameters)
        {
            if (others.Contains(name))
            {
                continue;
            }

            var option = "$" + name.TrimStart().ToLowerInvariant().TrimStart('$');
            if (name.StartsWith('@') && name.Length > 1)
            {
                Add(aliases, name, name, value, faults);
            }
            else if (allowed.Contains(option))
            {
                Add(system, option, name, value, faults);
            }
            else if (Known.Contains(option))
            {
                faults.Add(OfEntities.Contains(option)
                    ? ODataFault.Malformed(name, "an option that this resource takes: " + string.Join(", ", allowed), "one that it does not take")
                    : ODataFault.NotSupported(name, "a query option that is served: " + string.Join(", ", allowed), option));
            }
            else
            {
                faults.Add(ODataFault.Malformed(name, "a query option that exists: " + string.Join(", ", allowed), "an unknown option"));
            }
        }

        foreach (var (name, value) in aliases)
        {
            if (FilterTokens.Split(value).Any(token => token.StartsWith('@')))
            {
                faults.Add(ODataFault.Malformed(name, "a value without other aliases", value));
            }
        }

        return new QueryOptions(system.ToImmutable(), aliases.ToImmutable());
    }

    private static void Add(ImmutableDictionary<string, string>.Builder options, string key, string name, string value, ICollection<ODataFault> faults)
    {
        if (!options.TryAdd(key, value))
        {
            faults.Add(ODataFault.Malformed(name, "the option once", "several times"));
        }
    }
}
