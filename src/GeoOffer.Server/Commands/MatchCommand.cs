using System.CommandLine;
using GeoOffer.Domain.Scouting;
using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Http;
using GeoOffer.Server.Scouting;
using GeoOffer.Storage;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Matching;
using GeoOffer.Storage.Security;

namespace GeoOffer.Server.Commands;

/// <summary><c>geooffer match</c>: answers a requirement with sites.</summary>
internal static class MatchCommand
{
    private const string Description =
        """
        Answer an investor's requirement with sites.

        Repeated --near and --avoid must all hold; repeated --function, --kind and --within are alternatives. Bounds are inclusive.
        A brief is a JSON file, as POST /api/match takes it, or the code of one that is kept ('geooffer brief list').

        Examples:
          geooffer match --area-ha 40 --function industrial --near freight_terminal:10000
          geooffer match --area-ha 40 --near rail:5000 --avoid protected_area --avoid flood_p3:0.1 --within MI --within PV
          geooffer match --brief decree-5 --lang it
          geooffer match --brief brief.json --format csv --output shortlist.csv
        """;

    public static Command Create(CommandHost host)
    {
        var parameters = new MatchOptions();
        var brief = new Option<string?>("--brief")
        {
            Description = "A file with a brief, or the code of one that is kept.",
            HelpName = "FILE|CODE",
        };
        var format = Choice("--format", "How the answer is written.", "table", "table", "geojson", "json", "csv");
        var output = new Option<FileInfo?>("--output")
        {
            Description = "The file it is written to, instead of standard output.",
            HelpName = "FILE",
        };
        var role = Choice("--as", "What is seen: published sites only, or all.", "public", "public", "scout");
        var command = new Command("match", Description) { brief, format, output, role };
        parameters.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = host.OpenDatabase();
            using var catalogue = new CatalogueSource(database);
            var vocabulary = await new VocabularySource(database, catalogue).GetAsync(cancellationToken);
            var asRole = RoleCode.Parse(parsed.GetValue(role))!.Value;
            var request = parsed.GetValue(brief) is { } named
                ? await ReadBriefAsync(named, parameters.Read(parsed), vocabulary, database, asRole, cancellationToken)
                : Accept(new BriefQueryReader(vocabulary, ScoutingRules.Default).Read(parameters.Read(parsed)), MatchOptions.NameOf);
            var matching = new MatchService(database, catalogue);
            var answer = await matching.AnswerAsync(request.Brief, request.CountsFull, asRole, cancellationToken);
            await WriteAsync(host, parsed.GetValue(format)!, parsed.GetValue(output), answer, request, vocabulary, cancellationToken);
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<BriefRequest> ReadBriefAsync(
        string named,
        List<KeyValuePair<string, string>> parameters,
        ScoutingVocabulary vocabulary,
        GeoOfferDatabase database,
        Role role,
        CancellationToken cancellationToken)
    {
        if (parameters.FirstOrDefault(parameter => parameter.Key is not ("counts" or "lang")) is { Key: { } extra })
        {
            throw new CommandException(
                $"{MatchOptions.NameOf(extra)} cannot stand beside --brief: the brief says it all.", ExitCode.WrongUsage);
        }

        var reader = new BriefJsonReader(vocabulary, ScoutingRules.Default);
        var reading = File.Exists(named)
            ? reader.Read(await File.ReadAllBytesAsync(named, cancellationToken))
            : await new BriefStore(database).FindAsync(named, role, cancellationToken) is { } kept
                ? reader.Read(kept.Document)
                : throw new CommandException(
                    $"There is neither a file nor a brief called '{named}'; 'geooffer brief list' shows the briefs.");
        var asked = Accept(new BriefQueryReader(vocabulary, ScoutingRules.Default).Read(parameters), MatchOptions.NameOf);
        var request = Accept(reading, pointer => pointer.Length == 0 ? "the brief" : pointer);
        return request with { CountsFull = request.CountsFull || asked.CountsFull, Language = asked.Language };
    }

    private static async Task WriteAsync(
        CommandHost host,
        string format,
        FileInfo? file,
        MatchAnswer answer,
        BriefRequest request,
        ScoutingVocabulary vocabulary,
        CancellationToken cancellationToken)
    {
        if (format is "geojson" or "json")
        {
            await using var bytes = new MemoryStream();
            var links = MatchLinks.For("", request, vocabulary, ScoutingRules.Default);
            await MatchJsonWriter.WriteAsync(bytes, answer, links, cancellationToken);
            if (file is null)
            {
                await host.Output.WriteLineAsync(System.Text.Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
                return;
            }

            await File.WriteAllBytesAsync(file.FullName, bytes.GetBuffer().AsMemory(0, (int)bytes.Length), cancellationToken);
            return;
        }

        var language = RequestLanguage.Parse(request.Language) ?? Language.En;
        await using var text = file is null ? null : new StreamWriter(file.FullName);
        var writer = text ?? host.Output;
        if (format == "csv")
        {
            await MatchCsv.WriteAsync(writer, answer, cancellationToken);
        }
        else
        {
            MatchTable.Write(writer, answer, language);
        }
    }

    private static BriefRequest Accept(BriefReading reading, Func<string, string> nameOf) => reading.IsValid
        ? reading.Request
        : throw new CommandException(string.Join(Environment.NewLine, reading.Faults.Select(fault =>
            $"{nameOf(fault.At)}: expected {fault.Expected}, got {(fault.Got.Length == 0 ? "nothing" : fault.Got)}")));

    private static Option<string> Choice(string name, string description, string fallback, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => fallback };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
