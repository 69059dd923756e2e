using GeoOffer.Storage.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoOffer.Storage.Migrations;

/// <summary>
/// Keys of public sites in the orders that pages are asked for in, found in an index alone. The view of sites joins by the columns that the
/// indexes include; without them PostgreSQL would read the rows for these, even where it leaves the joins out.
/// </summary>
[DbContext(typeof(GeoOfferContext))]
[Migration("20261122220000_PagesOfPublicSites")]
public sealed class PagesOfPublicSites : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(
            """
            DROP INDEX geooffer.site_code_public;
            CREATE INDEX site_code_public ON geooffer.site (code) INCLUDE (id, dataset_id) WHERE is_public;
            CREATE INDEX site_name_public ON geooffer.site (name_it, code) INCLUDE (id, dataset_id) WHERE is_public;
            CREATE INDEX site_first_added_public ON geooffer.site (first_added DESC NULLS LAST, code) INCLUDE (id, dataset_id) WHERE is_public;
            """);
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(
            """
            DROP INDEX geooffer.site_first_added_public;
            DROP INDEX geooffer.site_name_public;
            DROP INDEX geooffer.site_code_public;
            CREATE INDEX site_code_public ON geooffer.site (code) WHERE is_public;
            """);
    }
}
