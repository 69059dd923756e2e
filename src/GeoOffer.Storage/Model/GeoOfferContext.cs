using System.Text;
using GeoOffer.Domain.Offer;
using GeoOffer.Domain.Registers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Model;

/// <summary>
/// The model of the built-in registers, for interactive writes and migrations. Reading goes through the catalogue, which takes
/// columns, types and nullability from here; a test holds both to <c>information_schema</c>.
/// </summary>
public sealed class GeoOfferContext(DbContextOptions<GeoOfferContext> options) : DbContext(options)
{
    /// <summary>The schema of everything GeoOffer keeps.</summary>
    public const string Schema = "geooffer";

    /// <summary>Sheets of sites.</summary>
    public DbSet<Site> Sites => Set<Site>();

    /// <summary>Provinces.</summary>
    public DbSet<Province> Provinces => Set<Province>();

    /// <summary>Municipalities.</summary>
    public DbSet<Municipality> Municipalities => Set<Municipality>();

    /// <summary>What distance is measured to.</summary>
    public DbSet<Infrastructure> Infrastructure => Set<Infrastructure>();

    /// <summary>What limits building.</summary>
    public DbSet<ConstraintArea> Constraints => Set<ConstraintArea>();

    /// <summary>AttrACT agreements.</summary>
    public DbSet<Agreement> Agreements => Set<Agreement>();

    /// <summary>Attractor poles.</summary>
    public DbSet<Pole> Poles => Set<Pole>();

    /// <summary>Pilot strategic areas.</summary>
    public DbSet<PilotArea> PilotAreas => Set<PilotArea>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.Entity<Site>(site =>
        {
            site.HasIndex(s => s.Code).IsUnique();
            site.Property(s => s.Completeness).ValueGeneratedOnAddOrUpdate();
            site.Property(s => s.FirstAdded).HasDefaultValueSql("current_date");
            foreach (var money in (string[])[nameof(Site.PriceMinEur), nameof(Site.PriceMaxEur), nameof(Site.RentMinEurPerYear), nameof(Site.RentMaxEurPerYear)])
            {
                site.Property(money).HasColumnType("numeric(14,2)");
            }
        });
        modelBuilder.Entity<Province>().HasKey(p => p.Code);
        modelBuilder.Entity<Municipality>().HasKey(m => m.Code);
        modelBuilder.Entity<Infrastructure>().Property(i => i.Attributes).HasColumnType("jsonb");
        modelBuilder.Entity<ConstraintArea>().Property(c => c.Attributes).HasColumnType("jsonb");
        modelBuilder.Entity<Agreement>().HasKey(a => a.Code);
        modelBuilder.Entity<Pole>().HasKey(p => p.Code);
        modelBuilder.Entity<PilotArea>().HasKey(p => p.Code);

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(SnakeCase(entity.ClrType.Name));
            foreach (var property in entity.GetProperties())
            {
                MapColumn(property);
            }
        }
    }

    private static void MapColumn(IMutableProperty property)
    {
        property.SetColumnName(SnakeCase(property.Name));
        if (property.Name == "ChangeSetId")
        {
            property.IsConcurrencyToken = true;
            property.SetDefaultValueSql("geooffer.current_change_set()");
            // The database stamps every write, so that a context can edit again what it has just saved.
            property.ValueGenerated = ValueGenerated.OnAddOrUpdate;
        }

        if (typeof(Geometry).IsAssignableFrom(property.ClrType))
        {
            property.SetColumnType($"geometry({property.ClrType.Name},4326)");
        }
    }

    /// <summary>The column of a property: <c>GasM3PerH</c> is <c>gas_m3_per_h</c>.</summary>
    internal static string SnakeCase(string name)
    {
        var column = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && column.Length > 0)
            {
                column.Append('_');
            }

            column.Append(char.ToLowerInvariant(letter));
        }

        return column.ToString();
    }
}
