using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis.Driver;

/// <summary>Reads and writes NetTopologySuite geometries; another type than asked for is an <see cref="InvalidCastException"/>.</summary>
internal sealed class GeometryConverter<T>(EwkbReader reader, EwkbWriter writer) : PostGisConverter<T>
    where T : Geometry
{
    protected override T Decode(ReadOnlySpan<byte> ewkb) => (T)reader.Read(ewkb);

    protected override Ewkb Encode(T value) => new(writer.Write(value));
}
