using System.Globalization;

namespace GeoOffer.Query.Crs;

/// <summary>The names by which people and programs call reference systems.</summary>
public static class ReferenceSystemNames
{
    private static readonly string[] Prefixes =
        ["EPSG:", "urn:ogc:def:crs:EPSG::", "http://www.opengis.net/def/crs/EPSG/0/", "https://www.opengis.net/def/crs/EPSG/0/"];

    private static readonly string[] NamesOfCrs84 =
    [
        "CRS84", "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", CoordinateSystems.Crs84.Uri,
        "https://www.opengis.net/def/crs/OGC/1.3/CRS84",
    ];

    /// <summary>What is known, in words for an error.</summary>
    public static string Expected { get; } =
        $"one of CRS84, {string.Join(", ", CoordinateSystems.Known.Select(system => $"EPSG:{system.Srid}"))}";

    /// <summary>The system of a name, in any case: <c>CRS84</c>, <c>EPSG:n</c>, or one of these as URN or URI; null when it is not known.</summary>
    public static ReferenceSystem? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (NamesOfCrs84.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return CoordinateSystems.Crs84;
        }

        var prefix = Prefixes.FirstOrDefault(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));
        return prefix is not null
            && int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? CoordinateSystems.Find(code)
            : null;
    }
}
