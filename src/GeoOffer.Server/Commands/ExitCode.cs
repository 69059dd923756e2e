namespace GeoOffer.Server.Commands;

/// <summary>How a command ended, for scripts.</summary>
internal static class ExitCode
{
    /// <summary>It did what was asked.</summary>
    public const int Ok = 0;

    /// <summary>It refused, or could not do it; standard error says why.</summary>
    public const int Refused = 1;

    /// <summary>The command line was wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>The database is away or not ready, or its disk is full.</summary>
    public const int DatabaseAway = 3;
}

/// <summary>A command cannot do what was asked.</summary>
/// <param name="message">One plain sentence.</param>
/// <param name="exitCode">See <see cref="ExitCode"/>.</param>
internal sealed class CommandException(string message, int exitCode = ExitCode.Refused) : Exception(message)
{
    /// <summary>See <see cref="Commands.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
