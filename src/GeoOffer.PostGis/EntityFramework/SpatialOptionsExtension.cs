using System.Globalization;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace GeoOffer.PostGis.EntityFramework;

/// <summary>Adds the services of the spatial types to a context.</summary>
internal sealed class SpatialOptionsExtension(SpatialSettings settings) : IDbContextOptionsExtension
{
    private ExtensionInfo? _info;

    public DbContextOptionsExtensionInfo Info => _info ??= new ExtensionInfo(this, settings);

    public void ApplyServices(IServiceCollection services) =>
        new EntityFrameworkNpgsqlServicesBuilder(services)
            .TryAdd<INpgsqlDataSourceConfigurationPlugin, SpatialDataSourcePlugin>()
            .TryAdd<IRelationalTypeMappingSourcePlugin, SpatialTypeMappingSourcePlugin>()
            .TryAdd<IConventionSetPlugin, PostGisExtensionConventionPlugin>()
            .TryAddProviderSpecificServices(provider => provider.TryAddSingleton(settings));

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class ExtensionInfo(IDbContextOptionsExtension extension, SpatialSettings settings)
        : DbContextOptionsExtensionInfo(extension)
    {
        private readonly SpatialSettings _settings = settings;

        public override bool IsDatabaseProvider => false;

        public override string LogFragment =>
            _settings.GeographyAsDefault ? "using NetTopologySuite (geography by default) " : "using NetTopologySuite ";

        public override int GetServiceProviderHashCode() => _settings.GetHashCode();

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
            other is ExtensionInfo info && info._settings == _settings;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) =>
            debugInfo["Npgsql:UseNetTopologySuite"] = GetServiceProviderHashCode().ToString(CultureInfo.InvariantCulture);
    }
}
