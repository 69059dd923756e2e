using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using GeoOffer.Domain.Geometries;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Demonstration;

/// <summary>Reads the files of <c>data/</c>, which travel inside the assembly so that the published command carries them.</summary>
internal static class DemonstrationFile
{
    /// <summary>The rows of a CSV file, each by its header, without the column <c>origin</c>. Own files quote nothing.</summary>
    public static ImmutableArray<ImmutableDictionary<string, string>> ReadRows(string fileName)
    {
        using var reader = new StreamReader(Open(fileName));
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var header = lines[0].Split(',');
        return
        [
            .. lines.Skip(1).Select(line => header.Zip(line.Split(','))
                .Where(field => field.First != "origin")
                .ToImmutableDictionary(field => field.First, field => field.Second)),
        ];
    }

    /// <summary>The features of a GeoJSON file.</summary>
    public static ImmutableArray<DemonstrationFeature> ReadFeatures(string fileName)
    {
        using var stream = Open(fileName);
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.GetProperty("features").EnumerateArray().Select((feature, index) => new DemonstrationFeature(
            feature.GetProperty("properties").Clone(),
            ReadGeometry(feature.GetProperty("geometry"), fileName, index)))];
    }

    private static Geometry ReadGeometry(JsonElement element, string fileName, int index)
        => GeoJsonGeometryReader.TryRead(element, $"/features/{index}/geometry", out var geometry, out var fault) && geometry is not null
            ? geometry
            : throw new InvalidDataException($"{fileName}: {fault}");

    private static Stream Open(string fileName) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream($"GeoOffer.Storage.Demonstration.{fileName}")
            ?? throw new InvalidOperationException($"The assembly holds no {fileName}.");
}

/// <summary>One feature of a demonstration file.</summary>
/// <param name="Properties">Its properties.</param>
/// <param name="Geometry">Its geometry, EPSG:4326.</param>
internal sealed record DemonstrationFeature(JsonElement Properties, Geometry Geometry)
{
    /// <summary>A text property that must be there.</summary>
    public string Text(string name) => Properties.GetProperty(name).GetString()!;

    /// <summary>A text property, or null.</summary>
    public string? TextOrNull(string name) => Properties.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>A date property, or null.</summary>
    public DateOnly? DateOrNull(string name) =>
        TextOrNull(name) is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
}
