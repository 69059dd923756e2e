using System.Collections.Immutable;
using GeoOffer.OData;
using GeoOffer.OData.Reading;
using GeoOffer.Query.Filters;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;

namespace GeoOffer.Server.OData;

/// <summary>A request that could be read, up to its path.</summary>
/// <param name="Options">Its query options.</param>
/// <param name="Exchange">What was agreed on.</param>
internal sealed record ODataRequest(QueryOptions Options, ODataExchange Exchange)
{
    /// <summary>Reads query options and headers, and puts the version on the answer; null where the request was refused.</summary>
    public static async Task<ODataRequest?> ReadAsync(HttpContext context, ImmutableArray<string> allowed, ODataContent content)
    {
        ODataExchange.Announce(context);
        var query = context.Checked().Query;
        List<RequestFault> faults = [.. query.Faults];
        List<ODataFault> found = [];
        var options = QueryOptions.Read(query.Parameters, allowed, [RequestLanguage.Parameter], found);
        RequestLanguage.Check(query, faults);
        var format = options.Find(QueryOptions.Format);
        var exchange = ODataExchange.Read(context, content, format, faults);
        if (await RefusedAsync(context, found, faults))
        {
            return null;
        }

        if (exchange is not null)
        {
            return new ODataRequest(options, exchange);
        }

        var (at, got) = format is null ? ("Accept", context.Request.Headers.Accept.ToString()) : (QueryOptions.Format, format);
        await new Problem(StatusCodes.Status406NotAcceptable) { Faults = [RequestFault.InParameter(at, ODataFormat.Describe(content), got)] }.ExecuteAsync(context);
        return null;
    }

    /// <summary>Answers with the faults, if there are any.</summary>
    public static async Task<bool> RefusedAsync(HttpContext context, IReadOnlyList<ODataFault> found, IReadOnlyList<RequestFault>? further = null)
    {
        var faults = found.Select(fault => RequestFault.InParameter(fault.At, fault.Expected, fault.Got)).Concat(further ?? []).ToList();
        if (faults.Count == 0)
        {
            return false;
        }

        // What the client got wrong comes first: it can mend that.
        var status = further?.Count > 0 || found.Any(fault => fault.Kind == ODataFaultKind.Malformed) ? StatusCodes.Status400BadRequest
            : found.Any(fault => fault.Kind == ODataFaultKind.NotFound) ? StatusCodes.Status404NotFound
            : StatusCodes.Status501NotImplemented;
        await new Problem(status) { Faults = faults }.ExecuteAsync(context);
        return true;
    }

    /// <summary>The faults of a query that does not fit its collection, by the query option.</summary>
    public static IEnumerable<RequestFault> FaultsOf(ImmutableArray<FilterError> errors) => errors.Select(error => RequestFault.InParameter(
        error.Path switch { "sortby" => "$orderby", "properties" => "$select", _ => "$filter" }, error.Expected, error.Got));
}
