using System.Globalization;
using System.Xml;
using GeoOffer.Query.Crs;
using GeoOffer.Server.Hosting;

namespace GeoOffer.Server.Metadata;

/// <summary>Writes the catalogue of published collections in DCAT-AP_IT 1.0, as RDF/XML.</summary>
internal sealed class DcatWriter(XmlWriter xml)
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private const string Dcat = "http://www.w3.org/ns/dcat#";
    private const string DcatApIt = "http://dati.gov.it/onto/dcatapit#";
    private const string Dct = "http://purl.org/dc/terms/";
    private const string Foaf = "http://xmlns.com/foaf/0.1/";
    private const string Vcard = "http://www.w3.org/2006/vcard/ns#";
    private const string Locn = "http://www.w3.org/ns/locn#";
    private const string Xsd = "http://www.w3.org/2001/XMLSchema#";
    private const string Authority = "http://publications.europa.eu/resource/authority";

    // Formats of the list of file types of the Publications Office.
    private static readonly (string Format, string FileType, string MediaType)[] Formats =
        [("geojson", "GEOJSON", "application/geo+json"), ("csv", "CSV", "text/csv"), ("shp", "SHP", "application/zip")];

    /// <summary>Writes the document.</summary>
    public void Write(PublisherSettings publisher, string baseAddress, DateTimeOffset modifiedAt, IReadOnlyList<DatasetDescription> datasets)
    {
        xml.WriteStartElement("rdf", "RDF", Rdf);
        foreach (var (prefix, space) in (ReadOnlySpan<(string, string)>)
        [
            ("dcat", Dcat), ("dcatapit", DcatApIt), ("dct", Dct), ("foaf", Foaf), ("vcard", Vcard), ("locn", Locn),
        ])
        {
            xml.WriteAttributeString("xmlns", prefix, null, space);
        }

        Node("dcatapit", "Catalog", DcatApIt, $"{baseAddress}/api/metadata", () =>
        {
            Typed("dcat:Catalog");
            Localised("title", "Opportunità insediative: dati e strati", "Settlement opportunities: data and layers");
            Localised("description", "Siti, registri e strati territoriali pubblicati da GeoOffer.", "Sites, registers and spatial layers published by GeoOffer.");
            Resource("dct", "publisher", Dct, AgentAddress(baseAddress));
            Resource("foaf", "homepage", Foaf, baseAddress + "/");
            Day("modified", modifiedAt);
            Resource("dct", "language", Dct, $"{Authority}/language/ITA");
            Resource("dct", "language", Dct, $"{Authority}/language/ENG");
            Resource("dcat", "themeTaxonomy", Dcat, $"{Authority}/data-theme");
            foreach (var dataset in datasets)
            {
                Resource("dcat", "dataset", Dcat, dataset.Address);
            }
        });
        Agent(publisher, baseAddress);
        Contact(publisher, baseAddress);
        foreach (var dataset in datasets)
        {
            Dataset(dataset);
        }

        xml.WriteEndElement();
    }

    private static string AgentAddress(string baseAddress) => $"{baseAddress}/api/metadata#publisher";

    private static string ContactAddress(string baseAddress) => $"{baseAddress}/api/metadata#contact";

    private void Agent(PublisherSettings publisher, string baseAddress) => Node("dcatapit", "Agent", DcatApIt, AgentAddress(baseAddress), () =>
    {
        Typed("foaf:Agent");
        xml.WriteElementString("dct", "identifier", Dct, publisher.IpaCode);
        Language("foaf", "name", Foaf, publisher.Name, "it");
    });

    private void Contact(PublisherSettings publisher, string baseAddress) => Node("dcatapit", "Organization", DcatApIt, ContactAddress(baseAddress), () =>
    {
        Typed("vcard:Organization");
        xml.WriteElementString("vcard", "fn", Vcard, publisher.Name);
        if (publisher.Email is { } email)
        {
            Resource("vcard", "hasEmail", Vcard, $"mailto:{email}");
        }

        Resource("vcard", "hasURL", Vcard, publisher.Url);
    });

    private void Dataset(DatasetDescription dataset)
    {
        Node("dcatapit", "Dataset", DcatApIt, dataset.Address, () =>
        {
            Typed("dcat:Dataset");
            Localised("title", dataset.Title.It, dataset.Title.En);
            Localised("description", dataset.Collection.Description.It, dataset.Collection.Description.En);
            xml.WriteElementString("dct", "identifier", Dct, dataset.Identifier);
            Day("modified", dataset.ModifiedAt);
            Resource("dcat", "theme", Dcat, $"{Authority}/data-theme/REGI");
            Resource("dct", "rightsHolder", Dct, AgentAddress(dataset.BaseAddress));
            Resource("dct", "publisher", Dct, AgentAddress(dataset.BaseAddress));
            Resource("dcat", "contactPoint", Dcat, ContactAddress(dataset.BaseAddress));
            Resource("dct", "accrualPeriodicity", Dct, $"{Authority}/frequency/IRREG");
            Resource("dct", "language", Dct, $"{Authority}/language/ITA");
            Resource("dcat", "landingPage", Dcat, dataset.Address);
            if (dataset.Collection.Extent is { } box)
            {
                Spatial(box);
            }

            foreach (var (format, _, _) in Formats)
            {
                Resource("dcat", "distribution", Dcat, dataset.ExportAddress(format));
            }
        });
        foreach (var (format, fileType, mediaType) in Formats)
        {
            Node("dcatapit", "Distribution", DcatApIt, dataset.ExportAddress(format), () =>
            {
                Typed("dcat:Distribution");
                Localised("title", $"{dataset.Title.It} ({fileType})", $"{dataset.Title.En} ({fileType})");
                Resource("dct", "format", Dct, $"{Authority}/file-type/{fileType}");
                xml.WriteElementString("dcat", "mediaType", Dcat, mediaType);
                Resource("dcat", "accessURL", Dcat, dataset.ExportAddress(format));
                Resource("dcat", "downloadURL", Dcat, dataset.ExportAddress(format));
                Day("modified", dataset.ModifiedAt);
                Licence(dataset);
            });
        }
    }

    private void Licence(DatasetDescription dataset)
    {
        xml.WriteStartElement("dct", "license", Dct);
        xml.WriteStartElement("dcatapit", "LicenseDocument", DcatApIt);
        if (dataset.Licence is { } licence && Uri.IsWellFormedUriString(licence, UriKind.Absolute))
        {
            xml.WriteAttributeString("rdf", "about", Rdf, licence);
        }

        Typed("dct:LicenseDocument");
        Resource("dct", "type", Dct, "http://purl.org/adms/licencetype/UnknownIPR");
        xml.WriteElementString("foaf", "name", Foaf, dataset.Licence ?? "non indicata");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void Spatial(BoundingBox box)
    {
        var polygon = string.Create(
            CultureInfo.InvariantCulture, $"POLYGON(({box.West} {box.South}, {box.East} {box.South}, {box.East} {box.North}, {box.West} {box.North}, {box.West} {box.South}))");
        xml.WriteStartElement("dct", "spatial", Dct);
        xml.WriteStartElement("dct", "Location", Dct);
        xml.WriteStartElement("locn", "geometry", Locn);
        xml.WriteAttributeString("rdf", "datatype", Rdf, "http://www.opengis.net/ont/geosparql#wktLiteral");
        xml.WriteString(polygon);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void Node(string prefix, string type, string space, string about, Action write)
    {
        xml.WriteStartElement(prefix, type, space);
        xml.WriteAttributeString("rdf", "about", Rdf, about);
        write();
        xml.WriteEndElement();
    }

    private void Typed(string name)
    {
        var (prefix, local) = (name.Split(':')[0], name.Split(':')[1]);
        var space = prefix switch { "dcat" => Dcat, "foaf" => Foaf, "vcard" => Vcard, _ => Dct };
        Resource("rdf", "type", Rdf, space + local);
    }

    private void Localised(string element, string italian, string english)
    {
        Language("dct", element, Dct, italian, "it");
        Language("dct", element, Dct, english, "en");
    }

    private void Language(string prefix, string element, string space, string text, string language)
    {
        xml.WriteStartElement(prefix, element, space);
        xml.WriteAttributeString("xml", "lang", null, language);
        xml.WriteString(text);
        xml.WriteEndElement();
    }

    private void Day(string element, DateTimeOffset day)
    {
        xml.WriteStartElement("dct", element, Dct);
        xml.WriteAttributeString("rdf", "datatype", Rdf, Xsd + "date");
        xml.WriteString(day.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }

    private void Resource(string prefix, string element, string space, string address)
    {
        xml.WriteStartElement(prefix, element, space);
        xml.WriteAttributeString("rdf", "resource", Rdf, address);
        xml.WriteEndElement();
    }
}
