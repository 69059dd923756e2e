using System.CommandLine;
using GeoOffer.Server.Hosting;
using GeoOffer.Storage.Matching;

namespace GeoOffer.Server.Commands;

/// <summary><c>geooffer migrate</c>: makes or updates the database.</summary>
internal static class MigrateCommand
{
    private const string Description =
        """
        Bring the database up to date.

        It makes the schema, writes the region of the settings if the database is new, and the briefs of the decree.
        Running it again changes nothing.

        Example:
          ConnectionStrings__GeoOffer='Host=localhost;Database=geooffer;Username=geooffer' geooffer migrate
        """;

    public static Command Create(CommandHost host)
    {
        var command = new Command("migrate", Description);
        command.SetAction(async (_, cancellationToken) =>
        {
            var region = ServiceSettings.ReadRegion(host.Configuration);
            await using var database = host.OpenDatabase();
            await database.MigrateAsync(region, cancellationToken);
            await new BriefStore(database).KeepDecreeBriefsAsync(cancellationToken);
            await host.Output.WriteLineAsync("The database is up to date.");
            return ExitCode.Ok;
        });
        return command;
    }
}
