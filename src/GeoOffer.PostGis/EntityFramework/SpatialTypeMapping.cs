#pragma warning disable EF1001 // The element type of arrays is asked for through an interface that the provider calls internal.

using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Storage.Internal.Mapping;
using NpgsqlTypes;

namespace GeoOffer.PostGis.EntityFramework;

/// <summary>Maps a NetTopologySuite type to a <c>geometry</c> or <c>geography</c> column. Public because compiled models name it.</summary>
/// <typeparam name="TGeometry">The type of the property.</typeparam>
public sealed class SpatialTypeMapping<TGeometry> : RelationalGeometryTypeMapping<TGeometry, TGeometry>, INpgsqlTypeMapping
    where TGeometry : Geometry
{
    /// <summary>Creates a mapping to a column type, with facets or without.</summary>
    public SpatialTypeMapping(string storeType)
        : base(converter: null, storeType)
    {
    }

    private SpatialTypeMapping(RelationalTypeMappingParameters parameters)
        : base(parameters, converter: null)
    {
    }

#pragma warning disable CA1000 // Compiled models look for it by this name on the type itself.
    /// <summary>The mapping from which compiled models clone theirs.</summary>
    public static SpatialTypeMapping<TGeometry> Default { get; } = new("geometry");
#pragma warning restore CA1000

    /// <summary>The type of parameters.</summary>
    public NpgsqlDbType NpgsqlDbType => IsGeography ? NpgsqlDbType.Geography : NpgsqlDbType.Geometry;

    /// <inheritdoc/>
    protected override Type WktReaderType => typeof(WKTReader);

    private bool IsGeography => SpatialStoreType.TryParse(StoreType, out var parsed) && parsed.IsGeography;

    /// <inheritdoc/>
    protected override RelationalTypeMapping Clone(RelationalTypeMappingParameters parameters) =>
        new SpatialTypeMapping<TGeometry>(parameters);

    /// <inheritdoc/>
    protected override void ConfigureParameter(DbParameter parameter)
    {
        base.ConfigureParameter(parameter);
        ((NpgsqlParameter)parameter).NpgsqlDbType = NpgsqlDbType;
    }

    /// <inheritdoc/>
    protected override string GenerateNonNullSqlLiteral(object value)
    {
        var geometry = (Geometry)value;
        var srid = geometry.SRID > 0 ? string.Create(CultureInfo.InvariantCulture, $"SRID={geometry.SRID};") : "";
        return $"{(IsGeography ? "GEOGRAPHY" : "GEOMETRY")} '{srid}{geometry.AsText()}'";
    }

    /// <inheritdoc/>
    protected override string AsText(object value) => ((Geometry)value).AsText();

    /// <inheritdoc/>
    protected override int GetSrid(object value) => ((Geometry)value).SRID;
}
