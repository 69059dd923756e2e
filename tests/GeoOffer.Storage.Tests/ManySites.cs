using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests;

/// <summary>A database of so many sites that PostgreSQL plans as it does in earnest: 30,000, of which 27,000 are public.</summary>
internal static class ManySites
{
    /// <summary>How many there are.</summary>
    public const int All = 30_000;

    /// <summary>How many of them are public.</summary>
    public const int Public = 27_000;

    // Nine of ten are public, all over the region; a terminal in its middle makes distances of every length.
    private const string Fill =
        """
        INSERT INTO geooffer.infrastructure (code, kind, name_it, geom)
        VALUES ('FT-1', 'freight_terminal', 'Terminal', ST_SetSRID(ST_MakePoint(9.9, 45.6), 4326));
        INSERT INTO geooffer.site (code, kind, name_it, functions, lifecycle_state, is_public, geom)
        SELECT format('S-%s', to_char(n, 'FM000000')), CASE WHEN n % 3 = 0 THEN 'brownfield' ELSE 'greenfield' END, 'Sito ' || n, '{industrial}', 'published', n % 10 <> 0,
          ST_MakeEnvelope(x, y, x + 0.0004 * (1 + n % 17), y + 0.003, 4326)
        FROM (SELECT n, 8.5 + 2.6 * (n::bigint * 7919 % 30011) / 30011.0 AS x, 44.7 + 1.9 * (n::bigint * 104729 % 29989) / 29989.0 AS y FROM generate_series(1, 30000) AS n) AS drawn;
        ANALYZE geooffer.site;
        ANALYZE geooffer.site_fact
        """;

    /// <summary>A copy of the database, which is filled once per cluster.</summary>
    public static Task<MigratedDatabase> CreateAsync(PostGisCluster cluster) => MigratedDatabase.CreateAsync(cluster, "many_sites", async database =>
    {
        await using var command = database.Source.CreateCommand(Fill);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    });
}
