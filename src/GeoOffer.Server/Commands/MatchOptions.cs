using System.CommandLine;
using GeoOffer.Domain.Scouting;
using GeoOffer.Server.Description;
using GeoOffer.Server.Scouting;

namespace GeoOffer.Server.Commands;

/// <summary>The simple form of a brief as options: those of <c>GET /api/match</c>, with hyphens.</summary>
internal sealed class MatchOptions
{
    private readonly List<(string Parameter, Option<string[]> Option)> _options =
        [.. MatchOperations.ByQuery.Parameters.Select(parameter => (parameter.Name, CreateOption(parameter)))];

    /// <summary>The option of a parameter.</summary>
    public static string NameOf(string parameter) => "--" + parameter.Replace('_', '-');

    public void AddTo(Command command)
    {
        foreach (var (_, option) in _options)
        {
            command.Options.Add(option);
        }
    }

    private static Option<string[]> CreateOption(OperationParameter parameter) => new(NameOf(parameter.Name))
    {
        Description = parameter.Summary,
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [],
    };

    /// <summary>What was typed, as <see cref="BriefQueryReader"/> takes it.</summary>
    public List<KeyValuePair<string, string>> Read(ParseResult parsed) =>
        [.. _options.SelectMany(pair => parsed.GetValue(pair.Option)!.Select(value => KeyValuePair.Create(pair.Parameter, value)))];
}
