using System.Globalization;
using GeoOffer.Storage.Importing.Reading.GeoPackages;

namespace GeoOffer.Storage.Importing.Reading.Gdal;

/// <summary>The layers that GDAL finds in a file.</summary>
internal static class GdalLayers
{
    private const int MostListed = 20;

    /// <summary>The layer of a format that has the same in every file; null where they differ.</summary>
    /// <exception cref="UnreadableFileException">None is named, or one that the format does not have.</exception>
    public static string? ChooseFixed(GdalFormat format, string? name) => format.FixedLayers.Count == 0
        ? null
        : Find(format.FixedLayers, name) ?? throw Fault(
            name is null
                ? $"{format.Name} holds {format.FixedLayers.Count} layers: {string.Join(", ", format.FixedLayers)}"
                : $"{format.Name} holds no layer {MessageText.Shorten(name)}; it holds {string.Join(", ", format.FixedLayers)}");

    /// <summary>The layer that is named, or the only one with features.</summary>
    /// <exception cref="UnreadableFileException">There are several, or none, or none of the name.</exception>
    public static async Task<string> ChooseAsync(GdalFormat format, ImportFile package, string? name, CancellationToken cancellationToken)
    {
        var (all, filled) = await ListAsync(package, cancellationToken);
        if (all.Count == 0 || (name is null && filled.Count == 0))
        {
            throw new UnreadableFileException(new FileFault(
                FileFaultCode.Empty, $"GDAL finds no features in {(format.IsKnown ? $"the {format.Name}" : format.Name)}", "export it again with a layer of features"));
        }

        return name is null
            ? filled is [var only] ? only : throw Fault(string.Create(CultureInfo.InvariantCulture, $"the file holds {filled.Count} layers: {List(filled)}"))
            : Find(all, name) ?? throw Fault($"the file holds no layer {MessageText.Shorten(name)}; it holds {List(all)}");
    }

    private static async Task<(List<string> All, List<string> Filled)> ListAsync(ImportFile package, CancellationToken cancellationToken)
    {
        await using var database = await GeoPackageDatabase.OpenAsync(package, cancellationToken);
        List<string> all = [], filled = [];
        await using (var rows = await database.QueryAsync("SELECT table_name FROM gpkg_contents ORDER BY 1", null, cancellationToken))
        {
            while (await rows.MoveNextAsync(cancellationToken))
            {
                all.Add(rows.Text(0)!);
            }
        }

        foreach (var layer in all)
        {
            await using var rows = await database.QueryAsync($"SELECT 1 FROM {GeoPackageDatabase.Quote(layer)} LIMIT 1", null, cancellationToken);
            if (await rows.MoveNextAsync(cancellationToken))
            {
                filled.Add(layer);
            }
        }

        return (all, filled);
    }

    private static string? Find(IReadOnlyList<string> layers, string? name) =>
        layers.FirstOrDefault(layer => layer == name) ?? layers.FirstOrDefault(layer => layer.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static UnreadableFileException Fault(string reason) =>
        new(new FileFault(FileFaultCode.Layer, reason, "choose one with --source-layer NAME"));

    private static string List(List<string> layers) => string.Join(", ", layers.Take(MostListed).Select(layer => MessageText.Shorten(layer)))
        + (layers.Count > MostListed ? string.Create(CultureInfo.InvariantCulture, $" and {layers.Count - MostListed} more") : "");
}
