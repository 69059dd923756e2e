using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;

namespace GeoOffer.Server.Features;

/// <summary>Reads parameters <c>property=value</c> (OGC API - Features Part 1, 7.15.5).</summary>
internal static class PropertyParameters
{
    /// <summary>The conditions of all parameters that are none of the operation's own; one that names no property is a fault.</summary>
    public static List<Filter> Read(
        RequestQuery query, Collection collection, IReadOnlyCollection<string> own, List<RequestFault> faults)
    {
        var conditions = new List<Filter>();
        foreach (var name in query.Parameters.Select(parameter => parameter.Key).Except(own))
        {
            if (collection.Find(name) is null)
            {
                var known = string.Join(", ", own.Concat(Names(collection)));
                faults.Add(RequestFault.InParameter(name, $"a parameter that exists: {known}", "an unknown parameter"));
            }
            else if (query.Single(name, faults) is { } value
                && PropertyEquality.Read(collection, name, value).Accept(faults) is { } condition)
            {
                conditions.Add(condition);
            }
        }

        return conditions;
    }

    private static IEnumerable<string> Names(Collection collection) =>
        collection.Properties.Select(property => property.Name).Append(collection.Key.Name).Distinct();
}

/// <summary>Turns errors of filters into faults of the request.</summary>
internal static class FilterFaults
{
    /// <summary>The value, or null with its errors among the faults.</summary>
    /// <param name="outcome">What was read or checked.</param>
    /// <param name="faults">Where errors go.</param>
    /// <param name="parameter">The parameter they concern, where their path is a place inside it.</param>
    public static T? Accept<T>(this Query.Outcome<T, FilterError> outcome, List<RequestFault> faults, string? parameter = null)
        where T : class
    {
        if (outcome.TryGet(out var value, out var errors))
        {
            return value;
        }

        faults.AddRange(errors.Select(error => RequestFault.InParameter(
            parameter ?? error.Path, error.Expected, $"{error.Got}{PlaceOf(error, parameter)}")));
        return null;
    }

    private static string PlaceOf(FilterError error, string? parameter) => error.Position is { } at ? $" at {at}"
        : parameter is not null && error.Path.StartsWith('/') ? $" at {error.Path}"
        : "";
}
