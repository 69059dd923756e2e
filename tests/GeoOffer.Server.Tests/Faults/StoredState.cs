using Npgsql;

namespace GeoOffer.Server.Tests.Faults;

/// <summary>All that an import could have changed. A fact that is unknown and one that there is no column for are the same.</summary>
/// <param name="Sites">Every row.</param>
/// <param name="Facts">Every fact.</param>
/// <param name="History">Every row of the past.</param>
/// <param name="Datasets">Every dataset.</param>
/// <param name="Layers">Every layer, what sites are measured against, and every feature.</param>
/// <param name="Version">The version of the data.</param>
internal sealed record StoredState(string Sites, string Facts, string History, string Datasets, string Layers, long Version)
{
    private const string Sql =
        """
        SELECT
          (SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t.code), '')) FROM geooffer.site AS t),
          (SELECT md5(coalesce(string_agg(jsonb_strip_nulls(to_jsonb(t))::text, '|' ORDER BY t.code), '')) FROM geooffer.site_fact AS t),
          (SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM geooffer.site_history AS t),
          (SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t.id), '')) FROM geooffer.dataset AS t),
          (SELECT md5(concat(
            (SELECT string_agg(t::text, '|' ORDER BY t.id) FROM geooffer.layer AS t),
            (SELECT string_agg(t::text, '|' ORDER BY t.relation) FROM geooffer.layer_relation AS t),
            (SELECT string_agg(t::text, '|' ORDER BY t.name) FROM geooffer.fact_layer AS t),
            (SELECT string_agg(query_to_xml(format('SELECT * FROM geooffer_layers.%I ORDER BY 1, 2', relname), true, false, '')::text, '|' ORDER BY relname)
              FROM pg_class WHERE relnamespace = to_regnamespace('geooffer_layers') AND relkind = 'r')))),
          (SELECT version FROM geooffer.data_version)
        """;

    public static async Task<StoredState> ReadAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(Sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        await reader.ReadAsync(TestContext.Current.CancellationToken);
        return new StoredState(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetInt64(5));
    }

    /// <summary>The number of sites, of sites with facts, and of tables that an import has left beside the data.</summary>
    public static async Task<(long Sites, long Facts, long Left)> CountAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(
            """
            SELECT (SELECT count(*) FROM geooffer.site), (SELECT count(*) FROM geooffer.site_fact),
              (SELECT count(*) FROM pg_class WHERE relnamespace = 'geooffer_staging'::regnamespace AND relkind = 'r')
            """);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        await reader.ReadAsync(TestContext.Current.CancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }
}
