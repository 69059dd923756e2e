using GeoOffer.Domain.Offer;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace GeoOffer.Storage.Tests.Model;

/// <summary>Columns, types, nullability, keys and code lists are the same in the model, the catalogue and the database.</summary>
public sealed class SchemaTests(PostGisCluster cluster)
{
    private sealed record Column(string Table, string Name, string Type, bool Nullable);

    [Fact]
    public async Task Entities_have_exactly_the_columns_of_their_tables()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await using var context = migrated.Database.CreateContext();
        var entities = context.Model.GetEntityTypes().ToList();
        var mapped = entities.SelectMany(entity => entity.GetProperties().Select(property =>
            new Column(entity.GetTableName()!, property.GetColumnName(), property.GetColumnType(), property.IsColumnNullable())));

        var stored = await ColumnsAsync(migrated, [.. entities.Select(entity => entity.GetTableName()!)]);

        Assert.Equal(stored.Select(Say).Order(), mapped.Select(Say).Order());
    }

    [Fact]
    public async Task Entities_have_the_keys_of_their_tables_and_their_change_set_guards_them()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await using var context = migrated.Database.CreateContext();
        foreach (var entity in context.Model.GetEntityTypes())
        {
            var key = await migrated.ScalarAsync<string[]>(
                """
                SELECT array_agg(a.attname::text) FROM pg_constraint AS c JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
                WHERE c.contype = 'p' AND c.conrelid = ('geooffer.' || $1)::regclass
                """,
                entity.GetTableName()!);
            Assert.Equal(key, entity.FindPrimaryKey()!.Properties.Select(property => property.GetColumnName()));
            Assert.True(entity.FindProperty("ChangeSetId") is { IsConcurrencyToken: true, ValueGenerated: ValueGenerated.OnAddOrUpdate }, entity.Name);
        }
    }

    [Fact]
    public async Task Code_lists_are_the_checks_of_their_columns_and_the_other_way_round()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await using var context = migrated.Database.CreateContext();
        var listed = BuiltInCollections.All.SelectMany(collection => collection.Properties.Where(property => property.Codes is not null).Select(property =>
            (Column: $"{context.Model.FindEntityType(collection.Entity)!.GetTableName()}.{property.Name}", List: property.Codes!))).ToList();

        await using var command = migrated.Source.CreateCommand(
            """
            SELECT t.relname || '.' || a.attname, ARRAY(SELECT m[1] FROM regexp_matches(pg_get_constraintdef(c.oid), '''([^'']*)''::text', 'g') AS m ORDER BY 1)
            FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid JOIN pg_attribute AS a ON a.attrelid = t.oid AND ARRAY[a.attnum] = c.conkey
            WHERE c.contype = 'c' AND t.relname = ANY ($1) AND a.attname <> 'geom' AND pg_get_constraintdef(c.oid) LIKE '%ARRAY[%'
            """);
        command.Parameters.Add(new() { Value = context.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).ToArray() });
        var checks = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            checks.Add($"{reader.GetString(0)}: {string.Join(", ", reader.GetFieldValue<string[]>(1).Order(StringComparer.Ordinal))}");
        }

        Assert.Equal(
            listed.Select(entry => $"{entry.Column}: {string.Join(", ", CodeLists.Find(entry.List)!.Codes.Order(StringComparer.Ordinal))}")
                .Order(StringComparer.Ordinal),
            checks.Order(StringComparer.Ordinal));
        Assert.Equal(CodeLists.All.Select(list => list.Name).Order(), listed.Select(entry => entry.List).Distinct().Order());
    }

    [Fact]
    public async Task Layers_are_the_kinds_of_infrastructure_and_constraints_with_their_severities()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        var layers = await migrated.ScalarAsync<string[]>(
            "SELECT array_agg(name || ' ' || role || coalesce(' ' || default_severity, '') ORDER BY ordinal) FROM geooffer.fact_layer");

        Assert.Equal(
            TerritoryCodeLists.InfrastructureKind.Codes.Select(kind => $"{kind} proximity")
                .Concat(TerritoryCodeLists.ConstraintKind.Codes.Select(kind => $"{kind} constraint {TerritoryCodeLists.DefaultSeverity(kind)}")),
            layers);
    }

    [Fact]
    public async Task The_catalogue_has_exactly_the_columns_of_its_views()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        using var source = new CatalogueSource(migrated.Database);
        string[] internalColumns = ["id", "change_set_id", "facts_change_set_id"];
        foreach (var collection in (await source.GetAsync(TestContext.Current.CancellationToken)).Collections)
        {
            Assert.Equal("geooffer", collection.Relation.Schema);
            var stored = (await ColumnsAsync(migrated, [collection.Relation.Name]))
                .Where(column => !internalColumns.Contains(column.Name)).ToDictionary(column => column.Name);

            Assert.Equal(
                collection.Properties.Select(property => property.Column).Append(collection.Geometry!.Column).Order(StringComparer.Ordinal),
                stored.Keys.Order(StringComparer.Ordinal));
            Assert.All(collection.Properties, property => Assert.Contains(stored[property.Column].Type, TypesOf(property.Type)));
            Assert.Matches($@"^geometry\(\w+,{collection.Geometry.Srid}\)$", stored[collection.Geometry.Column].Type);
            Assert.Equal(collection.Properties[0], collection.Key);
        }
    }

    /// <summary>Views say nothing of nulls, so the promise is checked at the table below.</summary>
    [Fact]
    public async Task What_the_catalogue_calls_never_null_is_not_null_in_its_table()
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        await using var context = migrated.Database.CreateContext();
        using var source = new CatalogueSource(migrated.Database);
        var catalogue = await source.GetAsync(TestContext.Current.CancellationToken);
        foreach (var spec in BuiltInCollections.All)
        {
            var table = context.Model.FindEntityType(spec.Entity)!.GetTableName()!;
            var nullable = (await ColumnsAsync(migrated, [table])).ToDictionary(column => column.Name, column => column.Nullable);
            var collection = catalogue.Find(spec.Id)!;
            Assert.All(collection.Properties.Where(property => !property.Nullable), property => Assert.False(nullable[property.Column], property.Name));
            Assert.Equal(nullable["geom"], collection.Geometry!.Nullable);
        }
    }

    private static string Say(Column column) => $"{column.Table}.{column.Name} {column.Type}{(column.Nullable ? "" : " NOT NULL")}";

    private static string[] TypesOf(GeoOffer.Query.Catalogue.PropertyType type) => type switch
    {
        GeoOffer.Query.Catalogue.PropertyType.Text => ["text"],
        GeoOffer.Query.Catalogue.PropertyType.Integer => ["bigint", "integer", "smallint"],
        GeoOffer.Query.Catalogue.PropertyType.Number => ["double precision"],
        GeoOffer.Query.Catalogue.PropertyType.Boolean => ["boolean"],
        GeoOffer.Query.Catalogue.PropertyType.Date => ["date"],
        GeoOffer.Query.Catalogue.PropertyType.Timestamp => ["timestamp with time zone"],
        GeoOffer.Query.Catalogue.PropertyType.TextArray => ["text[]"],
        _ => [],
    };

    private static async Task<List<Column>> ColumnsAsync(MigratedDatabase migrated, string[] relations)
    {
        await using var command = migrated.Source.CreateCommand(
            """
            SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull
            FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relnamespace = 'geooffer'::regnamespace AND c.relname = ANY ($1)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = relations });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var columns = new List<Column>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            columns.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3)));
        }

        return columns;
    }
}
