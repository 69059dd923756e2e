using System.Globalization;
using System.Net;
using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;
using GeoOffer.Testing;

namespace GeoOffer.Server.Tests;

public sealed class MetadataTests(PostGisCluster cluster) : IAsyncLifetime
{
    private static readonly XmlNamespaceManager Names = MakeNames();

    private RunningService _service = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync(
        cluster,
        """
        INSERT INTO geooffer.dataset (collection, name, source, as_of, licence) VALUES
          ('provinces', 'confini', 'ISTAT <e altri>', '2026-01-01', 'https://creativecommons.org/licenses/by/4.0/');
        INSERT INTO geooffer.province (code, sigla, name_it, dataset_id) VALUES ('015', 'MI', 'Milano', (SELECT id FROM geooffer.dataset))
        """);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Metadata_of_a_collection_have_the_elements_that_RNDT_asks_for()
    {
        var (document, type) = await ReadAsync("/api/metadata/provinces");
        Assert.Equal("application/xml", type);
        var identifier = Text(document, "gmd:fileIdentifier/gco:CharacterString");
        Assert.Matches("^r_lombar:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", identifier);
        Assert.Equal(identifier, Text((await ReadAsync("/api/metadata/provinces")).Document, "gmd:fileIdentifier/gco:CharacterString"));
        Assert.NotEqual(identifier, Text((await ReadAsync("/api/metadata/sites")).Document, "gmd:fileIdentifier/gco:CharacterString"));

        // What the Italian list has in place of EPSG:32632.
        Assert.EndsWith("/EPSG/0/25832", Anchor(document, "gmd:referenceSystemInfo//gmd:code/gmx:Anchor"), StringComparison.Ordinal);
        foreach (var (path, value) in new Dictionary<string, string>
        {
            ["gmd:language/gmd:LanguageCode/@codeListValue"] = "ita",
            ["gmd:hierarchyLevel/gmd:MD_ScopeCode/@codeListValue"] = "dataset",
            ["gmd:metadataStandardName/gco:CharacterString"] = "Linee Guida RNDT",
            ["gmd:identificationInfo/*/gmd:citation//gmd:title/gco:CharacterString"] = "Province",
            ["gmd:identificationInfo/*/gmd:pointOfContact//gmd:role/gmd:CI_RoleCode/@codeListValue"] = "owner",
            ["gmd:identificationInfo/*/gmd:resourceConstraints/gmd:MD_SecurityConstraints//gmd:MD_ClassificationCode/@codeListValue"] = "unclassified",
            ["gmd:identificationInfo/*/gmd:spatialRepresentationType/*/@codeListValue"] = "vector",
            ["gmd:identificationInfo/*/gmd:spatialResolution//gmd:denominator/gco:Integer"] = "10000",
            ["gmd:identificationInfo/*/gmd:topicCategory/gmd:MD_TopicCategoryCode"] = "planningCadastre",
            ["gmd:identificationInfo/*/gmd:resourceConstraints/gmd:MD_LegalConstraints/gmd:otherConstraints/gco:CharacterString"] = "https://creativecommons.org/licenses/by/4.0/",
            ["gmd:distributionInfo//gmd:distributorContact//gmd:role/*/@codeListValue"] = "distributor",
            ["gmd:dataQualityInfo//gmd:DQ_DomainConsistency//gmd:pass/@gco:nilReason"] = "unknown",
        })
        {
            Assert.Equal(value, Text(document, path));
        }

        Assert.Contains("ISTAT <e altri> (situazione al 2026-01-01)", Text(document, "gmd:dataQualityInfo//gmd:statement/gco:CharacterString"), StringComparison.Ordinal);
        var edges = new[] { "west", "south", "east", "north" }.Select(side => double.Parse(
            Text(document, $"//gmd:EX_GeographicBoundingBox/*[starts-with(local-name(), '{side}')]/gco:Decimal"), CultureInfo.InvariantCulture));
        Assert.Equal([8.4, 44.6, 11.5, 46.7], edges);
    }

    [Fact]
    public async Task Every_collection_is_in_the_catalogue_with_its_distributions_and_each_is_served()
    {
        var (document, type) = await ReadAsync("/api/metadata");
        Assert.Equal("application/rdf+xml", type);
        var ids = (await _service.Client.GetJsonAsync("/ogc/collections")).GetProperty("collections").EnumerateArray()
            .Select(collection => collection.GetProperty("id").GetString()!).Order().ToList();
        var datasets = document.XPathSelectElements("//dcatapit:Dataset", Names).Select(About).ToList();
        Assert.Equal(ids, datasets.Select(address => address.Split('/')[^1]).Order());
        Assert.Equal(datasets.Order(), document.XPathSelectElements("//dcat:dataset", Names).Select(Resource).Order());
        foreach (var address in document.XPathSelectElements("//dcat:distribution", Names).Select(Resource))
        {
            var node = Assert.Single(document.XPathSelectElements("//dcatapit:Distribution", Names), element => About(element) == address);
            foreach (var required in (ReadOnlySpan<string>)["dct:format", "dcat:accessURL", "dct:license"])
            {
                Assert.NotNull(node.XPathSelectElement(required, Names));
            }
        }

        foreach (var dataset in document.XPathSelectElements("//dcatapit:Dataset", Names))
        {
            foreach (var required in (ReadOnlySpan<string>)
                ["dct:title[@xml:lang='it']", "dct:title[@xml:lang='en']", "dct:description", "dct:identifier", "dct:modified", "dcat:theme", "dct:rightsHolder", "dct:accrualPeriodicity"])
            {
                Assert.NotNull(dataset.XPathSelectElement(required, Names));
            }
        }

        using var landing = await _service.Client.GetAsync(new Uri(datasets[0]).AbsolutePath, Token);
        Assert.Equal(HttpStatusCode.OK, landing.StatusCode);
    }

    [Fact]
    public async Task A_collection_that_is_not_there_has_no_metadata()
        => Assert.Equal(HttpStatusCode.NotFound, (await _service.Client.GetAsync("/api/metadata/nothing", Token)).StatusCode);

    private async Task<(XDocument Document, string? Type)> ReadAsync(string address)
    {
        using var response = await _service.Client.GetAsync(address, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        return (await XDocument.LoadAsync(body, LoadOptions.None, Token), response.Content.Headers.ContentType?.MediaType);
    }

    private static string Text(XDocument document, string path)
    {
        var found = ((IEnumerable<object>)document.Root!.XPathEvaluate(path, Names)).FirstOrDefault();
        Assert.True(found is not null, $"there is no {path}");
        return found is XAttribute attribute ? attribute.Value : ((XElement)found).Value;
    }

    private static string Anchor(XDocument document, string path) =>
        document.Root!.XPathSelectElement(path, Names)!.Attribute(XName.Get("href", "http://www.w3.org/1999/xlink"))!.Value;

    private static string About(XElement element) => element.Attribute(XName.Get("about", Names.LookupNamespace("rdf")!))!.Value;

    private static string Resource(XElement element) => element.Attribute(XName.Get("resource", Names.LookupNamespace("rdf")!))!.Value;

    private static XmlNamespaceManager MakeNames()
    {
        var names = new XmlNamespaceManager(new NameTable());
        names.AddNamespace("gmd", "http://www.isotc211.org/2005/gmd");
        names.AddNamespace("gco", "http://www.isotc211.org/2005/gco");
        names.AddNamespace("gmx", "http://www.isotc211.org/2005/gmx");
        names.AddNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
        names.AddNamespace("dcat", "http://www.w3.org/ns/dcat#");
        names.AddNamespace("dcatapit", "http://dati.gov.it/onto/dcatapit#");
        names.AddNamespace("dct", "http://purl.org/dc/terms/");
        return names;
    }
}
