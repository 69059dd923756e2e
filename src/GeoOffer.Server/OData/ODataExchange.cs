using GeoOffer.OData;
using GeoOffer.Server.Problems;

namespace GeoOffer.Server.OData;

/// <summary>How much an answer says of itself (OData JSON 4.01, 3.1).</summary>
internal enum MetadataLevel
{
    /// <summary>Nothing but counts and links.</summary>
    None,

    /// <summary>What a client cannot find out from the model.</summary>
    Minimal,

    /// <summary>All.</summary>
    Full,
}

/// <summary>What was agreed on with the client: version, format and preferences.</summary>
/// <param name="Version">The version of the answer.</param>
/// <param name="Format">Its format.</param>
/// <param name="MaxPageSize">The greatest page that the client prefers; null for any.</param>
internal sealed record ODataExchange(ODataVersion Version, ODataFormat Format, int? MaxPageSize)
{
    public const string VersionHeader = "OData-Version";
    public const string MaxVersionHeader = "OData-MaxVersion";
    public const string PreferHeader = "Prefer";
    public const string AppliedHeader = "Preference-Applied";

    /// <summary>The version of an answer: the greatest that the client takes (OData 4.01 Part 1, 8.2.7); null where it takes none.</summary>
    public static ODataVersion? VersionOf(HttpRequest request) => request.Headers[MaxVersionHeader].ToString().Trim() switch
    {
        "" => ODataVersion.V401,
        "4.0" or "4" => ODataVersion.V4,
        var text when System.Version.TryParse(text, out var version) && version.Major > 3 => ODataVersion.V401,
        _ => null,
    };

    /// <summary>Puts the version on an answer, whatever answers.</summary>
    public static void Announce(HttpContext context) =>
        context.Response.Headers[VersionHeader] = (VersionOf(context.Request) ?? ODataVersion.V401).Name();

    /// <summary>Reads the headers of a request; faults where nothing can be agreed on.</summary>
    public static ODataExchange? Read(HttpContext context, ODataContent content, string? format, List<RequestFault> faults)
    {
        var version = VersionOf(context.Request);
        if (version is null)
        {
            faults.Add(RequestFault.InParameter(MaxVersionHeader, "4.0 or more", context.Request.Headers[MaxVersionHeader].ToString()));
        }

        context.Response.Headers.Append("Vary", $"Accept, {MaxVersionHeader}, {PreferHeader}");
        return ODataFormat.Choose(context.Request, content, format) is { } chosen && version is { } spoken
            ? new ODataExchange(spoken, chosen, ReadPageSize(context.Request))
            : null;
    }

    /// <summary>A preference that cannot be read is none (RFC 7240, 2), so that none can switch paging off.</summary>
    private static int? ReadPageSize(HttpRequest request)
    {
        foreach (var preference in request.Headers[PreferHeader].SelectMany(header => (header ?? "").Split(',', ';')))
        {
            if (preference.Split('=', 2) is [var name, var value]
                && name.Trim().ToLowerInvariant() is "odata.maxpagesize" or "maxpagesize"
                && int.TryParse(value.Trim().Trim('"'), out var size) && size > 0)
            {
                return size;
            }
        }

        return null;
    }
}
