using System.Globalization;
using System.Text.RegularExpressions;

namespace GeoOffer.Storage.Importing.Systems;

/// <summary>
/// Names of reference systems as files and people write them: <c>EPSG:3857</c>, <c>urn:ogc:def:crs:EPSG::3035</c> (OGC 07-092r1),
/// <c>http://www.opengis.net/def/crs/EPSG/0/3035</c>, and CRS84 in each of these forms.
/// </summary>
internal static partial class ReferenceSystemName
{
    private const int LongestName = 300;

    /// <summary>The EPSG code that a name states; 4326 for CRS84, as x is east everywhere inside. Null when it states none.</summary>
    public static int? Code(string? name)
    {
        var text = name?.Trim() ?? "";
        if (text.Length > LongestName)
        {
            return null;
        }

        if (Wgs84Degrees().IsMatch(text))
        {
            return 4326;
        }

        return EpsgCode().Match(text) is { Success: true } match
            && int.TryParse(match.Groups["code"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && code > 0
            ? code
            : null;
    }

    [GeneratedRegex(
        @"^(urn:(x-)?ogc:def:crs:EPSG:[0-9.]*:|https?://(www\.)?opengis\.net/def/crs/EPSG/[0-9.]+/|https?://(www\.)?opengis\.net/gml/srs/epsg\.xml#|EPSG::?)(?<code>[0-9]{1,9})$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex EpsgCode();

    [GeneratedRegex(
        @"^((urn:(x-)?ogc:def:crs:)?OGC:([0-9.]*:)?(CRS:?)?84|https?://(www\.)?opengis\.net/def/crs/OGC/[0-9.]+/CRS84|CRS:?84|WGS ?84)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Wgs84Degrees();
}
