using System.Globalization;
using GeoOffer.Domain.Offer;
using GeoOffer.Domain.Registers;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GeoOffer.Storage.Demonstration;

/// <summary>
/// Loads the demonstration: territory, infrastructure, constraints, agreements, poles, pilot areas and synthetic sites, in one
/// transaction and one change set. Loading again on the same date changes nothing; rows that came from elsewhere are never touched.
/// </summary>
/// <param name="database">A database with the current schema.</param>
public sealed class DemonstrationLoader(GeoOfferDatabase database)
{
    private static readonly DateOnly TerritoryAsOf = new(2026, 1, 1);

    /// <summary>Loads the demonstration.</summary>
    /// <param name="today">The day that dates of sites are relative to.</param>
    /// <param name="besideOtherSites">Whether synthetic sites may stand beside others.</param>
    /// <param name="progress">Hears of every step.</param>
    /// <param name="cancellationToken">Stops it; nothing is loaded then.</param>
    /// <exception cref="DemonstrationRefusedException">There are other sites, and <paramref name="besideOtherSites"/> is false.</exception>
    public async Task<DemonstrationReport> LoadAsync(
        DateOnly today,
        bool besideOtherSites,
        IProgress<DemonstrationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        await using var context = database.CreateContext();
        await context.Database.OpenConnectionAsync(cancellationToken);
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        if (!besideOtherSites && await CountOtherSitesAsync(connection, cancellationToken) is > 0 and var others)
        {
            throw new DemonstrationRefusedException(others);
        }

        progress?.Report(new DemonstrationProgress("territory", 0, 1));
        var (registers, loaders) = await Task.Run(() => Prepare(today), cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await BeginChangeSetAsync(connection, today, cancellationToken);
        List<DemonstrationCount> counts = [await CodeHistoryLoader.WriteAsync(connection, registers.CodeHistory, cancellationToken)];
        var datasets = new List<long>();
        var isChanged = false;
        foreach (var loader in loaders)
        {
            progress?.Report(new DemonstrationProgress(loader.Collection, counts.Count, loaders.Count + 1));
            var asOf = loader.Collection == "sites" ? today : TerritoryAsOf;
            var (dataset, isNew) = await DemonstrationDataset.EnsureAsync(
                connection, loader.Collection, SourceOf(loader.Collection), asOf, cancellationToken);
            datasets.Add(dataset);
            counts.Add(await loader.WriteAsync(connection, context, dataset, cancellationToken));
            isChanged |= isNew;
            if (RoleOf(loader.Collection) is { } role)
            {
                isChanged |= await CoverageLoader.WriteAsync(connection, dataset, role, registers.Coverages, cancellationToken);
            }
        }

        // What is gone goes in the opposite order: pilot areas before the poles they lie in.
        for (var i = loaders.Count - 1; i >= 0; i--)
        {
            var removed = await loaders[i].RemoveAsync(connection, context, datasets[i], cancellationToken);
            counts[i + 1] = counts[i + 1] with { Removed = removed };
        }

        // An empty change set would make a version of the data that differs in nothing.
        if (isChanged || counts.Any(count => count.HasChanges))
        {
            await transaction.CommitAsync(cancellationToken);
        }

        progress?.Report(new DemonstrationProgress("sites", loaders.Count + 1, loaders.Count + 1));
        return new DemonstrationReport(today, [.. counts]);
    }

    /// <summary>How many sites there are, of the demonstration or not.</summary>
    public async Task<long> CountSitesAsync(CancellationToken cancellationToken = default)
    {
        await using var command = database.Source.CreateCommand("SELECT count(*) FROM geooffer.site");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static (DemonstrationRegisters Registers, IReadOnlyList<RegisterLoader> Loaders) Prepare(DateOnly today)
    {
        var registers = DemonstrationRegisters.Instance;
        return (registers,
        [
            new RegisterLoader<Province>("provinces", registers.Provinces),
            new RegisterLoader<Municipality>("municipalities", registers.Municipalities),
            new RegisterLoader<Pole>("poles", registers.Poles),
            new RegisterLoader<PilotArea>("pilot-areas", registers.PilotAreas),
            new RegisterLoader<Agreement>("agreements", registers.Agreements),
            new RegisterLoader<Infrastructure>("infrastructure", registers.Infrastructure),
            new RegisterLoader<ConstraintArea>("constraints", registers.Constraints),
            // Last, so that their facts are computed once.
            new RegisterLoader<Site>("sites", DemonstrationSites.Generate(registers, today)),
        ]);
    }

    private static async Task BeginChangeSetAsync(NpgsqlConnection connection, DateOnly today, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT geooffer.begin_change_set('geooffer', 'demonstration', 'demonstration of ' || $1)", connection)
        {
            Parameters = { new() { Value = today.ToString("O", CultureInfo.InvariantCulture) } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string? RoleOf(string collection) => collection switch
    {
        "infrastructure" => "proximity",
        "constraints" => "constraint",
        _ => null,
    };

    private static string SourceOf(string collection) => collection switch
    {
        "sites" => "GeoOffer demonstration, synthetic sites",
        "constraints" or "poles" or "pilot-areas" => "GeoOffer demonstration, synthetic areas",
        "municipalities" or "provinces" => "GeoOffer demonstration, areas drawn from seats; names and codes: ISTAT",
        _ => "GeoOffer demonstration, approximate",
    };

    private static async Task<long> CountOtherSitesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT count(*) FROM geooffer.site AS s
            WHERE NOT EXISTS (SELECT FROM geooffer.dataset AS d WHERE d.id = s.dataset_id AND d.collection = 'sites' AND d.name = $1)
            """,
            connection)
        {
            Parameters = { new() { Value = DemonstrationDataset.Name } },
        };
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
