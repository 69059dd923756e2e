using GeoOffer.Storage.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoOffer.Storage.Migrations;

/// <summary>
/// Finds the sites without a place, which are in every box: in the spatial index they cost a look at every page of it.
/// </summary>
[DbContext(typeof(GeoOfferContext))]
[Migration("20261122210000_PlacelessSites")]
public sealed class PlacelessSites : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("CREATE INDEX site_placeless ON geooffer.site (code) WHERE geom IS NULL");
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("DROP INDEX geooffer.site_placeless");
    }
}
