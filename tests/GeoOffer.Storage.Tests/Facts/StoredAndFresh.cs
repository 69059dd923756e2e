using Npgsql;

namespace GeoOffer.Storage.Tests.Facts;

/// <summary>Stored facts beside the same facts computed anew, from the derived tables as they are or from the registers alone.</summary>
internal static class StoredAndFresh
{
    /// <summary>Everything that is rebuilt from what people wrote, in an order that a person would not choose.</summary>
    private const string Rebuild = """
        DO $$
        DECLARE
          registers CONSTANT text[] := ARRAY['site', 'pilot_area', 'pole', 'province', 'municipality', 'constraint_area', 'infrastructure', 'dataset_coverage'];
          register text;
          columns  text;
        BEGIN
          FOREACH register IN ARRAY registers LOOP
            EXECUTE format('CREATE TEMP TABLE kept_%1$s ON COMMIT DROP AS TABLE geooffer.%1$I', register);
          END LOOP;
          FOREACH register IN ARRAY registers LOOP
            EXECUTE format('DELETE FROM geooffer.%I', register);
          END LOOP;
          FOREACH register IN ARRAY ARRAY['pole'] || array_remove(array_remove(registers, 'pole'), 'site') || ARRAY['site'] LOOP
            SELECT string_agg(quote_ident(column_name), ', ') INTO columns FROM information_schema.columns
            WHERE table_schema = 'geooffer' AND table_name = register AND is_generated = 'NEVER';
            EXECUTE format('INSERT INTO geooffer.%1$I (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM kept_%1$s', register, columns);
          END LOOP;
        END $$
        """;

    public static async Task AssertSameAsync(MigratedDatabase migrated, bool fromRegisters, string context)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var connection = await migrated.Source.OpenConnectionAsync(cancellationToken);
        var columns = await ReadAsync<string[]>(connection, "SELECT geooffer.fact_columns()");
        var list = string.Join(", ", columns.Select(column => $"f.{column}"));
        var stored = await FactRows.FactsAsync(
            connection, $"SELECT s.code, {list} FROM geooffer.site AS s LEFT JOIN geooffer.site_fact AS f ON f.site_id = s.id");

        Dictionary<string, Dictionary<string, object?>> fresh;
        if (fromRegisters)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var rebuild = new NpgsqlCommand(Rebuild, connection, transaction);
            await rebuild.ExecuteNonQueryAsync(cancellationToken);
            fresh = await FactRows.FactsAsync(connection, $"SELECT f.code, {list} FROM geooffer.site_fact AS f");
            await transaction.RollbackAsync(cancellationToken);
        }
        else
        {
            var facts = await ReadAsync<string>(
                connection, "SELECT geooffer.facts_sql('(SELECT id AS site_id, geom, municipality_code AS stated_municipality_code FROM geooffer.site)')");
            fresh = await FactRows.FactsAsync(
                connection, $"SELECT s.code, {list} FROM geooffer.site AS s JOIN ({facts}) AS f (site_id, {string.Join(", ", columns)}) ON f.site_id = s.id");
        }

        Assert.Equal(fresh.Keys.Order(), stored.Keys.Order());
        var differences = from code in fresh.Keys
                          from column in columns
                          where !IsSame(stored[code][column], fresh[code][column])
                          select $"{code}.{column}: {stored[code][column] ?? "null"} stored, {fresh[code][column] ?? "null"} computed";
        Assert.True(!differences.Any(), $"{string.Join("\n", differences.Take(10))}\n{context}");
    }

    private static bool IsSame(object? stored, object? fresh) => (stored, fresh) switch
    {
        (double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(b)),
        (string[] a, string[] b) => a.SequenceEqual(b),
        _ => Equals(stored, fresh),
    };

    private static async Task<T> ReadAsync<T>(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
