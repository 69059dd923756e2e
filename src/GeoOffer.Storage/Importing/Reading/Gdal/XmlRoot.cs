using System.Text;
using System.Xml;

namespace GeoOffer.Storage.Importing.Reading.Gdal;

/// <summary>The outermost element of an XML document.</summary>
/// <param name="Name">Its name without prefix.</param>
/// <param name="Namespaces">Its namespace, and those that it declares.</param>
internal sealed record XmlRoot(string Name, IReadOnlyList<string> Namespaces)
{
    /// <summary>Reads it from the beginning of a document; null when it is not there, or not well-formed.</summary>
    public static XmlRoot? Read(ReadOnlySpan<byte> utf8)
    {
        // What precedes is passed over: entities of a document type are not read, and its encoding is dealt with already.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, CheckCharacters = false };
        using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(utf8)), settings);
        try
        {
            if (reader.MoveToContent() != XmlNodeType.Element)
            {
                return null;
            }

            var (name, namespaces) = (reader.LocalName, new List<string> { reader.NamespaceURI });
            while (reader.MoveToNextAttribute())
            {
                if (reader.Prefix == "xmlns" || reader.Name == "xmlns")
                {
                    namespaces.Add(reader.Value);
                }
            }

            return new XmlRoot(name, namespaces);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
