using System.Diagnostics;
using System.Globalization;
using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Matching;

namespace GeoOffer.Benchmarks;

/// <summary>
/// The headline match (about 40 ha, industrial, near a freight terminal, outside protected areas) through the service's code, beside the least SQL that finds
/// the twenty best matches, neither counting nor looking for near misses.
/// </summary>
internal sealed class MatchBenchmark(BenchDatabase bench)
{
    private const int Repetitions = 30;

    private const string BareSql =
        """
        SELECT s.code, s.name_it, s.geom, best.score
        FROM (
          SELECT f.site_id, f.code, 1 - abs(f.measured_area_ha - 40) / 6 + 1 - f.distance_freight_terminal_m / 10000 AS score
          FROM geooffer.site_fact AS f
          WHERE f.is_public AND f.measured_area_ha BETWEEN 34 AND 46 AND f.functions && '{industrial}'
            AND f.distance_freight_terminal_m <= 10000 AND f.overlap_protected_area_share <= 0
          ORDER BY score DESC, code COLLATE "C" LIMIT 20) AS best
        JOIN geooffer.site AS s ON s.id = best.site_id ORDER BY best.score DESC, s.code COLLATE "C"
        """;

    /// <summary>Measures on the sites that are there.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var size = await bench.ScalarAsync("SELECT count(*) FROM geooffer.site", cancellationToken);
        using var catalogue = new CatalogueSource(bench.Database);
        var service = new MatchService(bench.Database, catalogue);
        var brief = Headline();
        var answer = await service.AnswerAsync(brief, false, Role.Public, cancellationToken);
        var match = await MedianAsync(() => service.AnswerAsync(brief, false, Role.Public, cancellationToken));
        var bare = await MedianAsync(() => BareAsync(cancellationToken));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"the headline match, {size:N0} sites, median ms of {Repetitions}: match {match,8:F2}   bare SQL {bare,8:F2}   ratio {match / bare:F2}   ({answer.Counts.Match} match, {answer.Counts.MatchIfVerified} if verified, {answer.Counts.NearMiss} near)"));
        Console.WriteLine(await MatchPlan.OfAsync(bench.Database, brief, cancellationToken));
    }

    private static Brief Headline() => new()
    {
        Area = new AreaRequirement { TargetHa = 40, Tolerance = 0.15, Slack = 3, Basis = AreaBasis.Gross, Oversize = Oversize.Fail },
        Constraints =
        [
            new FunctionConstraint("c1", ["industrial"]),
            new DistanceConstraint("c2", ScoutingVocabulary.BuiltInProximityTargets.Single(target => target.Name == "freight_terminal"), 10_000, 1),
            new OverlapConstraint("c3", ScoutingVocabulary.BuiltInOverlapTargets.Single(target => target.Name == "protected_area"), 0, 0.05),
        ],
    };

    private async Task BareAsync(CancellationToken cancellationToken)
    {
        await using var command = bench.Database.Source.CreateCommand(BareSql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            _ = reader.GetString(0);
        }
    }

    private static async Task<double> MedianAsync(Func<Task> run)
    {
        var times = new List<double>(Repetitions);
        for (var repetition = -3; repetition < Repetitions; repetition++)
        {
            var clock = Stopwatch.GetTimestamp();
            await run();
            if (repetition >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            }
        }

        times.Sort();
        return times[Repetitions / 2];
    }
}
