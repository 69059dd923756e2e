using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace GeoOffer.PostGis.EntityFramework;

/// <summary>Maps the types in the data source that EF Core makes from a connection string.</summary>
internal sealed class SpatialDataSourcePlugin(SpatialSettings settings) : INpgsqlDataSourceConfigurationPlugin
{
    public void Configure(NpgsqlDataSourceBuilder npgsqlDataSourceBuilder) =>
        npgsqlDataSourceBuilder.UseNetTopologySuite(
            settings.SequenceFactory, settings.PrecisionModel, settings.HandleOrdinates, settings.GeographyAsDefault);
}
