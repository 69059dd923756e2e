#pragma warning disable EF1001 // INpgsqlTypeMapping is how the provider learns the element type of arrays.

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Storage.Internal.Mapping;
using NpgsqlTypes;

namespace GeoOffer.PostGis.Tests;

public sealed class EntityFrameworkTests(PostGisDatabase cluster)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnEntityKeepsItsGeometriesInColumnsOfTheirType()
    {
        await using var context = await NewDatabaseAsync<SiteContext>("sites");
        Assert.Equal(
            ["Anything GEOMETRY 0 2", "Area POLYGON 4326 2", "Height POINT 7791 3"],
            await context.Database.SqlQuery<string>(
                $"""
                SELECT concat_ws(' ', f_geometry_column, type, srid, coord_dimension) AS "Value"
                  FROM geometry_columns ORDER BY f_geometry_column
                """).ToListAsync(Cancellation));
        Assert.Equal(
            ["Centre Point 4326"],
            await context.Database.SqlQuery<string>(
                $"""SELECT concat_ws(' ', f_geography_column, type, srid) AS "Value" FROM geography_columns""").ToListAsync(Cancellation));

        var sent = NewSite();
        context.Add(sent);
        context.Add(new Site { Area = sent.Area });
        await context.SaveChangesAsync(Cancellation);
        context.ChangeTracker.Clear();

        var read = await context.Sites.SingleAsync(site => site.Centre != null, Cancellation);
        Assert.Equal(sent.Area, read.Area);
        Assert.Equal(4326, read.Area.SRID);
        Assert.Equal(sent.Centre, read.Centre);
        Assert.Equal(3, read.Height!.Z);
        Assert.True(sent.Anything!.EqualsExact(read.Anything));
        Assert.Equal(sent.Corners, read.Corners);
        Assert.Null((await context.Sites.SingleAsync(site => site.Centre == null, Cancellation)).Anything);
    }

    [Fact]
    public async Task OnlyAChangedGeometryIsWritten()
    {
        await using var context = await NewDatabaseAsync<SiteContext>("changes");
        context.Add(NewSite());
        await context.SaveChangesAsync(Cancellation);
        context.ChangeTracker.Clear();

        var site = await context.Sites.SingleAsync(Cancellation);
        site.Area = (Polygon)site.Area.Copy();
        Assert.Equal(0, await context.SaveChangesAsync(Cancellation));
        site.Anything = null;
        Assert.Equal(1, await context.SaveChangesAsync(Cancellation));
        context.ChangeTracker.Clear();
        Assert.Null((await context.Sites.SingleAsync(Cancellation)).Anything);
    }

    [Fact]
    public async Task AGeometryIsAParameterOfSql()
    {
        await using var context = await NewDatabaseAsync<SiteContext>("parameters");
        context.Add(NewSite());
        await context.SaveChangesAsync(Cancellation);

        var (inside, outside) = (new Point(9.5, 45.5) { SRID = 4326 }, new Point(19.5, 45.5) { SRID = 4326 });
        Assert.Equal(1, await SitesAt(inside).CountAsync(Cancellation));
        Assert.Equal(0, await SitesAt(outside).CountAsync(Cancellation));

        IQueryable<Site> SitesAt(Point point) => context.Sites.FromSql($"""SELECT * FROM "Sites" WHERE ST_Intersects("Area", {point})""");
    }

    [Fact]
    public async Task ADataSourceOfOnesOwnServesTheContext()
    {
        var options = new DbContextOptionsBuilder<SiteContext>()
            .UseNpgsql(cluster.DataSource, npgsql => npgsql.UseNetTopologySuite())
            .Options;
        await using var context = new SiteContext(options);
        var milan = new Point(9.19, 45.4642) { SRID = 4326 };
        Assert.Equal(milan, await context.Database.SqlQuery<Point>($"""SELECT {milan} AS "Value" """).SingleAsync(Cancellation));
    }

    [Theory]
    [MemberData(nameof(RoundTripTests.Samples), MemberType = typeof(RoundTripTests))]
    public async Task ALiteralMeansItsGeometry(string wkt)
    {
        var geometry = new WKTReader().Read(wkt);
        geometry.SRID = 4326;
        await using var context = new SiteContext(Options<SiteContext>("literals"));
        var mapping = context.GetService<IRelationalTypeMappingSource>().FindMapping("geometry(Geometry,4326)")!;
        await using var command = cluster.DataSource.CreateCommand($"SELECT {mapping.GenerateSqlLiteral(geometry)}");
        var read = Assert.IsType<Geometry>(await command.ExecuteScalarAsync(Cancellation), exactMatch: false);
        Assert.True(geometry.EqualsExact(read));
        Assert.Equal(4326, read.SRID);
    }

    [Theory]
    [InlineData("geometry", typeof(Geometry), NpgsqlDbType.Geometry)]
    [InlineData("GEOGRAPHY", typeof(Geometry), NpgsqlDbType.Geography)]
    [InlineData("geography(PointZ)", typeof(Point), NpgsqlDbType.Geography)]
    [InlineData("geometry( MultiPolygon , 4326 )", typeof(MultiPolygon), NpgsqlDbType.Geometry)]
    [InlineData("geometry(LineStringZM,32632)", typeof(LineString), NpgsqlDbType.Geometry)]
    [InlineData("geometry(GeometryCollectionM)", typeof(GeometryCollection), NpgsqlDbType.Geometry)]
    public void ColumnTypesAreUnderstood(string storeType, Type clrType, NpgsqlDbType npgsqlDbType)
    {
        using var context = new SiteContext(Options<SiteContext>("types"));
        var mapping = context.GetService<IRelationalTypeMappingSource>().FindMapping(storeType)!;
        Assert.Equal((clrType, storeType), (mapping.ClrType, mapping.StoreType));
        Assert.Equal(npgsqlDbType, Assert.IsType<INpgsqlTypeMapping>(mapping, exactMatch: false).NpgsqlDbType);

        var cloned = mapping.WithStoreTypeAndSize("geography(Point,4326)", null);
        Assert.Equal(NpgsqlDbType.Geography, Assert.IsType<INpgsqlTypeMapping>(cloned, exactMatch: false).NpgsqlDbType);
    }

    [Theory]
    [InlineData("geometry(CircularString,4326)")]
    [InlineData("geometry(Point,4326")]
    [InlineData("geometry(Point,4326)); DROP TABLE x; --")]
    [InlineData("geometryx")]
    public void OtherColumnTypesAreLeftToOthers(string storeType)
    {
        using var context = new SiteContext(Options<SiteContext>("types"));
        Assert.Null(context.GetService<IRelationalTypeMappingSource>().FindMapping(typeof(Geometry), storeType));
    }

    [Fact]
    public void APropertyThatCannotHoldItsColumnIsRefusedWithTheModel()
    {
        using var context = new MismatchedContext(Options<MismatchedContext>("mismatched"));
        Assert.Contains("Polygon", Assert.Throws<InvalidOperationException>(() => context.Model).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSettingsOfOneContextDoNotReachAnother()
    {
        using var planar = new SiteContext(Options<SiteContext>("settings"));
        using var geodetic = new SiteContext(
            new DbContextOptionsBuilder<SiteContext>().UseNpgsql(npgsql => npgsql.UseNetTopologySuite(geographyAsDefault: true)).Options);
        Assert.Equal("geometry", planar.GetService<IRelationalTypeMappingSource>().FindMapping(typeof(Point))!.StoreType);
        Assert.Equal("geography", geodetic.GetService<IRelationalTypeMappingSource>().FindMapping(typeof(Point))!.StoreType);
    }

    private static Site NewSite() => new()
    {
        Area = new Polygon(new LinearRing([new(9, 45), new(10, 45), new(10, 46), new(9, 45)])) { SRID = 4326 },
        Centre = new Point(9.7, 45.3) { SRID = 4326 },
        Height = new Point(new CoordinateZ(500_000, 5_000_000, 3)) { SRID = 7791 },
        Anything = new GeometryCollection([new Point(1, 2), new LineString([new(0, 0), new(1, 1)])]),
        Corners = [new Point(9, 45), new Point(10, 46)],
    };

    private async Task<TContext> NewDatabaseAsync<TContext>(string database)
        where TContext : DbContext
    {
        var context = (TContext)Activator.CreateInstance(typeof(TContext), Options<TContext>(database))!;
        Assert.True(await context.Database.EnsureCreatedAsync(Cancellation));
        return context;
    }

    private DbContextOptions<TContext> Options<TContext>(string database)
        where TContext : DbContext =>
        new DbContextOptionsBuilder<TContext>()
            .UseNpgsql(
                new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = database, Pooling = false }.ConnectionString,
                npgsql => npgsql.UseNetTopologySuite())
            .Options;

    private sealed class Site
    {
        public int Id { get; init; }

        public required Polygon Area { get; set; }

        public Point? Centre { get; init; }

        public Point? Height { get; init; }

        public Geometry? Anything { get; set; }

        public Point[]? Corners { get; init; }
    }

    private sealed class SiteContext(DbContextOptions<SiteContext> options) : DbContext(options)
    {
        public DbSet<Site> Sites => Set<Site>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            var site = modelBuilder.Entity<Site>();
            site.Property(entity => entity.Area).HasColumnType("geometry(Polygon,4326)");
            site.Property(entity => entity.Centre).HasColumnType("geography(Point,4326)");
            site.Property(entity => entity.Height).HasColumnType("geometry(PointZ,7791)");
        }
    }

    private sealed class MismatchedContext(DbContextOptions<MismatchedContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Site>().Property(entity => entity.Area).HasColumnType("geometry(Point,4326)");
    }
}
