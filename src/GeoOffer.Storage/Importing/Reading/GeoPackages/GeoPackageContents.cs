using System.Globalization;

namespace GeoOffer.Storage.Importing.Reading.GeoPackages;

/// <summary>The table of contents of a GeoPackage (12-128r18, 1.1.3), and its reference systems.</summary>
internal static class GeoPackageContents
{
    private const int MostListed = 20;
    private const string StylesOfQgis = "layer_styles";

    /// <summary>Finds the table to read: the only one, or the one that is named.</summary>
    /// <exception cref="UnreadableFileException">The file is no GeoPackage, or holds several tables, or none of the name.</exception>
    public static async Task<(string Name, bool HasFeatures)> ChooseAsync(
        GeoPackageDatabase database, string? layer, CancellationToken cancellationToken)
    {
        if (!await HasTableAsync(database, "gpkg_contents", cancellationToken))
        {
            var kind = await HasTableAsync(database, "geometry_columns", cancellationToken) ? "a SpatiaLite database"
                : await HasTableAsync(database, "tiles", cancellationToken) ? "a database of map tiles"
                : "an SQLite database";
            throw new UnreadableFileException(new FileFault(
                FileFaultCode.UnknownFormat, $"the file is {kind}, and no GeoPackage", "convert it with ogr2ogr -f GPKG"));
        }

        var tables = new List<(string Name, string? Title, bool HasFeatures)>();
        await using (var rows = await database.QueryAsync(
            "SELECT table_name, identifier, lower(data_type) FROM gpkg_contents WHERE lower(data_type) IN ('features', 'attributes', 'aspatial') ORDER BY 1",
            null,
            cancellationToken))
        {
            while (await rows.MoveNextAsync(cancellationToken))
            {
                tables.Add((rows.Text(0) ?? "", rows.Text(1), rows.Text(2) == "features"));
            }
        }

        var candidates = layer is null
            ? tables.FindAll(table => table.HasFeatures || table.Name != StylesOfQgis)
            : tables.FindAll(table => table.Name.Equals(layer, StringComparison.OrdinalIgnoreCase));
        if (layer is not null && candidates.Count == 0)
        {
            candidates = tables.FindAll(table => layer.Equals(table.Title, StringComparison.OrdinalIgnoreCase));
        }

        return candidates is [var only]
            ? (only.Name, only.HasFeatures)
            : throw new UnreadableFileException(
                tables.Count == 0
                    ? new FileFault(FileFaultCode.Empty, "the GeoPackage holds no features and no attributes", "export it again with a layer of features")
                    : new FileFault(
                        FileFaultCode.Layer,
                        layer is null
                            ? $"the GeoPackage holds {candidates.Count} layers: {List(candidates)}"
                            : $"the GeoPackage holds no layer {MessageText.Shorten(layer)}; it holds {List(tables)}",
                        "choose one with --source-layer NAME"));
    }

    /// <summary>Whether a table or view is there.</summary>
    public static async Task<bool> HasTableAsync(GeoPackageDatabase database, string name, CancellationToken cancellationToken)
    {
        await using var rows = await database.QueryAsync("SELECT 1 FROM sqlite_schema WHERE lower(name) = $p", name, cancellationToken);
        return await rows.MoveNextAsync(cancellationToken);
    }

    /// <summary>The reference system of geometries; null when it is said to be undefined, or nothing says what it is.</summary>
    public static async Task<StatedReferenceSystem?> ReadReferenceSystemAsync(
        GeoPackageDatabase database, long? systemId, CancellationToken cancellationToken)
    {
        if (systemId is null or 0 or -1)
        {
            return null;
        }

        await using var rows = await database.QueryAsync(
            "SELECT srs_name, organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = CAST($p AS INTEGER)",
            systemId.Value.ToString(CultureInfo.InvariantCulture),
            cancellationToken);
        if (!await rows.MoveNextAsync(cancellationToken))
        {
            return null;
        }

        var definition = SourceValue.OfText(rows.Text(3) ?? "").Text;
        return new StatedReferenceSystem(MessageText.Shorten(rows.Text(0) ?? "an unnamed reference system"), "gpkg_spatial_ref_sys")
        {
            Srid = rows.Text(1)?.Trim().ToUpperInvariant() == "EPSG" && rows.Integer(2) is > 0 and <= int.MaxValue and var code ? (int)code : null,
            WellKnownText = definition is null || definition.Equals("undefined", StringComparison.OrdinalIgnoreCase) ? null : definition,
        };
    }

    /// <summary>The number of rows that GDAL keeps beside a table; null when it does not.</summary>
    public static async Task<long?> ReadCountAsync(GeoPackageDatabase database, string table, CancellationToken cancellationToken)
    {
        if (!await HasTableAsync(database, "gpkg_ogr_contents", cancellationToken))
        {
            return null;
        }

        await using var rows = await database.QueryAsync(
            "SELECT feature_count FROM gpkg_ogr_contents WHERE lower(table_name) = lower($p)", table, cancellationToken);
        return await rows.MoveNextAsync(cancellationToken) && rows.Integer(0) is >= 0 and var count ? count : null;
    }

    private static string List(List<(string Name, string? Title, bool HasFeatures)> tables) =>
        string.Join(", ", tables.Take(MostListed).Select(table => MessageText.Shorten(table.Name)))
        + (tables.Count > MostListed ? string.Create(CultureInfo.InvariantCulture, $" and {tables.Count - MostListed} more") : "");
}
