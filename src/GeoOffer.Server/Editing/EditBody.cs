using GeoOffer.Query.Crs;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;

namespace GeoOffer.Server.Editing;

/// <summary>What an editor may send, and in which reference system it is.</summary>
internal static class EditBody
{
    /// <summary>The header that names the reference system of coordinates (OGC API - Features Part 2).</summary>
    public const string ContentCrs = "Content-Crs";

    /// <summary>The formats of a new feature.</summary>
    public static readonly string[] Features = [MediaTypes.GeoJson, MediaTypes.Json];

    /// <summary>The formats of a change.</summary>
    public static readonly string[] Patches = [MediaTypes.MergePatch];

    /// <summary>The system that the header Content-Crs names, in angle brackets or bare; CRS84 without it; null with a fault.</summary>
    public static ReferenceSystem? ReadSystem(HttpRequest request, List<RequestFault> faults)
    {
        if (request.Headers[ContentCrs] is not { Count: > 0 } header)
        {
            return CoordinateSystems.Crs84;
        }

        var text = header.ToString().Trim();
        var uri = text is ['<', .., '>'] ? text[1..^1] : text;
        if (CoordinateSystems.Find(uri) is { } system)
        {
            return system;
        }

        var known = CoordinateSystems.Known.Prepend(CoordinateSystems.Crs84).Select(each => $"<{each.Uri}>");
        faults.Add(RequestFault.InParameter(ContentCrs, $"one of {string.Join(", ", known)}", text));
        return null;
    }
}
