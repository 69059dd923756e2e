using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;

namespace GeoOffer.Query.Tests.Catalogue;

public sealed class CollectionTests
{
    [Theory]
    [InlineData(Role.Public, false)]
    [InlineData(Role.Scout, false)]
    [InlineData(Role.Editor, true)]
    [InlineData(Role.Administrator, true)]
    public void A_property_exists_from_the_role_that_may_read_it(Role role, bool exists) =>
        Assert.Equal(exists, Sample.Sites.VisibleTo(role).Find("contact") is not null);

    [Fact]
    public void Narrowing_a_view_never_widens_it()
    {
        var narrowed = Sample.Sites.VisibleTo(Role.Public).VisibleTo(Role.Administrator);

        Assert.Null(narrowed.Find("contact"));
    }

    [Fact]
    public void Nothing_changes_for_a_role_that_may_read_all() =>
        Assert.Same(Sample.Sites, Sample.Sites.VisibleTo(Role.Administrator));

    [Fact]
    public void Names_are_case_sensitive()
    {
        Assert.NotNull(Sample.Sites.Find("area_ha"));
        Assert.Null(Sample.Sites.Find("Area_ha"));
    }

    [Fact]
    public void The_key_is_found_when_it_is_not_among_the_properties()
    {
        var layer = Sample.Sites with { Key = Sample.Key with { Name = "fid", Column = "fid" } };

        Assert.Equal("fid", layer.Find("fid")?.Column);
    }

    [Fact]
    public void A_text_is_read_in_the_language_asked_for()
    {
        Assert.Equal("Opportunità insediative", Sample.Sites.Title.For(Language.It));
        Assert.Equal("Sites", Sample.Sites.Title.For(Language.En));
    }
}

public sealed class CatalogueTests
{
    [Fact]
    public void Collections_are_found_by_their_exact_id()
    {
        var catalogue = new GeoOffer.Query.Catalogue.Catalogue(7, [Sample.Sites]);

        Assert.Same(Sample.Sites, catalogue.Find("sites"));
        Assert.Null(catalogue.Find("Sites"));
        Assert.Equal(7, catalogue.Version);
    }

    [Fact]
    public void A_catalogue_that_could_only_fail_later_is_refused()
    {
        AssertRefused([Sample.Sites, Sample.Sites]);
        AssertRefused([Sample.Sites with { Properties = Sample.Sites.Properties.Add(Sample.Sites.Properties[1]) }]);
        AssertRefused([Sample.Sites with { Geometry = Sample.Sites.Geometry! with { Name = "name" } }]);
        AssertRefused([Sample.Sites with { Key = Sample.Key with { Nullable = true } }]);
        AssertRefused([Sample.Sites with { Key = Sample.Key with { Type = PropertyType.Integer } }]);
        AssertRefused([Sample.Sites with { Key = Sample.Key with { ReadableBy = Role.Scout } }]);
        AssertRefused([Sample.Sites with { Visibility = new RowVisibility(Sample.Equal("gone", Literal.Of(true)), Role.Editor) }]);
    }

    private static void AssertRefused(IEnumerable<Collection> collections) =>
        Assert.Throws<ArgumentException>(() => new GeoOffer.Query.Catalogue.Catalogue(1, collections));
}
