using System.CommandLine;
using GeoOffer.Server.Hosting;
using GeoOffer.Server.Metadata;
using GeoOffer.Storage.Catalogues;
using Spectre.Console;

namespace GeoOffer.Server.Commands;

/// <summary><c>geooffer metadata</c>: metadata of collections, for geoportals and catalogues.</summary>
internal static class MetadataCommand
{
    private const string Description =
        """
        Writes metadata: ISO 19139 of one collection with the elements that RNDT asks for, or DCAT-AP_IT of all of them.

        Who publishes is set in appsettings.json (Publisher) or the environment (GEOOFFER__Publisher__Email=...). The service has the same
        under /api/metadata and /api/metadata/COLLECTION.

        Examples:
          geooffer metadata sites --base-url https://data.example.org --output sites.xml
          geooffer metadata --base-url https://data.example.org --output catalogue.rdf
        """;

    public static Command Create(CommandHost host)
    {
        var collection = new Argument<string?>("collection") { Description = "A collection; all of them, as DCAT-AP_IT, without it.", Arity = ArgumentArity.ZeroOrOne };
        var address = new Option<string>("--base-url") { Description = "Where the service is reached, for the links.", DefaultValueFactory = _ => "http://localhost:8080" };
        var output = new Option<string?>("--output") { Description = "The file to write; standard output without it." };
        var command = new Command("metadata", Description) { collection, address, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var publisher = PublisherSettings.Read(host.Configuration);
            await using var database = host.OpenDatabase();
            using var catalogue = new CatalogueSource(database);
            var source = new MetadataSource(database, catalogue, publisher);
            var document = await WriteAsync(source, parsed.GetValue(collection), parsed.GetRequiredValue(address).TrimEnd('/'), cancellationToken);
            if (publisher.Email is null)
            {
                host.Console.MarkupLineInterpolated($"Note: Publisher:Email is not set; RNDT refuses metadata without the address of a contact.");
            }

            await SaveAsync(host, parsed.GetValue(output), document, cancellationToken);
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<byte[]> WriteAsync(MetadataSource source, string? collection, string address, CancellationToken cancellationToken)
    {
        if (collection is null)
        {
            var (modifiedAt, datasets) = await source.AllAsync(address, cancellationToken);
            return MetadataDocument.DcatApIt(source, address, modifiedAt, datasets);
        }

        return await source.FindAsync(collection, address, cancellationToken) is { } dataset
            ? MetadataDocument.Iso19139(dataset)
            : throw new CommandException($"There is no collection '{collection}'.", ExitCode.WrongUsage);
    }

    private static async Task SaveAsync(CommandHost host, string? path, byte[] document, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            await host.Output.WriteLineAsync(System.Text.Encoding.UTF8.GetString(document));
            return;
        }

        try
        {
            await File.WriteAllBytesAsync(path, document, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--output '{path}': {exception.Message}", ExitCode.WrongUsage);
        }
    }
}
