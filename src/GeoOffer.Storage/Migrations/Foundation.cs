using GeoOffer.Storage.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoOffer.Storage.Migrations;

/// <summary>Registers, sites, stored facts, history and the relations of the collections.</summary>
[DbContext(typeof(GeoOfferContext))]
[Migration("20261122000000_Foundation")]
public sealed class Foundation : Migration
{
    private static readonly string[] Statements =
    [
        "01_change_sets.sql",
        "02_registers.sql",
        "03_sites.sql",
        "04_facts.sql",
        "Functions/facts.sql",
        "05_layers.sql",
        "06_triggers.sql",
        "Functions/sites_view.sql",
        "07_collections.sql",
    ];

    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("CREATE EXTENSION IF NOT EXISTS postgis");
        foreach (var file in Statements)
        {
            migrationBuilder.Sql(SqlResource.Read(["Migrations", "Sql", .. file.Split('/')]));
        }
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("DROP SCHEMA geooffer CASCADE");
    }
}
