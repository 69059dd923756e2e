using System.Collections.Immutable;
using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Paging;
using GeoOffer.Server.Description;
using GeoOffer.Server.Formats;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;

namespace GeoOffer.Server.Features;

/// <summary>A page of features that is asked for.</summary>
/// <param name="Query">Which features.</param>
/// <param name="System">The reference system of their coordinates.</param>
/// <param name="IsCount">Whether only their number is wanted.</param>
internal sealed record ItemsPage(FeatureQuery Query, ReferenceSystem System, bool IsCount)
{
    /// <summary>How they are written as GeoJSON.</summary>
    public FeatureForm Form { get; private init; }

    /// <summary>How many of the properties of the query are shown, the others being there for the time of features; null for all.</summary>
    public int? ShownProperties { get; private init; }

    /// <summary>The same page, with what a form needs.</summary>
    public ItemsPage As(FeatureForm form) => this with
    {
        Form = form,
        System = form == FeatureForm.GeoJson2008 ? ItemsFile.EastNorth(System) : System,
        Query = form.IsJsonFg() ? Query.WithTime() : Query,
        ShownProperties = Query.Properties.Length,
    };
}

/// <summary>Reads the query of <c>/ogc/collections/{collection}/items</c> (OGC API - Features Part 1, 7.15; Part 2; Part 3; Part 8).</summary>
internal static class ItemsRequest
{
    public const string CursorName = "cursor";
    public const string Offset = "offset";
    public const int DefaultLimit = 100;
    public const int MaximumLimit = 100_000;

    /// <summary>The names of parameters that are no properties.</summary>
    public static ImmutableArray<string> Names { get; } =
        [.. FeatureParameters.Names, CursorName, Offset, OperationParameter.Format.Name, FeatureForms.Profile, RequestLanguage.Parameter];

    /// <summary>The page that is asked for, or null with every fault in the list.</summary>
    public static ItemsPage? Read(RequestQuery query, Collection collection, Role role, CursorCodec cursors, List<RequestFault> faults)
    {
        faults.AddRange(query.Faults);
        RequestLanguage.Check(query, faults);
        var limit = ReadLimit(query, faults);
        var page = FeatureParameters.Read(query, collection, role, Math.Max(limit, 1), Names, faults);
        var system = FeatureParameters.ReadSystem(query, FeatureParameters.Crs, faults) ?? CoordinateSystems.Crs84;
        var offset = ReadOffset(query, faults);
        var text = query.Single(CursorName, faults);
        if (text is not null && offset is not null)
        {
            faults.Add(RequestFault.InParameter(Offset, $"either {Offset} or {CursorName}", "both"));
        }

        if (page is not null && text is not null)
        {
            page = Continue(page, text, cursors, faults);
        }

        return page is null || faults.Count > 0 ? null : new ItemsPage(page.Skipping(offset ?? 0), system, limit == 0);
    }

    /// <summary>The query of the page that follows.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Next(RequestQuery query, string cursor) =>
        query.Parameters.Where(parameter => parameter.Key is not (CursorName or Offset)).Append(new(CursorName, cursor));

    private static FeatureQuery? Continue(FeatureQuery page, string text, CursorCodec cursors, List<RequestFault> faults)
    {
        if (cursors.Decode(text, page.Scope).TryGet(out var cursor, out var errors))
        {
            return page.StartingAfter(cursor);
        }

        faults.AddRange(errors.Select(error => RequestFault.InParameter(CursorName, error.Expected, error.Got)));
        return null;
    }

    private static int ReadLimit(RequestQuery query, List<RequestFault> faults)
    {
        if (query.Single(FeatureParameters.Limit, faults) is not { } text)
        {
            return DefaultLimit;
        }

        if (double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return (int)Math.Min(number, MaximumLimit);
        }

        faults.Add(RequestFault.InParameter(
            FeatureParameters.Limit, $"a whole number; above {MaximumLimit} it counts as {MaximumLimit}, and 0 asks for the number of features alone", text));
        return DefaultLimit;
    }

    private static long? ReadOffset(RequestQuery query, List<RequestFault> faults)
    {
        if (query.Single(Offset, faults) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            return offset;
        }

        faults.Add(RequestFault.InParameter(Offset, "a whole number from 0", text));
        return null;
    }
}
