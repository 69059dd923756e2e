using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis;

/// <summary>
/// A geometry as PostGIS sends it, kept as bytes. Read it with <c>reader.GetFieldValue&lt;Ewkb&gt;(ordinal)</c> where the geometry only
/// passes through; the bytes are its own copy and outlive the row. Bytes are not checked until they are used.
/// </summary>
/// <param name="bytes">EWKB.</param>
public readonly struct Ewkb(ReadOnlyMemory<byte> bytes) : IEquatable<Ewkb>
{
    /// <summary>The bytes of the geometry.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>Type, dimension and SRID of the geometry.</summary>
    /// <exception cref="EwkbException">The bytes do not start a simple feature.</exception>
    public EwkbHeader Header => new EwkbCursor(Bytes.Span).ReadHeader();

    /// <summary>Compares the bytes.</summary>
    public static bool operator ==(Ewkb left, Ewkb right) => left.Equals(right);

    /// <summary>Compares the bytes.</summary>
    public static bool operator !=(Ewkb left, Ewkb right) => !left.Equals(right);

    /// <summary>Writes a geometry as EWKB.</summary>
    /// <exception cref="ArgumentException">The geometry is none of the seven simple features.</exception>
    public static Ewkb FromGeometry(Geometry geometry) => new(new EwkbWriter().Write(geometry));

    /// <summary>Builds the geometry as <see cref="EwkbReader"/> does where it is told nothing.</summary>
    /// <exception cref="EwkbException">The bytes are no simple feature.</exception>
    public Geometry ToGeometry() => new EwkbReader().Read(Bytes.Span);

    /// <summary>Compares the bytes.</summary>
    public bool Equals(Ewkb other) => Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Ewkb other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes.Span);
        return hash.ToHashCode();
    }
}
