using System.Text;
using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Storage.Matching;

/// <summary>Shows how PostgreSQL answers a brief.</summary>
public static class MatchPlan
{
    /// <summary>The plan of the ranking statement as executed, for public callers.</summary>
    public static async Task<string> OfAsync(GeoOfferDatabase database, Brief brief, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        using var catalogue = new CatalogueSource(database);
        var layers = await catalogue.LayersAsync(cancellationToken);
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var command = MatchSql.Ranked(brief, ScoutingRules.Default, layers, Role.Public).ToCommand(connection);
        command.CommandText = "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) " + command.CommandText;
        var plan = new StringBuilder();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            plan.AppendLine(reader.GetString(0));
        }

        return plan.ToString();
    }
}
