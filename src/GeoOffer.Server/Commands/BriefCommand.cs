using System.CommandLine;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Matching;
using Spectre.Console;

namespace GeoOffer.Server.Commands;

/// <summary><c>geooffer brief</c>: the briefs that are kept.</summary>
internal static class BriefCommand
{
    public static Command Create(CommandHost host)
    {
        var list = new Command("list", "All briefs with their code, for 'geooffer match --brief CODE'.");
        list.SetAction(async (_, cancellationToken) =>
        {
            await using var database = host.OpenDatabase();
            var table = new Table { Border = TableBorder.Simple }.AddColumns("code", "title (it)", "title (en)");
            foreach (var brief in await new BriefStore(database).ListAsync(Role.Administrator, cancellationToken))
            {
                table.AddRow(new Text(brief.Code), new Text(brief.TitleIt), new Text(brief.TitleEn));
            }

            host.OutputConsole.Write(table);
            return ExitCode.Ok;
        });
        return new Command("brief", "The briefs that are kept.") { list };
    }
}
