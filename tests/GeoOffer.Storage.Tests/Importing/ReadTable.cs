using System.Text;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>A file as the readers see it.</summary>
internal sealed record ReadTable(IReadOnlyList<SourceRow> Rows, SourceDescription Description)
{
    public IReadOnlyList<string> Columns => Rows[0].Columns!;

    public IReadOnlyList<string> Notices => Description.Notices;

    /// <summary>The values of a column, as numbers are read.</summary>
    public IReadOnlyList<string?> this[string column] =>
        [.. Rows.Select(row => row.Fields.FirstOrDefault(field => field.Name == column).Value.Text)];

    public static Task<ReadTable> OfAsync(string text, TextDialect? dialect = null) => OfAsync(Encoding.UTF8.GetBytes(text), dialect);

    public static Task<ReadTable> OfAsync(byte[] bytes, TextDialect? dialect = null, int drop = 1 << 16) =>
        OfAsync(new ImportFile("x.csv", _ => ValueTask.FromResult<Stream>(new DripStream(bytes, drop))), dialect);

    public static async Task<ReadTable> OfAsync(ImportFile file, TextDialect? dialect = null)
    {
        await using var source = await Source.OpenAsync(file, new SourceOptions { Text = dialect ?? new() }, TestContext.Current.CancellationToken);
        var rows = new List<SourceRow>();
        await foreach (var row in source.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return new ReadTable(rows, source.Description);
    }
}
