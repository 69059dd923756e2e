using System.Globalization;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Tests.Catalogue;

public sealed class ValueTests
{
    [Theory]
    [InlineData(PropertyType.Text, " a, b ", " a, b ")]
    [InlineData(PropertyType.Integer, "-42", "-42")]
    [InlineData(PropertyType.Integer, "9223372036854775807", "9223372036854775807")]
    [InlineData(PropertyType.Number, "41.2", "41.2")]
    [InlineData(PropertyType.Number, "1e3", "1000")]
    [InlineData(PropertyType.Boolean, "true", "true")]
    [InlineData(PropertyType.Date, "2024-02-29", "2024-02-29")]
    [InlineData(PropertyType.Timestamp, "2023-01-01T12:00:00Z", "2023-01-01T12:00:00Z")]
    [InlineData(PropertyType.Timestamp, "2023-01-01T12:00:00.25+02:00", "2023-01-01T10:00:00.25Z")]
    [InlineData(PropertyType.TextArray, "industrial", "industrial")]
    public void A_value_is_read_and_written_in_one_spelling(PropertyType type, string raw, string written)
    {
        var value = Value.Read(type, raw);

        Assert.Equal(type, value?.Type);
        Assert.Equal(written, value?.ToString());
    }

    [Theory]
    [InlineData(PropertyType.Integer, "41.2")]
    [InlineData(PropertyType.Integer, "9223372036854775808")]
    [InlineData(PropertyType.Integer, " 1")]
    [InlineData(PropertyType.Number, "41,2")]
    [InlineData(PropertyType.Number, "1,000")]
    [InlineData(PropertyType.Number, "NaN")]
    [InlineData(PropertyType.Number, "1e999")]
    [InlineData(PropertyType.Boolean, "True")]
    [InlineData(PropertyType.Boolean, "1")]
    [InlineData(PropertyType.Date, "2023-02-29")]
    [InlineData(PropertyType.Date, "01/02/2023")]
    [InlineData(PropertyType.Timestamp, "2023-01-01T12:00:00")]
    [InlineData(PropertyType.Timestamp, "2023-01-01")]
    public void Nonsense_is_no_value(PropertyType type, string raw) => Assert.Null(Value.Read(type, raw));

    [Fact]
    public void The_culture_of_the_process_does_not_matter()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("it-IT");

            Assert.Equal(new Value.Number(41.2), Value.Read(PropertyType.Number, "41.2"));
            Assert.Equal("41.2", new Value.Number(41.2).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Arrays_are_equal_by_their_members()
    {
        Assert.Equal(new Value.TextArray(["a", "b"]), new Value.TextArray(["a", "b"]));
        Assert.NotEqual(new Value.TextArray(["a", "b"]), new Value.TextArray(["b", "a"]));
    }
}
