using System.Globalization;
using System.Xml;

namespace GeoOffer.Server.Metadata;

/// <summary>
/// Writes metadata of a dataset in ISO 19139, with the elements that RNDT asks of datasets (D.M. 10 November 2011, guidelines of AgID 2.0).
/// </summary>
internal sealed class Iso19139Writer(XmlWriter xml)
{
    private const string Gmd = "http://www.isotc211.org/2005/gmd";
    private const string Gco = "http://www.isotc211.org/2005/gco";
    private const string Gmx = "http://www.isotc211.org/2005/gmx";
    private const string Gml = "http://www.opengis.net/gml/3.2";
    private const string Xlink = "http://www.w3.org/1999/xlink";
    private const string Lists = "http://standards.iso.org/ittf/PubliclyAvailableStandards/ISO_19139_Schemas/resources/codelist/gmxCodelists.xml";
    private const string Inspire = "http://inspire.ec.europa.eu";

    /// <summary>Writes the document.</summary>
    public void Write(DatasetDescription dataset)
    {
        xml.WriteStartElement("gmd", "MD_Metadata", Gmd);
        foreach (var (prefix, space) in (ReadOnlySpan<(string, string)>)[("gco", Gco), ("gmx", Gmx), ("gml", Gml), ("xlink", Xlink)])
        {
            xml.WriteAttributeString("xmlns", prefix, null, space);
        }

        Text("fileIdentifier", dataset.Identifier);
        Code("language", "LanguageCode", "ita", "http://www.loc.gov/standards/iso639-2/");
        Code("characterSet", "MD_CharacterSetCode", "utf8");
        Text("parentIdentifier", dataset.Identifier);
        Code("hierarchyLevel", "MD_ScopeCode", "dataset");
        Party("contact", dataset, "pointOfContact");
        Date("dateStamp", dataset.ModifiedAt);
        Text("metadataStandardName", "Linee Guida RNDT");
        Text("metadataStandardVersion", "2.0");
        ReferenceSystem(dataset);
        Within("identificationInfo", "MD_DataIdentification", () => Identification(dataset));
        Within("distributionInfo", "MD_Distribution", () => Distribution(dataset));
        Within("dataQualityInfo", "DQ_DataQuality", () => Quality(dataset));
        xml.WriteEndElement();
    }

    private void Identification(DatasetDescription dataset)
    {
        Within("citation", "CI_Citation", () =>
        {
            Text("title", dataset.Title.It);
            if (dataset.Title.En != dataset.Title.It)
            {
                Text("alternateTitle", dataset.Title.En);
            }

            Dated(dataset.ModifiedAt, "revision");
            if (dataset.AsOf is { } day)
            {
                Dated(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero), "creation");
            }

            Within("identifier", "MD_Identifier", () => Text("code", dataset.Identifier));
            Code("presentationForm", "CI_PresentationFormCode", "mapDigital");
        });
        Text("abstract", $"{dataset.Collection.Description.It} {dataset.Collection.Description.En}");
        Party("pointOfContact", dataset, "owner");
        Within("resourceMaintenance", "MD_MaintenanceInformation", () => Code("maintenanceAndUpdateFrequency", "MD_MaintenanceFrequencyCode", "asNeeded"));
        Within("descriptiveKeywords", "MD_Keywords", () =>
        {
            Anchor("keyword", $"{Inspire}/theme/lu", "Utilizzo del territorio");
            Within("thesaurusName", "CI_Citation", () =>
            {
                Anchor("title", "http://www.eionet.europa.eu/gemet/inspire_themes", "GEMET - INSPIRE themes, version 1.0");
                Dated(new DateTimeOffset(2008, 6, 1, 0, 0, 0, TimeSpan.Zero), "publication");
            });
        });
        Within("resourceConstraints", "MD_LegalConstraints", () =>
        {
            Code("accessConstraints", "MD_RestrictionCode", "otherRestrictions");
            Anchor("otherConstraints", $"{Inspire}/metadata-codelist/LimitationsOnPublicAccess/noLimitations", "Nessuna limitazione all'accesso pubblico");
        });
        Within("resourceConstraints", "MD_LegalConstraints", () =>
        {
            Code("useConstraints", "MD_RestrictionCode", "otherRestrictions");
            if (dataset.Licence is { } licence)
            {
                Text("otherConstraints", licence);
            }
            else
            {
                Anchor("otherConstraints", $"{Inspire}/metadata-codelist/ConditionsApplyingToAccessAndUse/conditionsUnknown", "Condizioni sconosciute");
            }
        });
        Within("resourceConstraints", "MD_SecurityConstraints", () => Code("classification", "MD_ClassificationCode", "unclassified"));
        Code("spatialRepresentationType", "MD_SpatialRepresentationTypeCode", "vector");
        Within("spatialResolution", "MD_Resolution", () => Within("equivalentScale", "MD_RepresentativeFraction", () =>
            Value("denominator", "Integer", dataset.Publisher.ScaleDenominator.ToString(CultureInfo.InvariantCulture))));
        Code("language", "LanguageCode", "ita", "http://www.loc.gov/standards/iso639-2/");
        Code("characterSet", "MD_CharacterSetCode", "utf8");
        Start("topicCategory");
        xml.WriteElementString("gmd", "MD_TopicCategoryCode", Gmd, "planningCadastre");
        xml.WriteEndElement();
        Within("extent", "EX_Extent", () => Extent(dataset));
    }

    private void Extent(DatasetDescription dataset)
    {
        if (dataset.Collection.Extent is { } box)
        {
            Within("geographicElement", "EX_GeographicBoundingBox", () =>
            {
                foreach (var (name, edge) in (ReadOnlySpan<(string, double)>)
                [
                    ("westBoundLongitude", box.West), ("eastBoundLongitude", box.East), ("southBoundLatitude", box.South), ("northBoundLatitude", box.North),
                ])
                {
                    Value(name, "Decimal", edge.ToString("0.######", CultureInfo.InvariantCulture));
                }
            });
        }

        if (dataset.AsOf is { } day)
        {
            Within("temporalElement", "EX_TemporalExtent", () =>
            {
                Start("extent");
                xml.WriteStartElement("gml", "TimeInstant", Gml);
                xml.WriteAttributeString("gml", "id", Gml, "asOf");
                xml.WriteElementString("gml", "timePosition", Gml, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                xml.WriteEndElement();
                xml.WriteEndElement();
            });
        }
    }

    private void ReferenceSystem(DatasetDescription dataset) => Within("referenceSystemInfo", "MD_ReferenceSystem", () =>
        Within("referenceSystemIdentifier", "RS_Identifier", () =>
            Anchor("code", dataset.Publisher.ReferenceSystem.Uri, dataset.Publisher.ReferenceSystem.Name)));

    private void Distribution(DatasetDescription dataset)
    {
        foreach (var (name, version) in (ReadOnlySpan<(string, string)>)[("GeoJSON", "RFC 7946"), ("GeoPackage", "1.3"), ("FlatGeobuf", "3"), ("ESRI Shapefile", "1.0"), ("CSV", "RFC 4180")])
        {
            Within("distributionFormat", "MD_Format", () =>
            {
                Text("name", name);
                Text("version", version);
            });
        }

        Within("distributor", "MD_Distributor", () => Party("distributorContact", dataset, "distributor"));
        Within("transferOptions", "MD_DigitalTransferOptions", () =>
        {
            OnLine(dataset.ItemsAddress, "OGC API - Features", "information");
            foreach (var format in (ReadOnlySpan<string>)["geojson", "gpkg", "flatgeobuf", "shp", "csv"])
            {
                OnLine(dataset.ExportAddress(format), format, "download");
            }
        });
    }

    private void OnLine(string address, string name, string function) => Within("onLine", "CI_OnlineResource", () =>
    {
        Start("linkage");
        xml.WriteElementString("gmd", "URL", Gmd, address);
        xml.WriteEndElement();
        Text("name", name);
        Code("function", "CI_OnLineFunctionCode", function);
    });

    private void Quality(DatasetDescription dataset)
    {
        Within("scope", "DQ_Scope", () => Code("level", "MD_ScopeCode", "dataset"));
        Within("report", "DQ_AbsoluteExternalPositionalAccuracy", () => Within("result", "DQ_QuantitativeResult", () =>
        {
            Start("valueUnit");
            xml.WriteAttributeString("xlink", "href", Xlink, "http://www.opengis.net/def/uom/EPSG/0/9001");
            xml.WriteEndElement();
            Start("value");
            xml.WriteElementString("gco", "Record", Gco, dataset.Publisher.PositionalAccuracyMetres.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }));
        Within("report", "DQ_DomainConsistency", () => Within("result", "DQ_ConformanceResult", () =>
        {
            Within("specification", "CI_Citation", () =>
            {
                Anchor("title", "http://data.europa.eu/eli/reg/2010/1089", "Regolamento (UE) n. 1089/2010 relativo all'interoperabilità dei set di dati territoriali");
                Dated(new DateTimeOffset(2010, 12, 8, 0, 0, 0, TimeSpan.Zero), "publication");
            });
            Text("explanation", "Non valutato");
            Start("pass");
            xml.WriteAttributeString("gco", "nilReason", Gco, "unknown");
            xml.WriteEndElement();
        }));
        Within("lineage", "LI_Lineage", () => Text("statement", dataset.LineageIt));
    }

    private void Party(string element, DatasetDescription dataset, string role) => Within(element, "CI_ResponsibleParty", () =>
    {
        Text("organisationName", dataset.Publisher.Name);
        Within("contactInfo", "CI_Contact", () =>
        {
            Within("address", "CI_Address", () => Optional("electronicMailAddress", dataset.Publisher.Email));
            Within("onlineResource", "CI_OnlineResource", () =>
            {
                Start("linkage");
                xml.WriteElementString("gmd", "URL", Gmd, dataset.Publisher.Url);
                xml.WriteEndElement();
            });
        });
        Code("role", "CI_RoleCode", role);
    });

    private void Dated(DateTimeOffset day, string type) => Within("date", "CI_Date", () =>
    {
        Date("date", day);
        Code("dateType", "CI_DateTypeCode", type);
    });

    private void Date(string element, DateTimeOffset day) => Value(element, "Date", day.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private void Text(string element, string text) => Value(element, "CharacterString", text);

    private void Optional(string element, string? text)
    {
        if (text is not null)
        {
            Text(element, text);
            return;
        }

        Start(element);
        xml.WriteAttributeString("gco", "nilReason", Gco, "missing");
        xml.WriteEndElement();
    }

    private void Value(string element, string type, string text)
    {
        Start(element);
        xml.WriteElementString("gco", type, Gco, text);
        xml.WriteEndElement();
    }

    private void Anchor(string element, string address, string text)
    {
        Start(element);
        xml.WriteStartElement("gmx", "Anchor", Gmx);
        xml.WriteAttributeString("xlink", "href", Xlink, address);
        xml.WriteString(text);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void Code(string element, string list, string value, string? listAddress = null)
    {
        Start(element);
        xml.WriteStartElement("gmd", list, Gmd);
        xml.WriteAttributeString("codeList", listAddress ?? $"{Lists}#{list}");
        xml.WriteAttributeString("codeListValue", value);
        xml.WriteString(value);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void Within(string element, string type, Action write)
    {
        Start(element);
        xml.WriteStartElement("gmd", type, Gmd);
        write();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void Start(string element) => xml.WriteStartElement("gmd", element, Gmd);
}
