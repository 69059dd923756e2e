using System.CommandLine;
using GeoOffer.Server.Hosting;

namespace GeoOffer.Server.Commands;

/// <summary><c>geooffer serve</c>: the HTTP service.</summary>
internal static class ServeCommand
{
    private const string Description =
        """
        Answer over HTTP.

        It stops at Ctrl+C or SIGTERM; requests in flight are finished first.

        Examples:
          geooffer serve
          geooffer serve --urls http://0.0.0.0:8080
          ASPNETCORE_URLS=http://localhost:9000 geooffer serve
        """;

    public static Command Create()
    {
        var urls = new Option<string?>("--urls") { Description = "Where to listen; several separated by semicolons." };
        var command = new Command("serve", Description) { urls };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] args = parsed.GetValue(urls) is { } addresses ? [$"--urls={addresses}"] : [];
            await Service.RunAsync(args, cancellationToken);
            return ExitCode.Ok;
        });
        return command;
    }
}
