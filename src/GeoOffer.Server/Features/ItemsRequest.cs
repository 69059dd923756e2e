using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Paging;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;

namespace GeoOffer.Server.Features;

/// <summary>Reads the query of <c>/ogc/collections/{collection}/items</c> (OGC API - Features Part 1, 7.15).</summary>
internal static class ItemsRequest
{
    public const string Bbox = "bbox";
    public const string Limit = "limit";
    public const string CursorName = "cursor";
    public const int DefaultLimit = 100;
    public const int MaximumLimit = 10_000;

    private static readonly string[] Names = [Bbox, Limit, CursorName, RequestLanguage.Parameter];

    /// <summary>The page that is asked for, or null with every fault in the list.</summary>
    public static FeatureQuery? Read(RequestQuery query, Collection collection, Role role, CursorCodec cursors, List<RequestFault> faults)
    {
        faults.AddRange(query.Faults);
        RequestLanguage.Check(query, faults);
        var request = new FeatureRequest(collection, role, ReadLimit(query, faults))
        {
            Filter = ReadFilter(query, collection.VisibleTo(role), faults),
        };
        var text = query.Single(CursorName, faults);
        if (faults.Count > 0)
        {
            return null;
        }

        var page = FeatureQuery.Create(request).Accept(faults);
        return text is null || page is null ? page : Continue(page, text, cursors, faults);
    }

    /// <summary>The query of the page that follows.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Next(RequestQuery query, string cursor) =>
        query.Parameters.Where(parameter => parameter.Key != CursorName).Append(new(CursorName, cursor));

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
        if (query.Single(Limit, faults) is not { } text)
        {
            return DefaultLimit;
        }

        if (double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1)
        {
            return (int)Math.Min(number, MaximumLimit);
        }

        faults.Add(RequestFault.InParameter(Limit, $"a whole number from 1; above {MaximumLimit} it counts as {MaximumLimit}", text));
        return DefaultLimit;
    }

    private static Filter? ReadFilter(RequestQuery query, Collection collection, List<RequestFault> faults)
    {
        var conditions = new List<Filter>();
        if (query.Single(Bbox, faults) is { } text && BboxReader.Read(text).Accept(faults) is { } box)
        {
            conditions.Add(BboxFilter.For(collection, box));
        }

        conditions.AddRange(PropertyParameters.Read(query, collection, Names, faults));
        return conditions.Count == 0 ? null : Filter.All([.. conditions]);
    }
}
