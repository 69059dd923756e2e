using System.Text;
using GeoOffer.OData.Model;
using GeoOffer.Query;
using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace GeoOffer.OData.Reading;

/// <summary>Reads the path of an address, the key in parentheses or as a segment (OData 4.01 Part 2, 4.3).</summary>
public static class ResourceReader
{
    private const int MostSegments = 10;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a path.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The path below the root of the service, percent-encoded, without the first slash.</param>
    public static Outcome<Resource, ODataFault> Read(EntityModel model, string path)
    {
        try
        {
            Check(path);
            var segments = Guarded.Run(ODataFault.Path, path, () =>
            {
                var parser = new ODataUriParser(model.Edm, new Uri(path, UriKind.Relative)) { UrlKeyDelimiter = ODataUrlKeyDelimiter.Slash };
                return parser.ParsePath().ToList();
            });
            return new(Resolve(model, segments, path));
        }
        catch (ODataFaultException exception)
        {
            return new(exception.Fault);
        }
    }

    private static Resource Resolve(EntityModel model, List<ODataPathSegment> segments, string path)
    {
        if (segments is not [EntitySetSegment { EntitySet.Name: var name }, .. var rest] || model.Find(name) is not { } set)
        {
            throw new ODataFaultException(segments is [BatchSegment]
                ? ODataFault.NotSupported(ODataFault.Path, "a resource that is served", path)
                : ODataFault.NotFound("the name of an entity set", path));
        }

        return rest switch
        {
            [] => new EntitiesResource(set),
            [CountSegment] => new CountResource(set),
            [KeySegment key] => new EntityResource(set, Key(key, path)),
            [KeySegment key, PropertySegment property] => new PropertyResource(set, Key(key, path), property.Property.Name, IsRaw: false),
            [KeySegment key, PropertySegment property, ValueSegment] => new PropertyResource(set, Key(key, path), property.Property.Name, IsRaw: true),
            _ => throw new ODataFaultException(ODataFault.NotSupported(
                ODataFault.Path, "an entity set, its $count, an entity, a property or its $value", path)),
        };
    }

    private static string Key(KeySegment segment, string path) => segment.Keys.Single().Value is string { Length: > 0 } key && !key.Contains('\0', StringComparison.Ordinal)
        ? key
        : throw new ODataFaultException(ODataFault.NotFound("a key", path));

    /// <summary>The library lets pass what is not percent-encoded UTF-8.</summary>
    private static void Check(string path)
    {
        if (path.Count(letter => letter == '/') >= MostSegments)
        {
            throw new ODataFaultException(ODataFault.NotFound($"at most {MostSegments} segments", path));
        }

        var bytes = new List<byte>(path.Length);
        for (var index = 0; index < path.Length; index++)
        {
            if (path[index] == '%' && index + 2 < path.Length && char.IsAsciiHexDigit(path[index + 1]) && char.IsAsciiHexDigit(path[index + 2]))
            {
                bytes.Add(Convert.ToByte(path.Substring(index + 1, 2), 16));
                index += 2;
            }
            else if (path[index] is '%' or > '\u007f')
            {
                throw new ODataFaultException(ODataFault.Malformed(ODataFault.Path, "percent-encoded UTF-8", path));
            }
            else
            {
                bytes.Add((byte)path[index]);
            }
        }

        try
        {
            _ = Utf8.GetCharCount([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            throw new ODataFaultException(ODataFault.Malformed(ODataFault.Path, "percent-encoded UTF-8", path));
        }
    }
}
