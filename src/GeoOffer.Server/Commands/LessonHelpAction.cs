using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace GeoOffer.Server.Commands;

/// <summary>
/// Help that teaches without drowning the list of commands: the first paragraph of a description is the summary that lists show; the
/// rest, with the examples, comes at the end of the command's own help.
/// </summary>
internal sealed class LessonHelpAction : SynchronousCommandLineAction
{
    private readonly HelpAction _usual = new();
    private readonly Dictionary<Command, string> _lessons = [];

    /// <summary>Takes the lessons out of the descriptions of a command and all below it.</summary>
    public LessonHelpAction(Command root) => Take(root);

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;

        // The usage of a command would show the arguments of the one above it, which it does not take.
        foreach (var argument in command.Parents.OfType<Command>().SelectMany(above => above.Arguments))
        {
            argument.Hidden = true;
        }

        _usual.Invoke(parseResult);
        if (_lessons.TryGetValue(command, out var lesson))
        {
            parseResult.InvocationConfiguration.Output.WriteLine(lesson);
        }

        return ExitCode.Ok;
    }

    private void Take(Command command)
    {
        if (command.Description?.ReplaceLineEndings("\n").Split("\n\n", 2) is [var summary, var lesson])
        {
            command.Description = summary;
            _lessons.Add(command, lesson);
        }

        foreach (var below in command.Subcommands)
        {
            Take(below);
        }
    }
}
