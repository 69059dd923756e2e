using GeoOffer.Storage.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoOffer.Storage.Migrations;

/// <summary>Layers that are imported at run time.</summary>
[DbContext(typeof(GeoOfferContext))]
[Migration("20261122180000_RunTimeLayers")]
public sealed class RunTimeLayers : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(SqlResource.Read("Migrations", "Sql", "08_layers_at_run_time.sql"));
        migrationBuilder.Sql(SqlResource.Read("Migrations", "Sql", "Functions", "facts.sql"));
        migrationBuilder.Sql(SqlResource.Read("Migrations", "Sql", "Functions", "sites_view.sql"));
        migrationBuilder.Sql(SqlResource.Read("Migrations", "Sql", "Functions", "layers.sql"));
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(
            """
            ALTER TABLE geooffer.fact_layer DROP COLUMN layer_id, DROP COLUMN condition;
            DROP FUNCTION geooffer.sweep_layers, geooffer.make_room_for_facts;
            DROP SEQUENCE geooffer.layer_feature_id;
            DROP TABLE geooffer.layer_relation, geooffer.layer;
            DROP SCHEMA geooffer_layers CASCADE
            """);
    }
}
