#pragma warning disable IDE0130 // The names are those of the package that this room stands in for.

using GeoOffer.PostGis.EntityFramework;
using Microsoft.EntityFrameworkCore.Infrastructure;
using NetTopologySuite.Geometries;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Makes EF Core map NetTopologySuite geometries to PostGIS columns.</summary>
public static class NpgsqlNetTopologySuiteDbContextOptionsBuilderExtensions
{
    /// <summary>
    /// Maps properties of the NetTopologySuite types. Spatial methods are not translated: spatial questions are asked in SQL.
    /// </summary>
    /// <remarks>A context that is given its data source needs <c>UseNetTopologySuite</c> on the data source builder as well.</remarks>
    /// <param name="optionsBuilder">The options of the provider.</param>
    /// <param name="coordinateSequenceFactory">How positions are kept; the default of NetTopologySuite where left out.</param>
    /// <param name="precisionModel">The grid to which X and Y are rounded on reading; floating where left out.</param>
    /// <param name="handleOrdinates">Ordinates to read and write; all that the sequence factory can keep where none.</param>
    /// <param name="geographyAsDefault">Map properties without a column type to <c>geography</c> rather than <c>geometry</c>.</param>
    public static NpgsqlDbContextOptionsBuilder UseNetTopologySuite(
        this NpgsqlDbContextOptionsBuilder optionsBuilder,
        CoordinateSequenceFactory? coordinateSequenceFactory = null,
        PrecisionModel? precisionModel = null,
        Ordinates handleOrdinates = Ordinates.None,
        bool geographyAsDefault = false)
    {
        ArgumentNullException.ThrowIfNull(optionsBuilder);
        var options = ((IRelationalDbContextOptionsBuilderInfrastructure)optionsBuilder).OptionsBuilder;
        var settings = new SpatialSettings(coordinateSequenceFactory, precisionModel, handleOrdinates, geographyAsDefault);
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new SpatialOptionsExtension(settings));
        return optionsBuilder;
    }
}
