using System.Text.Json;
using GeoOffer.Storage.Demonstration;
using GeoOffer.Testing;

namespace GeoOffer.Storage.Tests.Demonstration;

public sealed class DemonstrationFilesTests
{
    public static TheoryData<string> Files { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "data")).Select(path => Path.GetFileName(path)).Where(name => name != "README.md")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_states_its_origin_and_that_it_is_for_demonstration(string fileName)
    {
        var text = File.ReadAllText(Path.Combine(Checkout.Root, "data", fileName));
        if (fileName.EndsWith(".geojson", StringComparison.Ordinal))
        {
            using var document = JsonDocument.Parse(text);
            Assert.True(document.RootElement.GetProperty("demonstration").GetBoolean());
            Assert.NotEqual("", document.RootElement.GetProperty("origin").GetString()!.Trim());
            return;
        }

        var rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        var origin = rows[0].IndexOf("origin");
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        Assert.All(rows.Skip(1), row => Assert.Contains("dimostra", row[origin], StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain('"', text);
    }

    [Fact]
    public void Every_file_has_its_line_in_the_readme()
    {
        var readme = File.ReadAllText(Path.Combine(Checkout.Root, "data", "README.md"));
        Assert.All(Files, file => Assert.Contains($"`{file.Data}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Codes_are_unique_and_lead_to_each_other()
    {
        var registers = DemonstrationRegisters.Instance;
        var municipalities = registers.Municipalities.Select(m => m.Code).ToHashSet();
        Assert.Equal(1502, municipalities.Count);
        Assert.Equal(registers.Infrastructure.Length, registers.Infrastructure.Select(i => i.Code).Distinct().Count());
        Assert.Equal(registers.Constraints.Length, registers.Constraints.Select(c => c.Code).Distinct().Count());
        Assert.Equal(20, registers.Municipalities.Count(m => m.AttractStatus == "member"));
        Assert.Equal(20, registers.Agreements.Select(agreement => agreement.MunicipalityCode).Intersect(municipalities).Count());
        Assert.All(registers.CodeHistory, retired => Assert.Contains(retired.SuccessorCode, municipalities));
        Assert.All(
            registers.CodeHistory.Where(retired => retired.OldCode != retired.SuccessorCode),
            retired => Assert.DoesNotContain(retired.OldCode, municipalities));
    }

    [Fact]
    public void Pilot_areas_lie_in_their_poles()
    {
        var poles = DemonstrationRegisters.Instance.Poles.ToDictionary(pole => pole.Code, pole => pole.Geom!);
        Assert.All(DemonstrationRegisters.Instance.PilotAreas, area => Assert.True(poles[area.PoleCode!].Contains(area.Geom)));
    }
}
