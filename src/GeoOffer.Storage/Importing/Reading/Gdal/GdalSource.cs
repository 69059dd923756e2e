using System.Globalization;
using System.Runtime.CompilerServices;
using GeoOffer.Storage.Importing.Reading.GeoPackages;

namespace GeoOffer.Storage.Importing.Reading.Gdal;

/// <summary>A file of a format that GDAL reads: it is converted once to a GeoPackage, and that is read.</summary>
internal sealed class GdalSource : Source
{
    private const int Peeked = 1 << 16;

    private readonly GdalConversion _conversion;
    private readonly GeoPackageSource _package;
    private readonly string? _identifier;
    private readonly IReadOnlyList<(string Column, string Prefix)> _numbers;
    private readonly IReadOnlyList<string> _columns;

    private GdalSource(
        SourceDescription description, GdalFormat format, GdalConversion conversion, GeoPackageSource package, string? identifier, IReadOnlyList<string> columns)
        : base(description)
    {
        (_conversion, _package, _identifier, _columns) = (conversion, package, identifier, columns);
        _numbers = format.NumbersOf(description.Layer!);
    }

    /// <inheritdoc />
    public override double? ShareRead => _package.ShareRead;

    /// <summary>Opens a file at the layer that the options name, or at its only one.</summary>
    /// <exception cref="UnreadableFileException">GDAL is not installed, or cannot read the file, or the file holds several layers.</exception>
    public static async Task<GdalSource> OpenGdalAsync(ImportFile file, SourceOptions options, CancellationToken cancellationToken)
    {
        var format = await SniffAsync(file, cancellationToken);
        var program = await GdalProgram.FindAsync(format, options.Gdal, cancellationToken);
        var layer = GdalLayers.ChooseFixed(format, options.Layer);
        var conversion = await GdalConversion.MakeAsync(program, file, format, layer, options.Gdal, cancellationToken);
        try
        {
            layer ??= await GdalLayers.ChooseAsync(format, conversion.Package, options.Layer, cancellationToken);
            var package = await GeoPackageSource.OpenGeoPackageAsync(conversion.Package, new SourceOptions { Layer = layer }, cancellationToken);
            return Describe(format, program, conversion, package, layer);
        }
        catch
        {
            await conversion.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public override async IAsyncEnumerable<SourceRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _package.ReadAsync(cancellationToken))
        {
            yield return row with
            {
                Place = string.Create(CultureInfo.InvariantCulture, $"feature {row.Number}"),
                Id = Identify(row),
                Columns = _columns,
                Fields = _columns.Count == row.Fields.Count ? row.Fields : [.. row.Fields.Where(field => _columns.Contains(field.Name))],
                Fault = row.Fault is { } fault ? fault with { Fix = "repair the file where it is kept" } : null,
            };
        }
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await _package.DisposeAsync();
        await _conversion.DisposeAsync();
        await base.DisposeAsync();
    }

    private static async Task<GdalFormat> SniffAsync(ImportFile file, CancellationToken cancellationToken)
    {
        await using var stream = await file.OpenStreamAsync(cancellationToken);
        var buffer = new byte[Peeked];
        var length = await stream.ReadAtLeastAsync(buffer, Peeked, throwOnEndOfStream: false, cancellationToken);
        var extension = Path.GetExtension(file.Name);
        return GdalFormat.Sniff(buffer.AsSpan(0, length), extension) ?? GdalFormat.Other(extension);
    }

    private static GdalSource Describe(
        GdalFormat format, GdalProgram program, GdalConversion conversion, GeoPackageSource package, string layer)
    {
        var stated = package.Description;
        List<string> names = [.. stated.Columns!.Select(column => column.Name)];
        var identifier = format.Identifiers.FirstOrDefault(names.Contains);
        List<string> drawing = [.. format.Drawing.Where(names.Contains)];
        names.RemoveAll(name => name == identifier || drawing.Contains(name));
        var description = stated with
        {
            Format = SourceFormat.Gdal,
            Columns = format.DeclaresTypes ? [.. stated.Columns!.Where(column => names.Contains(column.Name))] : null,
            ReferenceSystem = stated.ReferenceSystem is { } system ? system with { Origin = format.SystemOrigin } : null,
            Notices =
            [
                $"{(format.IsKnown ? $"the file is {format.Name}, " : "")}read through GDAL {program.Version}, layer {MessageText.Shorten(layer)}",
                .. drawing.Count == 0 ? [] : (string[])[$"columns that say how features are drawn are left out: {string.Join(", ", drawing)}"],
                .. conversion.Warnings.Select(warning => $"GDAL warns: {warning}"),
                .. stated.Notices,
            ],
        };
        return new GdalSource(description, format, conversion, package, identifier, names);
    }

    private string? Identify(SourceRow row)
    {
        if (_identifier is not null)
        {
            return row.Fields.First(field => field.Name == _identifier).Value.Text;
        }

        foreach (var (column, prefix) in _numbers)
        {
            if (row.Fields.FirstOrDefault(field => field.Name == column).Value.Text is { } number)
            {
                return prefix + number;
            }
        }

        return null;
    }
}
