using System.Buffers.Binary;
using System.Globalization;
using GeoOffer.PostGis;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Reading.GeoPackages;

/// <summary>Geometries as a GeoPackage keeps them (12-128r18, 2.1.3): a header, then well-known binary, of which two dimensions are taken.</summary>
internal sealed class GeoPackageGeometry(int srid)
{
    private const int HeaderLength = 8;
    private const int SystemIdOffset = 4;

    private static readonly int[] EnvelopeLengths = [0, 32, 48, 48, 64];

    private readonly EwkbReader _reader = new(handleOrdinates: Ordinates.XY);
    private readonly FiniteCheck _finite = new();

    /// <summary>The reference system that the geometry states.</summary>
    public int SystemId { get; private set; }

    /// <summary>Reads a geometry.</summary>
    /// <returns>What is wrong with it, in words; null when nothing is.</returns>
    public string? Read(ReadOnlySpan<byte> blob, out Geometry? geometry)
    {
        geometry = null;
        if (blob.Length < HeaderLength || !blob.StartsWith("GP"u8) || blob[2] != 0)
        {
            return "the bytes are no geometry of a GeoPackage (version 1)";
        }

        var flags = blob[3];
        var envelope = (flags >> 1) & 7;
        if ((flags & 0x20) != 0 || envelope >= EnvelopeLengths.Length || blob.Length < HeaderLength + EnvelopeLengths[envelope])
        {
            return "the header of the geometry is damaged, or of an extension";
        }

        var system = blob[SystemIdOffset..];
        SystemId = (flags & 1) == 1 ? BinaryPrimitives.ReadInt32LittleEndian(system) : BinaryPrimitives.ReadInt32BigEndian(system);
        try
        {
            geometry = _reader.Read(blob[(HeaderLength + EnvelopeLengths[envelope])..]);
        }
        catch (EwkbException exception)
        {
            return exception.Fault == EwkbFault.UnsupportedGeometryType
                ? GeometryFault.Curve
                : string.Create(CultureInfo.InvariantCulture, $"the well-known binary is damaged ({exception.Fault} at byte {exception.ByteOffset})");
        }

        if (!_finite.Holds(geometry))
        {
            geometry = null;
            return "a position is no pair of finite numbers";
        }

        if (geometry.SRID != srid)
        {
            geometry.SRID = srid;
        }

        return null;
    }
}
