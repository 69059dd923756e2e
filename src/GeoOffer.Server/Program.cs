using GeoOffer.Server.Commands;
using GeoOffer.Server.Hosting;

// A test host starts this entry point with settings of the host and no command.
if (args.Any(argument => argument.StartsWith("--applicationName=", StringComparison.Ordinal)))
{
    await Service.RunAsync(args, CancellationToken.None);
    return ExitCode.Ok;
}

return await CommandLine.RunAsync(args, Console.Out, Console.Error);

/// <summary>The entry point, visible to the tests that start the service.</summary>
public sealed partial class Program;
