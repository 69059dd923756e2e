using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;

namespace GeoOffer.OData.Model;

/// <summary>Writes models for clients.</summary>
public static class MetadataDocument
{
    /// <summary>The model as CSDL XML (OData CSDL XML 4.01).</summary>
    /// <param name="model">The model.</param>
    /// <param name="version">4.0 or 4.01.</param>
    public static byte[] WriteXml(EntityModel model, ODataVersion version)
    {
        using var buffer = new MemoryStream();
        // The library takes the version from the model itself.
        lock (model.Edm)
        {
            model.Edm.SetEdmVersion(version == ODataVersion.V4 ? EdmConstants.EdmVersion4 : EdmConstants.EdmVersion401);
            Write(model.Edm, buffer);
        }

        return buffer.ToArray();
    }

    /// <summary>The model as CSDL JSON (OData CSDL JSON 4.01).</summary>
    public static byte[] WriteJson(EntityModel model, ODataVersion version)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            new MetadataJson(json, model.Edm).Write(version);
        }

        return buffer.ToArray();
    }

    private static void Write(IEdmModel model, MemoryStream buffer)
    {
        using var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        if (!CsdlWriter.TryWriteCsdl(model, xml, CsdlTarget.OData, out var errors))
        {
            throw new InvalidOperationException(string.Join("; ", errors.Select(error => error.ErrorMessage)));
        }
    }
}
