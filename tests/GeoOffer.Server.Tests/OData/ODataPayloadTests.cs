using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Validation;
using Microsoft.Spatial;

namespace GeoOffer.Server.Tests.OData;

/// <summary>Microsoft's reader, which shares nothing with our writer, reads every answer by the model that the service publishes.</summary>
public sealed class ODataPayloadTests(SampleService sample) : IClassFixture<SampleService>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Answers()
    {
        var answers = new TheoryData<string, string>();
        foreach (var version in new[] { "4.0", "4.01" })
        {
            foreach (var level in new[] { "minimal", "full" })
            {
                foreach (var compatible in new[] { "", ";IEEE754Compatible=true" })
                {
                    answers.Add(version, $"application/json;odata.metadata={level}{compatible}");
                }
            }
        }

        return answers;
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Every_set_is_read_whole(string version, string format)
    {
        var model = await ModelAsync(version);
        var read = 0;
        foreach (var set in model.EntityContainer.EntitySets())
        {
            var message = await ReceivedMessage.GetAsync(sample.Client, $"/odata/{set.Name}?$count=true&$format={format}", version, Token);
            using var messages = new ODataMessageReader(message, Settings, model);
            var reader = messages.CreateODataResourceSetReader(set, set.EntityType());
            long? count = null;
            var entities = 0;
            while (reader.Read())
            {
                switch (reader.State)
                {
                    case ODataReaderState.ResourceEnd:
                        var entity = (ODataResource)reader.Item;
                        Assert.Equal(set.EntityType().DeclaredProperties.Select(property => property.Name).Order(), entity.Properties.Select(property => property.Name).Order());
                        entities++;
                        break;
                    case ODataReaderState.ResourceSetEnd:
                        count = ((ODataResourceSet)reader.Item).Count;
                        break;
                }
            }

            Assert.Equal(entities, count);
            read += entities;
        }

        Assert.True(read > 30);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_entity_has_its_tag_and_its_geography(string version, string format)
    {
        var model = await ModelAsync(version);
        var set = model.EntityContainer.FindEntitySet("Sites");
        foreach (var select in new[] { "", "&$select=code,geometry,functions", "&$select=geometry" })
        {
            var message = await ReceivedMessage.GetAsync(sample.Client, $"/odata/Sites('GO-1')?$format={format}{select}", version, Token);
            using var messages = new ODataMessageReader(message, Settings, model);
            var reader = messages.CreateODataResourceReader(set, set.EntityType());
            ODataResource? entity = null;
            while (reader.Read())
            {
                entity = reader.State == ODataReaderState.ResourceEnd ? (ODataResource)reader.Item : entity;
            }

            Assert.Equal(message.GetHeader("ETag"), entity!.ETag);
            var geography = Assert.IsType<GeographyPolygon>(entity.Properties.Single(property => property.Name == "geometry").Value, exactMatch: false);
            Assert.Equal(4326, geography.CoordinateSystem.EpsgId);
            Assert.Equal((45.5, 9.1), (geography.Rings[0].Points[0].Latitude, geography.Rings[0].Points[0].Longitude));
        }
    }

    [Fact]
    public async Task Documents_properties_and_refusals_are_read()
    {
        var model = await ModelAsync("4.01");
        using (var messages = await ReaderAsync("", model))
        {
            Assert.Contains(messages.ReadServiceDocument().EntitySets, set => set.Name == "PilotAreas");
        }

        using (var messages = await ReaderAsync("/Sites('GO-1')/functions", model))
        {
            var value = Assert.IsType<ODataCollectionValue>(messages.ReadProperty().Value);
            Assert.Equal(["industrial", "logistics"], value.Items);
        }

        using (var messages = await ReaderAsync("/Sites('GO-1')/verified_on", model))
        {
            Assert.IsType<Date>(messages.ReadProperty().Value);
        }

        using (var messages = await ReaderAsync("/Sites?$filter=nothing eq 1&$top=x", model))
        {
            var error = messages.ReadError();
            Assert.Equal("BadRequest", error.ErrorCode);
            Assert.Equal(["$filter", "$top"], error.Details.Select(detail => detail.Target));
        }
    }

    private static ODataMessageReaderSettings Settings => new() { MaxProtocolVersion = Microsoft.OData.ODataVersion.V401, EnableMessageStreamDisposal = true };

    private async Task<IEdmModel> ModelAsync(string version)
    {
        var message = await ReceivedMessage.GetAsync(sample.Client, "/odata/$metadata", version, Token);
        using var messages = new ODataMessageReader(message, Settings);
        var model = messages.ReadMetadataDocument();
        Assert.True(model.Validate(out var errors), string.Join("; ", errors));
        return model;
    }

    private async Task<ODataMessageReader> ReaderAsync(string address, IEdmModel model) =>
        new(await ReceivedMessage.GetAsync(sample.Client, "/odata" + address, "4.01", Token), Settings, model);
}
