using System.Buffers;
using System.Text;

namespace GeoOffer.PostGis.Tests;

internal static class GeoJson
{
    public static string Write(Ewkb ewkb, int decimals, bool orientRings = false)
    {
        var output = new ArrayBufferWriter<byte>();
        new GeoJsonGeometryWriter(decimals, orientRings).Write(ewkb.Bytes.Span, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
