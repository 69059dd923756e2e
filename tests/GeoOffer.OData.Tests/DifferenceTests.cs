using System.Globalization;
using FsCheck.Fluent;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Paging;
using GeoOffer.Storage;
using GeoOffer.Storage.Reading;
using GeoOffer.Testing;
using Npgsql;
using NpgsqlTypes;

namespace GeoOffer.OData.Tests;

/// <summary>PostgreSQL finds by a condition of OData what the words of the standard say, in a model that is not that of the house.</summary>
public sealed class DifferenceTests(PostGisCluster cluster)
{
    private const int Rows = 300;
    private const int Conditions = 600;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Random_conditions_find_the_same_in_memory_and_in_PostgreSQL()
    {
        await using var database = await cluster.CreateDatabaseAsync();
        await using var opened = GeoOfferDatabase.Open(database.ConnectionString);
        var products = Enumerable.Range(0, Rows)
            .Select(number => RandomConditions.Product(number.ToString("000", CultureInfo.InvariantCulture)).Sample(1).Single())
            .ToList();
        await FillAsync(database.ConnectionString, products);
        var reader = new FeatureReader(opened);

        foreach (var condition in Gen.Choose(0, 3).SelectMany(RandomConditions.Condition).Sample(Conditions))
        {
            var expected = products.Where(product => condition.Of(product) is true).Select(product => product.Code);
            Assert.True(expected.SequenceEqual(await FindAsync(reader, condition.Text)), condition.Text);
        }
    }

    private static async Task<List<string>> FindAsync(FeatureReader reader, string filter)
    {
        var faults = new List<ODataFault>();
        var query = Shop.Read(faults, ("$filter", filter), ("$select", "code"));
        Assert.True(query is not null, $"{filter}: {string.Join("; ", faults)}");
        await using var rows = await reader.OpenAsync(FeatureQuery.Create(query.ToRequest(Role.Public, Rows)).Value, Token);
        var found = new List<string>();
        while (await rows.ReadAsync(Token))
        {
            found.Add(rows.Key);
        }

        return found;
    }

    private static async Task FillAsync(string connectionString, List<Product> products)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using (var table = source.CreateCommand("""
            CREATE TABLE product (p_code text COLLATE "C" PRIMARY KEY, p_name text COLLATE "C", p_brand text COLLATE "C" NOT NULL, p_price double precision,
              p_weight double precision NOT NULL, p_stock bigint, p_new boolean, p_made date, p_changed timestamptz, p_tags text[], p_cost double precision, p_geom geometry)
            """))
        {
            await table.ExecuteNonQueryAsync(Token);
        }

        foreach (var product in products)
        {
            await using var insert = source.CreateCommand(
                "INSERT INTO product VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, CASE WHEN $11 IS NOT NULL THEN ST_SetSRID(ST_MakePoint($11, $12), 4326) END)");
            Add(product.Code, NpgsqlDbType.Text);
            Add(product.Name, NpgsqlDbType.Text);
            Add(product.Brand, NpgsqlDbType.Text);
            Add(product.Price, NpgsqlDbType.Double);
            Add(product.WeightKg, NpgsqlDbType.Double);
            Add(product.Stock, NpgsqlDbType.Bigint);
            Add(product.IsNew, NpgsqlDbType.Boolean);
            Add(product.MadeOn, NpgsqlDbType.Date);
            Add(product.ChangedAt, NpgsqlDbType.TimestampTz);
            Add(product.Tags, NpgsqlDbType.Array | NpgsqlDbType.Text);
            Add(product.Place?.X, NpgsqlDbType.Double);
            Add(product.Place?.Y, NpgsqlDbType.Double);
            await insert.ExecuteNonQueryAsync(Token);

            void Add(object? value, NpgsqlDbType type) => insert.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        }
    }
}
