using GeoOffer.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace GeoOffer.Storage;

/// <summary>One PostgreSQL database with PostGIS: connections, migrations, and contexts for interactive writes.</summary>
public sealed class GeoOfferDatabase : IAsyncDisposable
{
    private GeoOfferDatabase(NpgsqlDataSource source, NpgsqlDataSource reading) => (Source, Reading) = (source, reading);

    /// <summary>Pooled connections that read and write NetTopologySuite geometries.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>
    /// The same for single statements that read and leave nothing behind in their session: to clean it before the next would cost more than
    /// many of them take.
    /// </summary>
    public NpgsqlDataSource Reading { get; }

    /// <summary>Opens a database; no connection is made before the first use.</summary>
    /// <param name="connectionString">Npgsql connection string.</param>
    public static GeoOfferDatabase Open(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 3,
            ApplicationName = "geooffer",
        };
        var source = Build(settings);
        settings.NoResetOnClose = true;
        return new GeoOfferDatabase(source, Build(settings));
    }

    /// <summary>A context for interactive writes; the caller disposes it.</summary>
    public GeoOfferContext CreateContext() => new(new DbContextOptionsBuilder<GeoOfferContext>()
        .UseNpgsql(Source, npgsql => npgsql
            .UseNetTopologySuite()
            .MigrationsHistoryTable("migration_history", GeoOfferContext.Schema))
        // Migrations are SQL; a test, not a snapshot, holds the model to the database.
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
        .Options);

    /// <summary>Brings the schema up to date and, in a new database, writes the settings of the region.</summary>
    /// <exception cref="InvalidOperationException">PostGIS is missing, or too old.</exception>
    public async Task MigrateAsync(RegionSettings region, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(region);
        await using (var context = CreateContext())
        {
            context.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
            await context.Database.MigrateAsync(cancellationToken);
        }

        await using var connection = await Source.OpenConnectionAsync(cancellationToken);
        await connection.ReloadTypesAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO geooffer.region (code, name_it, name_en, metric_srid, scale_bound, extent, languages)
            VALUES ($1, $2, $3, $4, $5, ST_MakeEnvelope($6, $7, $8, $9, 4326), $10)
            ON CONFLICT (id) DO NOTHING
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = region.Code },
                new() { Value = region.NameIt },
                new() { Value = region.NameEn },
                new() { Value = region.MetricSrid },
                new() { Value = region.ScaleBound },
                new() { Value = region.Extent[0] },
                new() { Value = region.Extent[1] },
                new() { Value = region.Extent[2] },
                new() { Value = region.Extent[3] },
                new() { Value = region.Languages.ToArray() },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Reading.DisposeAsync();
        await Source.DisposeAsync();
    }

    private static NpgsqlDataSource Build(NpgsqlConnectionStringBuilder settings)
    {
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UseNetTopologySuite();
        return builder.Build();
    }
}
