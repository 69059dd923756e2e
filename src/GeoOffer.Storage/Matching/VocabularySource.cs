using System.Collections.Frozen;
using GeoOffer.Domain;
using GeoOffer.Domain.Scouting;
using GeoOffer.Storage.Catalogues;
using Npgsql;

namespace GeoOffer.Storage.Matching;

/// <summary>The names that a brief may use: the registered layers, and the areas of the registers. Kept in memory for one version of the data.</summary>
public sealed class VocabularySource(GeoOfferDatabase database, CatalogueSource catalogue, TimeProvider? time = null)
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private Snapshot? _snapshot;

    /// <summary>The vocabulary of the data, at most a second old.</summary>
    public async ValueTask<ScoutingVocabulary> GetAsync(CancellationToken cancellationToken)
    {
        var layers = await catalogue.LayersAsync(cancellationToken);
        var known = Volatile.Read(ref _snapshot);
        if (known is not null && ReferenceEquals(known.Layers, layers) && _time.GetElapsedTime(known.CheckedAt) < CheckEvery)
        {
            return known.Vocabulary;
        }

        var checkedAt = _time.GetTimestamp();
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        var version = await ReadVersionAsync(connection, cancellationToken);
        var current = known is not null && known.Version == version && ReferenceEquals(known.Layers, layers)
            ? known with { CheckedAt = checkedAt }
            : new Snapshot(
                version, checkedAt, layers, new ScoutingVocabulary(Proximity(layers), Overlap(layers), await ReadAreasAsync(connection, cancellationToken)));
        Volatile.Write(ref _snapshot, current);
        return current.Vocabulary;
    }

    private static IEnumerable<ProximityTarget> Proximity(IReadOnlyList<FactLayer> layers)
    {
        var names = layers.Where(layer => layer.IsProximity).Select(layer => layer.Name).ToHashSet();
        var groups = ScoutingVocabulary.BuiltInProximityTargets.Where(target => target.Members.Count > 1 && target.Members.All(names.Contains));
        return [.. groups, .. layers.Where(layer => layer.IsProximity).Select(layer => new ProximityTarget(layer.Name, layer.TitleIt, layer.TitleEn, [layer.Name]))];
    }

    private static IEnumerable<OverlapTarget> Overlap(IReadOnlyList<FactLayer> layers) =>
        layers.Where(layer => !layer.IsProximity).Select(layer => new OverlapTarget(layer.Name, layer.TitleIt, layer.TitleEn));

    private static async Task<long> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT version FROM geooffer.data_version", connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<Areas> ReadAreasAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var areas = new Dictionary<string, ResolvedArea>(StringComparer.Ordinal);
        var successors = new List<(string Old, string New)>();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("SELECT code, sigla FROM geooffer.province"),
                new("SELECT code FROM geooffer.municipality"),
                new("SELECT old_code, successor_code FROM geooffer.municipality_code_history ORDER BY valid_until, successor_code"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (code, sigla) = (reader.GetString(0), reader.GetString(1));
            areas[code] = areas[sigla] = new ResolvedArea(sigla, [code], []);
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            areas[reader.GetString(0)] = new ResolvedArea(reader.GetString(0), [], [reader.GetString(0)]);
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            successors.Add((reader.GetString(0), reader.GetString(1)));
        }

        var bySource = successors.ToLookup(pair => pair.Old, pair => pair.New);
        foreach (var retired in bySource.Select(group => group.Key).Where(code => !areas.ContainsKey(code)).ToList())
        {
            var current = Follow(retired, bySource, areas, []).Distinct().Order(StringComparer.Ordinal).ToValueList();
            if (current.Count > 0)
            {
                areas[retired] = new ResolvedArea(retired, [], current);
            }
        }

        return new Areas(areas.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Follow(
        string code, ILookup<string, string> successors, Dictionary<string, ResolvedArea> areas, HashSet<string> seen) =>
        areas.TryGetValue(code, out var area) ? area.MunicipalityCodes
            : seen.Add(code) ? successors[code].SelectMany(next => Follow(next, successors, areas, seen))
            : [];

    private sealed class Areas(FrozenDictionary<string, ResolvedArea> byCode) : IAreaResolver
    {
        public ResolvedArea? Resolve(string code) => byCode.GetValueOrDefault(code) ?? byCode.GetValueOrDefault(code.ToUpperInvariant());
    }

    private sealed record Snapshot(long Version, long CheckedAt, IReadOnlyList<FactLayer> Layers, ScoutingVocabulary Vocabulary);
}
