using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Testing;
using Npgsql;

namespace GeoOffer.Storage.Tests.Facts;

/// <summary>Stored facts are right after any statement of anybody: random sequences, compared with a computation from nothing.</summary>
public sealed class AnyWriterTests(PostGisCluster cluster)
{
    private const int Sequences = 8, Transactions = 25;

    [Fact]
    public void Facts_follow_any_sequence_of_statements()
    {
        var sequences = Gen.ArrayOf(Gen.Choose(0, int.MaxValue - 1), Transactions).ToArbitrary();
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Sequences).WithStartSize(Transactions),
            Prop.ForAll(sequences, seeds => FollowAsync(seeds)));
    }

    private async Task FollowAsync(int[] seeds)
    {
        await using var migrated = await MigratedDatabase.CreateAsync(cluster);
        var done = new List<string> { new RandomWriter(seeds[0]).Beginning() };
        await migrated.ExecuteAsync(done[0]);
        foreach (var seed in seeds)
        {
            var transaction = new RandomWriter(seed).Transaction();
            done.Add(transaction + await RunAsync(migrated, transaction));
            await StoredAndFresh.AssertSameAsync(migrated, fromRegisters: done.Count % 8 == 0, string.Join(";\n", done));
        }

        await StoredAndFresh.AssertSameAsync(migrated, fromRegisters: true, string.Join(";\n", done));
    }

    private static async Task<string> RunAsync(MigratedDatabase migrated, string sql)
    {
        await using var connection = await migrated.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            return "";
        }
        catch (PostgresException refused) when (refused.SqlState.StartsWith("23", StringComparison.Ordinal))
        {
            // A broken rule takes the whole transaction back; facts must stay as they were.
            return $" -- refused: {refused.ConstraintName}";
        }
    }
}
