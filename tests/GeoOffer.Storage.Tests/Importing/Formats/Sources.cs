using System.Globalization;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Tests.Importing.Formats;

/// <summary>Files read to their end.</summary>
internal static class Sources
{
    /// <summary>A file, and those that lie beside it.</summary>
    public static ImportFile Beside(params IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        var all = files.Select(file => Imports.File(file.Name, file.Bytes)).ToList();
        return all[0] with { Siblings = all };
    }

    public static async Task<(SourceDescription Description, List<SourceRow> Rows)> ReadAsync(ImportFile file, SourceOptions? options = null)
    {
        await using var source = await Source.OpenAsync(file, options ?? new SourceOptions(), TestContext.Current.CancellationToken);
        var rows = await ReadRowsAsync(source);
        return (source.Description, rows);
    }

    public static async Task<List<SourceRow>> ReadRowsAsync(Source source)
    {
        var rows = new List<SourceRow>();
        await foreach (var row in source.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    public static async Task<FileFault> FaultAsync(ImportFile file, SourceOptions? options = null) =>
        (await Assert.ThrowsAsync<UnreadableFileException>(() => ReadAsync(file, options))).Fault;

    /// <summary>Name, type and text of the values of a row.</summary>
    public static string Describe(this SourceRow row) => string.Join(' ', row.Fields.Select(field =>
        $"{field.Name}={field.Value.Native?.GetType().Name ?? $"{field.Value.Kind}"}:{field.Value.Text}"));

    /// <summary>The geometry with the numbers that it has.</summary>
    public static string? Wkt(this SourceRow row) => row.Geometry?.AsText();

    public static object? Value(this SourceRow row, string name)
    {
        var value = row.Fields.Single(field => field.Name == name).Value;
        return value.Native ?? value.Text;
    }

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
