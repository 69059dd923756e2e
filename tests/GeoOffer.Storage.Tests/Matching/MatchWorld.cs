using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Matching;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Matching;

/// <summary>A database with sites, the service that answers on it, and the oracle's view of it.</summary>
public sealed class MatchWorld : IAsyncDisposable
{
    private readonly MigratedDatabase _database;
    private readonly CatalogueSource _catalogue;

    private MatchWorld(MigratedDatabase database, ScoutingVocabulary vocabulary, CatalogueSource catalogue, OracleData data)
    {
        (_database, _catalogue, Vocabulary, Data) = (database, catalogue, vocabulary, data);
        Service = new MatchService(database.Database, catalogue);
    }

    public MigratedDatabase Database => _database;

    public CatalogueSource Catalogue => _catalogue;

    public MatchService Service { get; }

    public ScoutingVocabulary Vocabulary { get; }

    internal OracleData Data { get; }

    internal Briefs Briefs => new(Vocabulary);

    public static async Task<MatchWorld> CreateAsync(PostGisCluster cluster, string templateName, Func<GeoOfferDatabase, Task> fill)
    {
        var database = await MigratedDatabase.CreateAsync(cluster, templateName, fill);
        var catalogue = new CatalogueSource(database.Database);
        var vocabulary = await new VocabularySource(database.Database, catalogue).GetAsync(TestContext.Current.CancellationToken);
        return new MatchWorld(database, vocabulary, catalogue, await OracleData.ReadAsync(database.Source, TestContext.Current.CancellationToken));
    }

    public MatchService ServiceWith(ScoutingRules rules) => new(_database.Database, _catalogue, rules);

    public Task<MatchAnswer> AnswerAsync(Brief brief, bool isCountedInFull = false, Role role = Role.Public) =>
        Service.AnswerAsync(brief, isCountedInFull, role, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _catalogue.Dispose();
        await _database.DisposeAsync();
    }
}
