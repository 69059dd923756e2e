using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace GeoOffer.OData.Reading;

/// <summary>The one place where Microsoft's parser runs: whatever it throws at an address that it cannot read is a fault of the address.</summary>
internal static class Guarded
{
    public static T Run<T>(string at, string text, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (ODataUnrecognizedPathException exception)
        {
            throw new ODataFaultException(ODataFault.NotFound(exception.Message, text));
        }
        catch (Exception exception) when (exception is ODataException or ArgumentException or FormatException or OverflowException
            or NullReferenceException or InvalidOperationException or InvalidCastException or IndexOutOfRangeException
            or KeyNotFoundException or NotSupportedException or NotImplementedException or InsufficientExecutionStackException)
        {
            throw new ODataFaultException(ODataFault.Malformed(at, $"what the model knows, as OData writes it ({exception.Message})", text));
        }
    }
}
