using GeoOffer.Storage.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoOffer.Storage.Migrations;

/// <summary>Layers that are joined to a register are swept with their views.</summary>
[DbContext(typeof(GeoOfferContext))]
[Migration("20261122200000_SweepOfJoinedLayers")]
public sealed class SweepOfJoinedLayers : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(SqlResource.Read("Migrations", "Sql", "Functions", "layers.sql"));
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder) => ArgumentNullException.ThrowIfNull(migrationBuilder);
}
