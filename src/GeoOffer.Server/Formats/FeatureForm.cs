using GeoOffer.Server.Description;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;
using GeoOffer.Storage.Reading;
using Microsoft.AspNetCore.Http.Headers;

namespace GeoOffer.Server.Formats;

/// <summary>The ways of writing features as GeoJSON.</summary>
internal enum FeatureForm
{
    /// <summary>GeoJSON (RFC 7946), which says nothing of the reference system: the header Content-Crs does.</summary>
    GeoJson,

    /// <summary>
    /// GeoJSON with the member <c>crs</c> of 2008, x east and y north whatever the authority says: what GDAL and QGIS know a system other
    /// than CRS84 by. A format of its own, because RFC 7946 took the member away, and a reader that ignores it must not meet it unasked.
    /// </summary>
    GeoJson2008,

    /// <summary>JSON-FG 1.0: a geometry that is not in CRS84 is the member <c>place</c>, and <c>geometry</c> is null.</summary>
    JsonFg,

    /// <summary>JSON-FG 1.0 where <c>geometry</c> is in CRS84 beside <c>place</c>, for readers of GeoJSON.</summary>
    JsonFgPlus,
}

/// <summary>Finds out which of them a request wants (OGC 21-045, clauses 14 to 16; OGC API - Features Part 5, "Profile query parameter").</summary>
internal static class FeatureForms
{
    /// <summary>The parameter that names profiles, the preferred first.</summary>
    public const string Profile = "profile";

    /// <summary>The parameter described.</summary>
    public static OperationParameter Described { get; } = new(
        Profile,
        "The profiles of GeoJSON that are wanted, the preferred first: rfc7946 (without the parameter), jsonfg, or jsonfg-plus, which has a geometry in CRS84 "
            + "whatever the reference system of the answer; names, or addresses of profiles. Those that are not known, and other formats, go without.",
        _ => JsonSchema.ArrayOf(JsonSchema.Text()))
    {
        CommaSeparated = true,
    };

    private const string Register = "http://www.opengis.net/def/profile/OGC/0/";

    private static readonly (string Name, FeatureForm Form)[] Profiles =
        [("rfc7946", FeatureForm.GeoJson), ("jsonfg", FeatureForm.JsonFg), ("jsonfg-plus", FeatureForm.JsonFgPlus)];

    /// <summary>Whether it is one of the two of JSON-FG.</summary>
    public static bool IsJsonFg(this FeatureForm form) => form is FeatureForm.JsonFg or FeatureForm.JsonFgPlus;

    /// <summary>The link to the profile of an answer.</summary>
    public static Link ProfileLink(this FeatureForm form) =>
        new(Register + Profiles.First(profile => profile.Form == (form == FeatureForm.GeoJson2008 ? FeatureForm.GeoJson : form)).Name, Profile, "text/html");

    /// <summary>The form that the request asks for, by <c>f</c>, <c>profile</c> or Accept; a profile that cannot be one is a fault.</summary>
    public static FeatureForm Read(HttpContext context, List<RequestFault> faults)
    {
        var (query, mediaType) = context.Checked();
        var stated = ReadProfile(query, faults);
        if (mediaType is not (MediaTypes.GeoJson or MediaTypes.Json) && !MediaTypes.JsonFgDrafts.Contains(mediaType))
        {
            return FeatureForm.GeoJson;
        }

        return query.First(OperationParameter.Format.Name) switch
        {
            MediaTypes.GeoJson2008Name => FeatureForm.GeoJson2008,
            MediaTypes.JsonFgName => stated is FeatureForm.JsonFgPlus ? FeatureForm.JsonFgPlus : FeatureForm.JsonFg,
            _ when MediaTypes.JsonFgDrafts.Contains(mediaType) => stated is FeatureForm.JsonFgPlus ? FeatureForm.JsonFgPlus : FeatureForm.JsonFg,
            null => stated ?? OfAccept(context.Request) ?? FeatureForm.GeoJson,
            _ => stated ?? FeatureForm.GeoJson,
        };
    }

    private static FeatureForm? ReadProfile(RequestQuery query, List<RequestFault> faults)
    {
        if (query.Single(Profile, faults) is not { } text)
        {
            return null;
        }

        var names = text.Split(',');
        if (!names.All(IsProfile))
        {
            faults.Add(RequestFault.InParameter(Profile, "rfc7946, jsonfg, jsonfg-plus, or the addresses of profiles", text));
        }

        return names.Select(Find).FirstOrDefault(form => form is not null);
    }

    /// <summary>The form that Accept names as the parameter <c>profile</c> of GeoJSON (RFC 6906).</summary>
    private static FeatureForm? OfAccept(HttpRequest request) => new RequestHeaders(request.Headers).Accept
        .Where(range => range.MediaType.Equals(MediaTypes.GeoJson, StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(range => range.Quality ?? 1)
        .Take(1)
        .SelectMany(range => range.Parameters.Where(parameter => parameter.Name.Equals(Profile, StringComparison.OrdinalIgnoreCase)))
        .SelectMany(parameter => parameter.GetUnescapedValue().ToString().Split(' '))
        .Select(Find)
        .FirstOrDefault(form => form is not null);

    private static FeatureForm? Find(string name)
    {
        var shortName = name.StartsWith(Register, StringComparison.OrdinalIgnoreCase) ? name[Register.Length..] : name;
        return Profiles.Where(profile => profile.Name == shortName).Select(profile => (FeatureForm?)profile.Form).FirstOrDefault();
    }

    private static bool IsProfile(string name) =>
        (name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        || (Uri.TryCreate(name, UriKind.Absolute, out var address) && address.Scheme is "http" or "https");
}

/// <summary>Writes the features of one answer.</summary>
internal interface IFeatureWriter
{
    /// <summary>Writes what the root of the document says beside GeoJSON.</summary>
    /// <param name="isCollection">Whether the root is a feature collection, against a feature.</param>
    void WriteRootMembers(bool isCollection);

    /// <summary>Writes the row as an object, left open for further members.</summary>
    void WriteOpenFeature(RowCursor row);
}
