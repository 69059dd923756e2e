using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace GeoOffer.Server.Commands;

/// <summary>A command whose help ends with a lesson: how it is used, with examples.</summary>
/// <param name="name">What is typed.</param>
/// <param name="summary">One sentence for the list of commands.</param>
/// <param name="lesson">What else there is to know, shown by <c>--help</c> of this command only.</param>
internal sealed class TaughtCommand(string name, string summary, string lesson) : Command(name, summary)
{
    /// <summary>See the constructor.</summary>
    public string Lesson { get; } = lesson;
}

/// <summary>Shows the usual help, and the lesson after it.</summary>
internal sealed class LessonHelpAction(string rootLesson) : SynchronousCommandLineAction
{
    private readonly HelpAction _usual = new();

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        _usual.Invoke(parseResult);
        var lesson = parseResult.CommandResult.Command switch
        {
            TaughtCommand taught => taught.Lesson,
            RootCommand => rootLesson,
            _ => null,
        };
        if (lesson is not null)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(lesson);
        }

        return ExitCode.Ok;
    }
}
