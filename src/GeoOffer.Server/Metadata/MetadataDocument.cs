using System.Xml;

namespace GeoOffer.Server.Metadata;

/// <summary>Metadata as documents.</summary>
internal static class MetadataDocument
{
    private static readonly XmlWriterSettings Settings = new() { Async = false, Indent = true };

    /// <summary>ISO 19139 of one collection.</summary>
    public static byte[] Iso19139(DatasetDescription dataset) => Write(xml => new Iso19139Writer(xml).Write(dataset));

    /// <summary>DCAT-AP_IT of some collections.</summary>
    public static byte[] DcatApIt(MetadataSource source, string baseAddress, DateTimeOffset modifiedAt, IReadOnlyList<DatasetDescription> datasets) =>
        Write(xml => new DcatWriter(xml).Write(source.Publisher, baseAddress, modifiedAt, datasets));

    private static byte[] Write(Action<XmlWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            write(xml);
        }

        return buffer.ToArray();
    }
}
