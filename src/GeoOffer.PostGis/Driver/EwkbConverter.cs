namespace GeoOffer.PostGis.Driver;

/// <summary>Passes EWKB through unread.</summary>
internal sealed class EwkbConverter : PostGisConverter<Ewkb>
{
    protected override Ewkb Decode(ReadOnlySpan<byte> ewkb) => new(ewkb.ToArray());

    protected override Ewkb Encode(Ewkb value) => value;
}
