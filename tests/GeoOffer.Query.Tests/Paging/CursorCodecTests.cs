using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Paging;
using static GeoOffer.Query.Tests.Sample;

namespace GeoOffer.Query.Tests.Paging;

public sealed class CursorCodecTests
{
    private static readonly CursorCodec Codec = new(SHA256.HashData("a secret"u8));

    private static readonly FeatureRequest Request = new(Sites, Role.Public, 10)
    {
        SortBy = [new("area_ha", SortDirection.Descending, NullPlacement.Last)],
        Filter = Equal("kind", Literal.Of("unknown")),
    };

    private static readonly CursorScope Scope = FeatureQuery.Create(Request).Value.Scope;

    private static readonly Cursor Sample = new([new Value.Number(41.2), new Value.Text("GO-17")]);

    [Fact]
    public void Values_of_every_sortable_type_survive()
    {
        var instant = new DateTimeOffset(2023, 5, 1, 10, 20, 30, TimeSpan.Zero).AddTicks(1234560);
        var cursor = new Cursor([
            null,
            new Value.Text("Città, \"' \U0001F3D7"),
            new Value.Integer(long.MinValue),
            new Value.Number(0.1 + 0.2),
            new Value.Boolean(true),
            new Value.Date(DateOnly.MaxValue),
            new Value.Timestamp(instant),
        ]);

        Assert.Equal(cursor, Codec.Decode(Codec.Encode(cursor, Scope), Scope).Value);
    }

    [Fact]
    public void It_needs_no_escaping_in_a_URL() =>
        Prop.ForAll<string>(text => Uri.EscapeDataString(Encode(text)) == Encode(text)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_change_of_any_character_is_noticed()
    {
        var text = Codec.Encode(Sample, Scope);
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (var index = 0; index < text.Length; index++)
        {
            foreach (var replacement in Alphabet.Where(letter => letter != text[index]))
            {
                var forged = text[..index] + replacement + text[(index + 1)..];

                Assert.False(Codec.Decode(forged, Scope).TryGet(out _, out var errors));
                Assert.NotEqual(CursorFault.OtherQuery, Assert.Single(errors).Fault);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("%%%")]
    [InlineData("' OR 1=1 --")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA AAAA")]
    public void What_is_no_cursor_is_malformed(string text) =>
        Assert.Equal(CursorFault.Malformed, Assert.Single(Codec.Decode(text, Scope).Errors).Fault);

    [Fact]
    public void Any_text_at_all_is_answered_with_an_error() => Prop.ForAll<NonNull<string>>(
        text => !Codec.Decode(text.Get, Scope).TryGet(out _, out _)).QuickCheckThrowOnFailure();

    [Fact]
    public void Another_secret_makes_another_cursor()
    {
        var foreign = new CursorCodec(SHA256.HashData("another"u8)).Encode(Sample, Scope);

        Assert.Equal(CursorFault.NotAuthentic, Assert.Single(Codec.Decode(foreign, Scope).Errors).Fault);
    }

    [Fact]
    public void It_belongs_to_its_collection_order_and_filter()
    {
        FeatureRequest[] others =
        [
            Request with { Collection = Sites with { Id = "poles" } },
            Request with { SortBy = [] },
            Request with { SortBy = [Request.SortBy[0] with { Nulls = NullPlacement.First }] },
            Request with { SortBy = [Request.SortBy[0] with { Direction = SortDirection.Ascending }] },
            Request with { Filter = null },
            Request with { Filter = Equal("kind", Literal.Of("brownfield")) },
        ];
        var text = Codec.Encode(Sample, Scope);

        foreach (var other in others)
        {
            var errors = Codec.Decode(text, FeatureQuery.Create(other).Value.Scope).Errors;
            Assert.Equal(CursorFault.OtherQuery, Assert.Single(errors).Fault);
        }
    }

    [Fact]
    public void It_is_bound_neither_to_limit_nor_to_columns()
    {
        var other = FeatureQuery.Create(Request with { Limit = 1000, Properties = ["name"], IncludeGeometry = false }).Value;

        Assert.Equal(Sample, Codec.Decode(Codec.Encode(Sample, Scope), other.Scope).Value);
    }

    private static string Encode(string? text) => Codec.Encode(new Cursor([text is null ? null : new Value.Text(text)]), Scope);
}
