using GeoOffer.Storage.Importing;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Importing.Quality;

/// <summary>Good rows are stored and the others told; what is stored under a rejected row stays.</summary>
public sealed class AcceptedRejectsTests(PostGisCluster cluster) : IAsyncLifetime
{
    private const string Header = "code,kind,name,lon,lat";

    private MigratedDatabase _database = null!;

    private GeoOfferDatabase Database => _database.Database;

    public async ValueTask InitializeAsync() => _database = await MigratedDatabase.CreateAsync(cluster);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Without_it_nothing_is_stored_and_with_it_the_good_rows_are()
    {
        var request = Sites("A,greenfield,x,9,45", "B,purple,x,9,45", "C,greenfield,x,9.1,45", "C,greenfield,y,9.2,45", "D,greenfield,x,45,9");
        var refused = await Database.RunAsync(request);
        Assert.Equal((true, false, 3L), (refused.IsRefused, refused.IsStored, refused.Rows.Rejected));
        Assert.Equal("", await CodesAsync());

        var trial = await Database.RunAsync(request with { AcceptRejects = true, DryRun = true });
        Assert.Equal((false, false, 2L, 3L), (trial.IsRefused, trial.IsStored, trial.Rows.New, trial.Rows.Rejected));
        Assert.Equal("", await CodesAsync());

        var report = await Database.RunAsync(request with { AcceptRejects = true });
        Assert.Equal((false, true, 5L, 2L, 3L), (report.IsRefused, report.IsStored, report.Rows.Read, report.Rows.New, report.Rows.Rejected));
        Assert.Equal([2L, 4, 5], report.Rejections.Select(problem => problem.Row!.Value));
        Assert.Equal("A C", await CodesAsync());
        Assert.Equal("x", await _database.ScalarAsync<string>("SELECT name_it FROM geooffer.site WHERE code = 'C'"));

        var again = await Database.RunAsync(request with { AcceptRejects = true });
        Assert.Equal((true, 2L, (long?)null), (again.IsStored, again.Rows.Unchanged, again.Version));
    }

    [Fact]
    public async Task Where_no_row_is_good_nothing_is_stored()
    {
        await Database.StoreAsync(Sites("A,greenfield,x,9,45"));
        var report = await Database.RunAsync(Sites("A,purple,x,9,45", "B,purple,x,9,45") with { AcceptRejects = true, Mode = ImportMode.Replace });
        Assert.Equal((true, false, 2L), (report.IsRefused, report.IsStored, report.Rows.Rejected));
        Assert.Equal("A", await CodesAsync());
    }

    [Fact]
    public async Task A_rejected_row_is_not_gone_from_the_file_that_replaces()
    {
        await Database.StoreAsync(Sites("A,greenfield,x,9,45", "B,greenfield,x,9,45", "C,greenfield,x,9,45", "D,greenfield,x,9,45"));
        var report = await Database.RunAsync(Sites("A,greenfield,x,9,45", "B,purple,x,9,45", "D,greenfield,x,9,45", "D,greenfield,y,9,45") with
        {
            AcceptRejects = true,
            Mode = ImportMode.Replace,
        });
        Assert.Equal((1L, 2L, 2L), (report.Rows.Removed, report.Rows.Unchanged, report.Rows.Rejected));
        Assert.Equal("A B D", await CodesAsync());
    }

    [Fact]
    public async Task A_rejected_row_without_a_code_may_be_any_so_that_nothing_is_removed()
    {
        await Database.StoreAsync(Sites("A,greenfield,x,9,45", "B,greenfield,x,9,45"));
        var report = await Database.RunAsync(Sites("A,greenfield,z,9,45", ",greenfield,x,9,45") with { AcceptRejects = true, Mode = ImportMode.Replace });
        Assert.Equal((0L, 1L), (report.Rows.Removed, report.Rows.Changed));
        Assert.Contains(report.Notices, notice => notice.StartsWith("nothing was removed", StringComparison.Ordinal));
        Assert.Equal("A B", await CodesAsync());
    }

    [Fact]
    public async Task What_the_database_rejects_is_left_out_too()
    {
        await Database.StoreAsync(Sites("A,greenfield,x,9,45") with { Dataset = "other" });
        await Database.StoreAsync(Imports.Request("poles", "poles.csv", "code,name\nP1,x\nP2,x"));
        await Database.StoreAsync(Imports.Request("pilot-areas", "areas.csv", "code,name,pole_code\nT1,x,P2"));

        var sites = await Database.RunAsync(Sites("A,greenfield,x,9,45", "B,greenfield,x,9,45") with { AcceptRejects = true });
        Assert.Equal((1L, RejectionCode.OwnedByOther), (sites.Rows.New, Assert.Single(sites.Rejections).Code));

        var areas = await Database.RunAsync(Imports.Request("pilot-areas", "areas.csv", "code,name,pole_code\nT1,x,P2\nT2,x,P9\nT3,x,P1") with { AcceptRejects = true });
        Assert.Equal((1L, 1L, RejectionCode.UnknownReference), (areas.Rows.New, areas.Rows.Unchanged, Assert.Single(areas.Rejections).Code));

        var poles = await Database.RunAsync(Imports.Request("poles", "poles.csv", "code,name\nP1,y") with { AcceptRejects = true, Mode = ImportMode.Replace });
        Assert.Equal((1L, 0L, RejectionCode.StillReferenced), (poles.Rows.Changed, poles.Rows.Removed, Assert.Single(poles.Rejections).Code));
    }

    [Fact]
    public async Task More_rejections_than_are_kept_are_counted_and_the_last_row_is_read()
    {
        var rows = Enumerable.Range(0, ImportReport.MostRejections + 10).Select(i => FormattableString.Invariant($"S{i},purple,x,9,45"));
        var report = await Database.RunAsync(Sites([.. rows, "A,greenfield,x,9,45"]) with { AcceptRejects = true });
        Assert.Equal((ImportReport.MostRejections + 11L, ImportReport.MostRejections + 10L, 1L), (report.Rows.Read, report.Rows.Rejected, report.Rows.New));
        Assert.Equal(ImportReport.MostRejections, report.Rejections.Count);
        Assert.Equal(ImportReport.MostRejections + 10L, Assert.Single(report.Summary).Count);
    }

    private static ImportRequest Sites(params string[] rows) => Imports.Request("sites", "sites.csv", $"{Header}\n{string.Join('\n', rows)}");

    private Task<string> CodesAsync() => _database.ScalarAsync<string>(
        "SELECT coalesce(string_agg(code, ' ' ORDER BY code), '') FROM geooffer.site WHERE lifecycle_state <> 'withdrawn'");
}
