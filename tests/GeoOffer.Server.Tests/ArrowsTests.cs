using System.Xml.Linq;
using GeoOffer.Testing;

namespace GeoOffer.Server.Tests;

/// <summary>The rooms of the house point one way; src/README.md draws them.</summary>
public sealed class ArrowsTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["GeoOffer.Domain"] = [],
        ["GeoOffer.Query"] = [],
        ["GeoOffer.PostGis"] = [],
        ["GeoOffer.Storage"] = ["GeoOffer.Domain", "GeoOffer.PostGis", "GeoOffer.Query"],
        ["GeoOffer.OData"] = ["GeoOffer.Query"],
        ["GeoOffer.Server"] = ["GeoOffer.OData", "GeoOffer.Storage"],
    };

    [Fact]
    public void Rooms_refer_only_along_the_arrows()
    {
        var source = Path.Combine(Checkout.Root, "src");
        var found = Directory.GetFiles(source, "*.csproj", SearchOption.AllDirectories).ToDictionary(
            path => Path.GetFileNameWithoutExtension(path),
            path => References(path, "ProjectReference").Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/'))).Order().ToArray());
        Assert.Equal(Arrows.OrderBy(arrow => arrow.Key), found.OrderBy(arrow => arrow.Key));
    }

    [Theory]
    [InlineData("GeoOffer.Domain", "NetTopologySuite")]
    [InlineData("GeoOffer.Query", "NetTopologySuite", "ProjNET")]
    [InlineData("GeoOffer.OData", "Microsoft.OData.Core", "Microsoft.OData.Edm", "Microsoft.Spatial")]
    public void The_inner_rooms_know_neither_HTTP_nor_a_database(string room, params string[] packages)
    {
        var path = Path.Combine(Checkout.Root, "src", room, $"{room}.csproj");
        Assert.Equal(packages, References(path, "PackageReference").Order());
        Assert.Empty(References(path, "FrameworkReference"));
    }

    [Fact]
    public void Only_appsettings_names_the_region()
    {
        var named = Directory.GetFiles(Path.Combine(Checkout.Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".cs" or ".sql" && !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            // Reference systems are known by their codes there, and the demonstration is of one region by nature.
            .Where(path => !path.Contains("/Crs/", StringComparison.Ordinal) && !path.Contains("/Systems/", StringComparison.Ordinal)
                && !path.Contains("WellKnownText", StringComparison.Ordinal) && !path.Contains("/Demonstration/", StringComparison.Ordinal))
            .Where(path => File.ReadAllText(path) is var text && (text.Contains("32632", StringComparison.Ordinal) || text.Contains("Lombard", StringComparison.Ordinal)))
            .Select(path => Path.GetRelativePath(Checkout.Root, path));
        Assert.Empty(named);
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(reference => reference.Attribute("Include")!.Value);
}
