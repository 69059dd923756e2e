using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Domain;
using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Matching;

namespace GeoOffer.Storage.Tests.Matching;

/// <summary>What must hold of any brief, without knowing the answer.</summary>
public sealed class MatchPropertyTests(MadeUpWorld fixture) : IClassFixture<MadeUpWorld>
{
    private readonly MatchWorld _world = fixture.World;

    [Fact]
    public Task Relaxing_a_threshold_never_loses_a_site() => CheckAsync(40, async brief =>
    {
        var strict = await AnswerAsync(brief);
        foreach (var relaxed in Relaxed(brief))
        {
            var loose = await AnswerAsync(relaxed);
            Assert.Subset(Codes(loose, Bucket.Match), Codes(strict, Bucket.Match));
            Assert.Subset(Codes(loose), Codes(strict));
        }
    });

    [Fact]
    public Task Unknowns_that_fail_only_take_sites_away_and_unknowns_that_pass_only_promote() => CheckAsync(60, async brief =>
    {
        var verify = await AnswerAsync(brief with { Unknowns = UnknownsPolicy.Verify });
        var fail = await AnswerAsync(brief with { Unknowns = UnknownsPolicy.Fail });
        var pass = await AnswerAsync(brief with { Unknowns = UnknownsPolicy.Pass });
        Assert.Equal(Codes(verify, Bucket.Match), Codes(fail, Bucket.Match));
        Assert.Subset(Codes(verify, Bucket.NearMiss), Codes(fail, Bucket.NearMiss));
        Assert.Equal(0, fail.Counts.MatchIfVerified + pass.Counts.MatchIfVerified);
        Assert.Equal(Codes(verify, Bucket.Match, Bucket.MatchIfVerified), Codes(pass, Bucket.Match));
        Assert.Equal(Codes(verify, Bucket.NearMiss), Codes(pass, Bucket.NearMiss));
    });

    [Fact]
    public Task A_limit_only_truncates_and_leaving_out_a_bucket_only_hides_it() => CheckAsync(60, async brief =>
    {
        var whole = await AnswerAsync(brief);
        var few = await _world.AnswerAsync(brief with { Limit = 3, Buckets = [Bucket.Match, Bucket.NearMiss] }, isCountedInFull: false, Role.Scout);
        Assert.Equal(
            whole.Sites.Where(site => site.Rank <= 3 && site.Judgement.Bucket != Bucket.MatchIfVerified).Select(site => (site.Judgement, site.Rank)),
            few.Sites.Select(site => (site.Judgement, site.Rank)));
        Assert.Equal(whole.Counts, few.Counts);
    });

    [Fact]
    public Task The_same_question_on_the_same_data_has_the_same_answer() => CheckAsync(60, async brief =>
    {
        var once = await AnswerAsync(brief);
        var again = await AnswerAsync(brief);
        Assert.Equal(
            (once.Counts, once.DataVersion, once.RulesVersion, once.Sites.Select(site => (site.Judgement, site.Rank, site.AreaHa)).ToValueList()),
            (again.Counts, again.DataVersion, again.RulesVersion, again.Sites.Select(site => (site.Judgement, site.Rank, site.AreaHa)).ToValueList()));
    });

    [Fact]
    public async Task Adding_a_site_changes_nothing_for_the_others()
    {
        var briefs = new Briefs(_world.Vocabulary).Generate(2).Sample(50, 60).Select(Whole).ToList();
        var before = new List<MatchAnswer>();
        foreach (var brief in briefs)
        {
            before.Add(await _world.AnswerAsync(brief));
        }

        await _world.Database.ExecuteAsync(
            """
            INSERT INTO geooffer.site (code, kind, name_it, functions, is_public, municipality_code, gross_area_declared_ha, geom)
            VALUES ('NEW', 'greenfield', 'Nuovo', ARRAY['industrial', 'logistics'], true, '015146', 40, ST_MakeEnvelope(9.01, 45.01, 9.02, 45.02, 4326))
            """);
        var isAnywhere = false;
        foreach (var (brief, old) in briefs.Zip(before))
        {
            var answer = await _world.AnswerAsync(brief);
            isAnywhere |= answer.Sites.Any(site => site.Judgement.Code == "NEW");
            Assert.Equal(old.Sites.Select(site => site.Judgement), answer.Sites.Select(site => site.Judgement).Where(site => site.Code != "NEW"));
        }

        Assert.True(isAnywhere);
        await _world.Database.ExecuteAsync("DELETE FROM geooffer.site WHERE code = 'NEW'");
    }

    [Theory]
    [InlineData(Role.Public)]
    [InlineData(Role.Scout)]
    public async Task Without_criteria_every_visible_site_matches_with_score_one(Role role)
    {
        var answer = await _world.AnswerAsync(new Brief { Limit = 1000 }, isCountedInFull: true, role);
        var visible = _world.Data.Sites.Where(site => site.IsPublic || role == Role.Scout).Select(site => site.Code).ToList();
        visible.Sort(MatchOracle.ByCodePoints);
        Assert.Equal(visible.Select(code => new Judgement(code, Bucket.Match, 1, [])), answer.Sites.Select(site => site.Judgement));
        Assert.Equal((visible.Count, 0, 0, 0), (answer.Counts.Match, answer.Counts.MatchIfVerified, answer.Counts.NearMiss, answer.Counts.ExcludedTotal));
        Assert.Empty(answer.Counts.ExcludedByReason!);
    }

    [Fact]
    public async Task The_order_of_an_answer_is_that_of_judgements()
    {
        var answer = await _world.AnswerAsync(new Brief { Limit = 1000 });
        Assert.Equal(answer.Sites.Select(site => site.Judgement).Order(Judgement.Ranking), answer.Sites.Select(site => site.Judgement));
    }

    private static IEnumerable<Brief> Relaxed(Brief brief)
    {
        foreach (var (place, constraint) in brief.Constraints.Index())
        {
            BriefConstraint looser = constraint switch
            {
                DistanceConstraint distance => distance with { MaxMetres = distance.MaxMetres * 2 },
                OverlapConstraint overlap => overlap with { MaxShare = Math.Min(1, overlap.MaxShare + 0.1) },
                FunctionConstraint function => function with { AnyOf = [.. BriefPool.Functions] },
                _ => ((KindConstraint)constraint) with { AnyOf = [.. BriefPool.Kinds] },
            };
            yield return brief with { Constraints = [.. brief.Constraints.Take(place), looser, .. brief.Constraints.Skip(place + 1)] };
            yield return brief with { Constraints = brief.Constraints.Where(other => other != constraint).ToValueList() };
        }

        if (brief.Area is { } area && !AreaBand.Of(area).IsEmpty)
        {
            yield return brief with { Area = area with { Tolerance = Math.Min(1, area.Tolerance + 0.1) } };
            yield return brief with { Area = area with { Oversize = Oversize.Accept } };
            yield return brief with { Area = area with { MinHa = area.MinHa / 2, MaxHa = area.MaxHa * 2 } };
            yield return brief with { Area = null };
        }

        if (brief.Within is { } within)
        {
            yield return brief with { Within = null };
            yield return brief with { Within = within with { ProvinceCodes = [.. BriefPool.Provinces] } };
        }
    }

    private Task<MatchAnswer> AnswerAsync(Brief brief) => _world.AnswerAsync(Whole(brief), isCountedInFull: false, Role.Scout);

    private static Brief Whole(Brief brief) => brief with { Limit = 1000, Buckets = Brief.AllBuckets };

    private static HashSet<string> Codes(MatchAnswer answer, params Bucket[] buckets) =>
        [.. answer.Sites.Where(site => buckets.Length == 0 || buckets.Contains(site.Judgement.Bucket)).Select(site => site.Judgement.Code)];

    /// <summary>The checker waits for the task of a property: away from the scheduler of the tests, which has few threads.</summary>
    private Task CheckAsync(int count, Func<Brief, Task> property) => Task.Run(
        () => Check.One(Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true), Prop.ForAll(_world.Briefs.Mild, property)),
        TestContext.Current.CancellationToken);
}
