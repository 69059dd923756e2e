using System.Globalization;
using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Matching;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Matching;

/// <summary>Answers that were given while others wrote, held afterwards to the history of the sites: each is of one version, and of that one.</summary>
public sealed class MatchConcurrencyTests(PostGisCluster cluster)
{
    private const int Writers = 3, WritesEach = 40, Readers = 3;

    [Fact]
    public async Task Every_answer_is_that_of_its_version()
    {
        await using var world = await ComputedFacts.CreateWorldAsync(cluster);
        using var written = new CancellationTokenSource();
        var readers = Enumerable.Range(0, Readers).Select(number => ReadAsync(world, (Role)(number % 2), written.Token)).ToList();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(world.Database, writer)));
        await written.CancelAsync();

        var answers = (await Task.WhenAll(readers)).SelectMany(answer => answer).ToList();
        Assert.True(answers.Select(answer => answer.Answer.DataVersion).Distinct().Count() > 3);
        foreach (var (role, answer) in answers.DistinctBy(answer => (answer.Role, answer.Answer.DataVersion)))
        {
            var sites = await world.Database.ScalarAsync<string[]>(
                """
                SELECT coalesce(array_agg(v.code || ' ' || coalesce(v.gross_area_declared_ha::text, '') ORDER BY v.code COLLATE "C"), '{}')
                FROM (
                  SELECT code, is_public, gross_area_declared_ha, change_set_id, NULL::bigint AS to_change_set_id FROM geooffer.site
                  UNION ALL SELECT code, is_public, gross_area_declared_ha, change_set_id, to_change_set_id FROM geooffer.site_history) AS v
                JOIN geooffer.change_set AS came ON came.id = v.change_set_id LEFT JOIN geooffer.change_set AS went ON went.id = v.to_change_set_id
                WHERE came.version <= $1 AND (went.version IS NULL OR went.version > $1) AND (v.is_public OR $2)
                """,
                answer.DataVersion, role >= Role.Scout);
            Assert.Equal(sites, answer.Sites
                .Select(site => $"{site.Judgement.Code} {site.AreaHa?.ToString("R", CultureInfo.InvariantCulture)}").Order(StringComparer.Ordinal));
            var counts = answer.Counts;
            Assert.Equal(sites.Length, counts.Match + counts.MatchIfVerified + counts.NearMiss + counts.ExcludedTotal);
        }
    }

    /// <summary>Any declared area will do, unknown ones too: so each visible site is listed once, in one bucket or another.</summary>
    private static async Task<List<(Role Role, MatchAnswer Answer)>> ReadAsync(MatchWorld world, Role role, CancellationToken written)
    {
        var brief = new Brief
        {
            Area = new AreaRequirement { TargetHa = 30, Tolerance = 1, Slack = 100, Basis = AreaBasis.Declared, Oversize = Oversize.Accept },
            Limit = 1000,
        };
        var answers = new List<(Role, MatchAnswer)>();
        do
        {
            answers.Add((role, await world.AnswerAsync(brief, isCountedInFull: true, role)));
        }
        while (!written.IsCancellationRequested);

        return answers;
    }

    private static async Task WriteAsync(MigratedDatabase database, int writer)
    {
        var random = new Random(writer);
        for (var number = 0; number < WritesEach; number++)
        {
            // Each writer has sites of its own, so that none waits for another in a circle.
            var own = $"id % {Writers} = {writer} ORDER BY md5(id::text || '{random.Next()}') LIMIT 3";
            await database.ExecuteAsync(random.Next(4) switch
            {
                0 => $"""
                    INSERT INTO geooffer.site (code, kind, name_it, is_public, gross_area_declared_ha, geom)
                    SELECT 'W-{writer}-{number}-' || n, 'greenfield', 'Nuovo', n <> 2, {random.Next(1, 50)}, ST_MakeEnvelope(9.1, 45.1, 9.11, 45.11, 4326) FROM generate_series(1, 3) AS n
                    """,
                1 => $"DELETE FROM geooffer.site WHERE id IN (SELECT id FROM geooffer.site WHERE {own})",
                2 => $"UPDATE geooffer.site SET is_public = NOT is_public WHERE id IN (SELECT id FROM geooffer.site WHERE {own})",
                _ => $"UPDATE geooffer.site SET gross_area_declared_ha = {random.Next(1, 500)} / 10.0 WHERE id IN (SELECT id FROM geooffer.site WHERE {own})",
            });
        }
    }
}
