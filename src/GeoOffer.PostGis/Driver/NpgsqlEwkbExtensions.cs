#pragma warning disable NPG9001 // Custom type converters are experimental in Npgsql; PostGIS types have no other way in.

using GeoOffer.PostGis.Driver;
using Npgsql;
using Npgsql.TypeMapping;

namespace GeoOffer.PostGis;

/// <summary>Reading and writing geometries as bytes.</summary>
public static class NpgsqlEwkbExtensions
{
    /// <summary>Maps <see cref="Ewkb"/>, and arrays of it; <see cref="NpgsqlNetTopologySuiteExtensions"/> does it too.</summary>
    public static TMapper UseEwkb<TMapper>(this TMapper mapper)
        where TMapper : INpgsqlTypeMapper
    {
        mapper.AddTypeInfoResolverFactory(new EwkbTypeInfoResolverFactory());
        return mapper;
    }

    /// <summary>
    /// Reads a geometry or geography column into a buffer that is kept from row to row, without allocating: the cheapest way where each
    /// geometry is used up before the next row.
    /// </summary>
    /// <param name="reader">A reader on a row; one opened with <c>SequentialAccess</c> may block on the network here.</param>
    /// <param name="ordinal">The column. It must not be null.</param>
    /// <param name="buffer">Replaced by a larger one when a geometry does not fit.</param>
    /// <returns>The EWKB, valid until the buffer is used again.</returns>
    /// <exception cref="InvalidCastException">The value is null.</exception>
    public static ReadOnlySpan<byte> GetEwkb(this NpgsqlDataReader reader, int ordinal, ref byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(buffer);
        var length = (int)reader.GetBytes(ordinal, 0, null, 0, 0);
        if (buffer.Length < length)
        {
            buffer = new byte[Math.Max(length, Math.Min(buffer.Length * 2L, Array.MaxLength))];
        }

        reader.GetBytes(ordinal, 0, buffer, 0, length);
        return buffer.AsSpan(0, length);
    }
}
