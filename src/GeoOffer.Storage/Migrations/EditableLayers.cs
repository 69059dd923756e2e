using GeoOffer.Storage.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoOffer.Storage.Migrations;

/// <summary>Features of imported layers can be edited one by one: a layer then changes without being published anew.</summary>
[DbContext(typeof(GeoOfferContext))]
[Migration("20261122220000_EditableLayers")]
public sealed class EditableLayers : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(
            """
            ALTER TABLE geooffer.layer ADD COLUMN published_change_set_id bigint REFERENCES geooffer.change_set;
            COMMENT ON COLUMN geooffer.layer.published_change_set_id IS 'The change set that made the table, which stands for that of every row without one of its own.';
            ALTER TABLE geooffer.layer DISABLE TRIGGER USER;
            UPDATE geooffer.layer SET published_change_set_id = change_set_id;
            ALTER TABLE geooffer.layer ENABLE TRIGGER USER;
            ALTER TABLE geooffer.layer ALTER COLUMN published_change_set_id SET NOT NULL;
            """);
        migrationBuilder.Sql(SqlResource.Read("Migrations", "Sql", "Functions", "edits.sql"));
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(
            """
            DROP FUNCTION geooffer.refresh_facts_around(text, bigint, geometry[]);
            ALTER TABLE geooffer.layer DROP COLUMN published_change_set_id;
            """);
    }
}
