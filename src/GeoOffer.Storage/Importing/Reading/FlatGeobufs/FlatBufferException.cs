namespace GeoOffer.Storage.Importing.Reading.FlatGeobufs;

/// <summary>A flatbuffer points outside itself, or at the same bytes again and again.</summary>
internal sealed class FlatBufferException(string reason) : FormatException(reason);
