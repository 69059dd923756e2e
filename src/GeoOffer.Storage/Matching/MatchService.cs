using System.Collections.Concurrent;
using System.Data;
using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Reading;
using Npgsql;

namespace GeoOffer.Storage.Matching;

/// <summary>Answers briefs from the stored facts: membership, order and counts by one statement, reasons by the judge, all on one snapshot.</summary>
public sealed class MatchService(GeoOfferDatabase database, CatalogueSource catalogue, ScoutingRules? rules = null, TimeProvider? time = null)
{
    private readonly ScoutingRules _rules = rules ?? ScoutingRules.Default;
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ConcurrentDictionary<Role, VisibleSites> _visibleSites = new();

    /// <summary>The digest of the rules by which this service judges: numbers, behaviour, and the SQL of the facts.</summary>
    public string RulesVersion { get; } = Domain.Scouting.RulesVersion.Compute(
        rules ?? ScoutingRules.Default,
        SqlResource.Read("Migrations", "Sql", "04_facts.sql"),
        SqlResource.Read("Migrations", "Sql", "Functions", "facts.sql"),
        SqlResource.Read("Migrations", "Sql", "05_layers.sql"));

    /// <summary>The answer to a brief for callers of a role.</summary>
    /// <param name="brief">What is asked.</param>
    /// <param name="isCountedInFull">Whether excluded sites are counted by reason, which reads all sites.</param>
    /// <param name="role">What the caller may see.</param>
    /// <param name="cancellationToken">Cancels the query in the database too.</param>
    public async Task<MatchAnswer> AnswerAsync(Brief brief, bool isCountedInFull, Role role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(brief);
        var layers = await catalogue.LayersAsync(cancellationToken);
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);

        // One snapshot: what is ranked, counted and explained is the same state of the data.
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var (version, ranking) = await RankAsync(connection, brief, layers, role, cancellationToken);
        var visible = await CountVisibleAsync(connection, role, version, cancellationToken);
        var failed = isCountedInFull ? await CountFailedAsync(connection, brief, layers, role, cancellationToken) : null;
        var sites = ranking.Sites.Count == 0
            ? new Dictionary<string, SiteRow>()
            : await new SiteFactsReader(connection, layers, role).ReadAsync([.. ranking.Sites.Select(site => site.Code)], brief.Within, cancellationToken);
        await snapshot.CommitAsync(cancellationToken);

        var now = _time.GetUtcNow();
        return new MatchAnswer
        {
            Brief = brief,
            Sites = [.. ranking.Sites.Select(site => ToMatchedSite(sites[site.Code], site.Rank, brief, now))],
            Counts = new MatchCounts(
                ranking.Counts[0], ranking.Counts[1], ranking.Counts[2], visible - ranking.Counts.Sum(), failed),
            RulesVersion = RulesVersion,
            DataVersion = version,
            TimeStamp = now,
        };
    }

    private async Task<(long Version, Ranking Ranking)> RankAsync(
        NpgsqlConnection connection, Brief brief, IReadOnlyList<FactLayer> layers, Role role, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                // Compiling a statement of this size takes longer than running it.
                new("SET LOCAL jit = off"),
                new("SELECT version FROM geooffer.data_version"),
                MatchSql.Ranked(brief, _rules, layers, role).ToBatchCommand(),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var version = reader.GetInt64(0);
        await reader.NextResultAsync(cancellationToken);

        var counts = new long[3];
        var sites = new List<(string, int)>();
        var rank = 0;
        var current = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            var bucket = reader.GetInt32(0);
            counts[bucket - 1] = reader.GetInt64(1);
            if (!reader.IsDBNull(2))
            {
                rank = bucket == current ? rank + 1 : 1;
                current = bucket;
                sites.Add((reader.GetString(2), rank));
            }
        }

        return (version, new Ranking(counts, sites));
    }

    // The number of sites there are changes only with the data: it is counted once per version.
    private async Task<long> CountVisibleAsync(NpgsqlConnection connection, Role role, long version, CancellationToken cancellationToken)
    {
        if (_visibleSites.TryGetValue(role, out var known) && known.Version == version)
        {
            return known.Count;
        }

        await using var command = MatchSql.Visible(role).ToCommand(connection);
        var count = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        _visibleSites[role] = new VisibleSites(version, count);
        return count;
    }

    private async Task<List<FailedConstraint>> CountFailedAsync(
        NpgsqlConnection connection, Brief brief, IReadOnlyList<FactLayer> layers, Role role, CancellationToken cancellationToken)
    {
        List<string> ids = [.. brief.Area is null ? [] : new[] { "area" }, .. brief.Within is null ? [] : new[] { "within" }, .. brief.Constraints.Select(constraint => constraint.Id)];
        await using var command = MatchSql.ExcludedByReason(brief, _rules, layers, role).ToCommand(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return [.. ids.Select((id, place) => new FailedConstraint(id, reader.GetInt64(place + 1)))];
    }

    private MatchedSite ToMatchedSite(SiteRow site, int rank, Brief brief, DateTimeOffset now)
    {
        var freshSince = DateOnly.FromDateTime(now.UtcDateTime).AddMonths(-_rules.FreshnessMonths);
        return new MatchedSite
        {
            Judgement = Judge.Assess(site.Facts, brief, _rules),
            Rank = rank,
            NameIt = site.NameIt,
            NameEn = site.NameEn,
            AreaHa = site.Facts.Areas[brief.Area?.Basis ?? AreaBasis.Gross].Value,
            Completeness = site.Completeness,
            Stale = !(site.VerifiedOn >= freshSince),
            Geometry = site.Geometry,
        };
    }

    private sealed record Ranking(long[] Counts, List<(string Code, int Rank)> Sites);

    private sealed record VisibleSites(long Version, long Count);
}
