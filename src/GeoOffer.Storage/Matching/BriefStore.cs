using System.Text.Json;
using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Catalogue;
using Npgsql;
using NpgsqlTypes;

namespace GeoOffer.Storage.Matching;

/// <summary>A brief that is kept.</summary>
/// <param name="Code">Its name in URLs and commands.</param>
/// <param name="TitleIt">Title in Italian.</param>
/// <param name="TitleEn">Title in English.</param>
/// <param name="About">Where it comes from: sector, investor, jobs, and what no criterion can ask yet.</param>
/// <param name="Document">The brief itself, for <see cref="BriefJsonReader"/>.</param>
public sealed record StoredBrief(string Code, string TitleIt, string TitleEn, JsonElement About, JsonElement Document);

/// <summary>The briefs that are kept in the database: those of the decree from the start.</summary>
public sealed class BriefStore(GeoOfferDatabase database)
{
    private const string Columns = "SELECT code, title_it, title_en, about, document FROM geooffer.brief WHERE (is_public OR $1)";

    /// <summary>The briefs that a role may see, in their order.</summary>
    public async Task<IReadOnlyList<StoredBrief>> ListAsync(Role role, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand($"{Columns} ORDER BY ordinal, code");
        command.Parameters.Add(new() { Value = role >= Role.Scout });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>One brief, or null where there is none that the role may see.</summary>
    public async Task<StoredBrief?> FindAsync(string code, Role role, CancellationToken cancellationToken)
    {
        if (code.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        await using var command = database.Source.CreateCommand($"{Columns} AND code = $2");
        command.Parameters.Add(new() { Value = role >= Role.Scout });
        command.Parameters.Add(new() { Value = code });
        return (await ReadAsync(command, cancellationToken)).SingleOrDefault();
    }

    /// <summary>Writes the briefs of the decree that are missing or have changed.</summary>
    public async Task KeepDecreeBriefsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var (place, brief) in DecreeBriefs.All.Index())
        {
            await using var command = new NpgsqlCommand(
                """
                INSERT INTO geooffer.brief AS b (code, ordinal, title_it, title_en, about, document)
                SELECT $1, $2, $3, $4, $5, $6
                WHERE NOT EXISTS (
                  SELECT FROM geooffer.brief
                  WHERE (code, ordinal, title_it, title_en, about, document) = ($1, $2, $3, $4, $5, $6))
                ON CONFLICT (code) DO UPDATE SET ordinal = $2, title_it = $3, title_en = $4, about = $5, document = $6,
                  change_set_id = geooffer.current_change_set()
                """,
                connection,
                transaction);
            command.Parameters.Add(new() { Value = brief.Code });
            command.Parameters.Add(new() { Value = place + 1 });
            command.Parameters.Add(new() { Value = brief.TitleIt });
            command.Parameters.Add(new() { Value = brief.TitleEn });
            command.Parameters.Add(new() { Value = JsonSerializer.Serialize(About(brief)), NpgsqlDbType = NpgsqlDbType.Jsonb });
            command.Parameters.Add(new() { Value = brief.Brief.GetRawText(), NpgsqlDbType = NpgsqlDbType.Jsonb });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static Dictionary<string, object?> About(DecreeBrief brief) => new()
    {
        ["sector_it"] = brief.SectorIt,
        ["sector_en"] = brief.SectorEn,
        ["origin_it"] = brief.OriginIt,
        ["origin_en"] = brief.OriginEn,
        ["investment_min_eur_million"] = brief.InvestmentMinEurMillion,
        ["investment_max_eur_million"] = brief.InvestmentMaxEurMillion,
        ["jobs_min"] = brief.JobsMin,
        ["jobs_max"] = brief.JobsMax,
        ["requirement_it"] = brief.RequirementIt,
        ["requirement_en"] = brief.RequirementEn,
        ["not_asked_it"] = brief.NotAskedIt,
        ["not_asked_en"] = brief.NotAskedEn,
    };

    private static async Task<List<StoredBrief>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var briefs = new List<StoredBrief>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            briefs.Add(new StoredBrief(
                reader.GetString(0), reader.GetString(1), reader.GetString(2),
                JsonSerializer.Deserialize<JsonElement>(reader.GetString(3)), JsonSerializer.Deserialize<JsonElement>(reader.GetString(4))));
        }

        return briefs;
    }
}
