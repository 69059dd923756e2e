#pragma warning disable NPG9001 // Custom type converters are experimental in Npgsql; PostGIS types have no other way in.
#pragma warning disable IDE0130 // The names are those of the package that this room stands in for.

using GeoOffer.PostGis;
using GeoOffer.PostGis.Driver;
using NetTopologySuite.Geometries;
using Npgsql.TypeMapping;

namespace Npgsql;

/// <summary>Makes Npgsql read and write NetTopologySuite geometries, and <see cref="Ewkb"/>.</summary>
/// <remarks>
/// Where <c>CREATE EXTENSION postgis</c> runs through an open data source, follow it with <c>ReloadTypesAsync</c>.
/// </remarks>
public static class NpgsqlNetTopologySuiteExtensions
{
    /// <inheritdoc cref="UseNetTopologySuite{TMapper}"/>
    public static INpgsqlTypeMapper UseNetTopologySuite(
        this INpgsqlTypeMapper mapper,
        CoordinateSequenceFactory? coordinateSequenceFactory = null,
        PrecisionModel? precisionModel = null,
        Ordinates handleOrdinates = Ordinates.None,
        bool geographyAsDefault = false) =>
        UseNetTopologySuite<INpgsqlTypeMapper>(mapper, coordinateSequenceFactory, precisionModel, handleOrdinates, geographyAsDefault);

    /// <summary>Maps the PostGIS types <c>geometry</c> and <c>geography</c>, and arrays of them.</summary>
    /// <param name="mapper">The data source builder, or another type mapper.</param>
    /// <param name="coordinateSequenceFactory">How positions are kept; the default of NetTopologySuite where left out.</param>
    /// <param name="precisionModel">The grid to which X and Y are rounded on reading; floating where left out.</param>
    /// <param name="handleOrdinates">Ordinates to read and write; all that the sequence factory can keep where none.</param>
    /// <param name="geographyAsDefault">Send parameters that name no type as <c>geography</c> rather than <c>geometry</c>.</param>
    public static TMapper UseNetTopologySuite<TMapper>(
        this TMapper mapper,
        CoordinateSequenceFactory? coordinateSequenceFactory = null,
        PrecisionModel? precisionModel = null,
        Ordinates handleOrdinates = Ordinates.None,
        bool geographyAsDefault = false)
        where TMapper : INpgsqlTypeMapper
    {
        mapper.AddTypeInfoResolverFactory(new GeometryTypeInfoResolverFactory(
            new EwkbReader(coordinateSequenceFactory, precisionModel, handleOrdinates),
            new EwkbWriter(handleOrdinates),
            geographyAsDefault ? ["geography", "geometry"] : ["geometry", "geography"]));
        return mapper.UseEwkb();
    }
}
