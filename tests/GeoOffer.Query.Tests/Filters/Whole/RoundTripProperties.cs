using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Filters.Cql2Json;
using GeoOffer.Query.Filters.Cql2Text;

namespace GeoOffer.Query.Tests.Filters.Whole;

public sealed class RoundTripProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(400);

    [Fact]
    public void What_is_written_as_text_is_read_back() => Prop.ForAll(
        RandomFilters.Filter.ToArbitrary(), filter => Cql2TextReader.Read(Cql2TextWriter.Write(filter)).Value.Equals(filter)).Check(Thorough);

    [Fact]
    public void What_is_written_as_JSON_is_read_back() => Prop.ForAll(
        RandomFilters.Filter.ToArbitrary(),
        filter => Cql2JsonReader.Read(Encoding.UTF8.GetBytes(Cql2JsonWriter.Write(filter))).Value.Equals(filter)).Check(Thorough);

    [Fact]
    public void Checking_finds_nothing_wrong_and_twice_is_as_good_as_once() => Prop.ForAll(
        RandomFilters.Filter.ToArbitrary(),
        filter =>
        {
            var once = FilterChecker.Check(filter, RandomFilters.Collection).Value.Root;
            return FilterChecker.Check(once, RandomFilters.Collection).Value.Root.Equals(once);
        }).Check(Thorough);
}
