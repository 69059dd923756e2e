using System.CommandLine;
using System.IO.Compression;
using GeoOffer.Storage.Exporting;

namespace GeoOffer.Server.Commands;

/// <summary>How the bytes of an export are packed.</summary>
internal enum ExportPacking
{
    /// <summary>As they are.</summary>
    None,

    /// <summary>Compressed with gzip.</summary>
    Gzip,

    /// <summary>As the only file of a zip archive.</summary>
    Zip,
}

/// <summary>Where an export goes, in which format, and packed how.</summary>
/// <param name="Path">The file; null for standard output.</param>
/// <param name="Format">The format.</param>
/// <param name="Packing">How its bytes are packed.</param>
internal sealed record ExportTarget(string? Path, ExportFormat Format, ExportPacking Packing)
{
    private const string GzipExtension = ".gz";
    private const string ZipExtension = ".zip";

    /// <summary>Reads what was typed.</summary>
    /// <exception cref="CommandException">It makes no sense.</exception>
    public static ExportTarget Read(ExportArguments arguments, ParseResult parsed)
    {
        var path = parsed.GetValue(arguments.Output) is { } output and not "-" ? output : null;
        var stated = parsed.GetValue(arguments.Format) is { } code
            ? ExportFormat.Find(code) ?? throw Wrong($"--format: expected one of {Known()}, got {code}")
            : null;
        var (gzip, zip) = (parsed.GetValue(arguments.Gzip), parsed.GetValue(arguments.Zip));
        if (gzip && zip)
        {
            throw Wrong("--gzip and --zip exclude each other");
        }

        var target = path is null
            ? new ExportTarget(null, stated ?? ExportFormat.GeoJson, ExportPacking.None)
            : OfFile(path, stated) ?? throw Wrong($"--output: the extension of '{path}' is of no format; state one of {Known()} with --format");
        if (!target.Format.IsText && path is null && !Console.IsOutputRedirected)
        {
            throw Wrong($"{target.Format.Name} is not for a terminal: state a file with --output, or send it to a pipe");
        }

        return gzip ? target with { Packing = ExportPacking.Gzip } : zip ? target with { Packing = ExportPacking.Zip } : target;
    }

    /// <summary>The name for people.</summary>
    public override string ToString() => Path ?? "standard output";

    /// <summary>Writes to it; a file appears under its name only when all is written.</summary>
    /// <param name="name">The name of a file inside an archive, without extension.</param>
    /// <param name="write">Writes to the stream that it is given.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<T> WriteAsync<T>(string name, Func<Stream, Task<T>> write, CancellationToken cancellationToken)
    {
        if (Path is null)
        {
            await using var output = Console.OpenStandardOutput();
            return await PackAsync(output, name, write);
        }

        var temporary = $"{Path}.{Guid.NewGuid():N}.part";
        var file = Create(temporary);
        try
        {
            T result;
            await using (file)
            {
                result = await PackAsync(file, name, write);
                await file.FlushAsync(cancellationToken);
            }

            File.Move(temporary, Path, overwrite: true);
            return result;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private FileStream Create(string temporary)
    {
        try
        {
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--output '{Path}': {exception.Message}", ExitCode.WrongUsage);
        }
    }

    private async Task<T> PackAsync<T>(Stream output, string name, Func<Stream, Task<T>> write)
    {
        switch (Packing)
        {
            case ExportPacking.Gzip:
                await using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
                {
                    return await write(gzip);
                }

            case ExportPacking.Zip:
                using (var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
                {
                    await using var entry = await archive.CreateEntry(name + Format.Extension).OpenAsync();
                    return await write(entry);
                }

            default:
                return await write(output);
        }
    }

    private static ExportTarget? OfFile(string path, ExportFormat? stated)
    {
        if (path.EndsWith(GzipExtension, StringComparison.OrdinalIgnoreCase)
            && (stated ?? ExportFormat.OfFile(path[..^GzipExtension.Length])) is { } compressed)
        {
            return new ExportTarget(path, compressed, ExportPacking.Gzip);
        }

        if ((stated ?? ExportFormat.OfFile(path)) is { } plain
            && (!path.EndsWith(ZipExtension, StringComparison.OrdinalIgnoreCase) || ExportFormat.OfFile(path) == plain))
        {
            return new ExportTarget(path, plain, ExportPacking.None);
        }

        return path.EndsWith(ZipExtension, StringComparison.OrdinalIgnoreCase)
            && (stated ?? ExportFormat.OfFile(path[..^ZipExtension.Length])) is { } packed
            ? new ExportTarget(path, packed, ExportPacking.Zip)
            : null;
    }

    private static string Known() => string.Join(", ", ExportFormat.All.Select(format => format.Code));

    private static CommandException Wrong(string sentence) => new(sentence, ExitCode.WrongUsage);
}
