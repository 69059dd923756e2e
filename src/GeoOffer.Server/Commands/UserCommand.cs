using System.CommandLine;
using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Security;
using Spectre.Console;

namespace GeoOffer.Server.Commands;

/// <summary><c>geooffer user</c>: keys of those who may see more than the public.</summary>
internal static class UserCommand
{
    private static readonly string[] Roles = [Role.Scout.ToCode(), Role.Editor.ToCode(), Role.Administrator.ToCode()];

    public static Command Create(CommandHost host) => new("user", "Keys of those who may see or do more than the public.")
    {
        CreateAddKey(host),
        CreateList(host),
        CreateRevoke(host),
    };

    private static Command CreateAddKey(CommandHost host)
    {
        var name = new Argument<string>("name") { Description = "Whose key it is." };
        var role = new Option<string>("--role") { Description = "What the key allows.", Required = true };
        role.AcceptOnlyFromAmong(Roles);
        var expires = new Option<DateOnly?>("--expires") { Description = "The first day on which the key is refused (YYYY-MM-DD, UTC)." };
        var command = new Command(
            "add-key",
            """
            Make a key and print it.

            The key is shown this once: only its SHA-256 is kept. Callers send it as 'X-Api-Key: go_…' or 'Authorization: Bearer go_…'.

            Example:
              geooffer user add-key "Anna Rossi" --role scout --expires 2027-01-01
            """)
        {
            name, role, expires,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var userName = parsed.GetRequiredValue(name);
            if (string.IsNullOrWhiteSpace(userName))
            {
                throw new CommandException("A key needs the name of its user.", ExitCode.WrongUsage);
            }

            DateTimeOffset? expiresAt = parsed.GetValue(expires) is { } day ? new(day, TimeOnly.MinValue, TimeSpan.Zero) : null;
            await using var database = host.OpenDatabase();
            var allowed = RoleCode.Parse(parsed.GetRequiredValue(role))!.Value;
            var key = await new UserKeys(database).AddAsync(userName, allowed, expiresAt, cancellationToken);
            await host.Output.WriteLineAsync(key);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command CreateList(CommandHost host)
    {
        var command = new Command("list", "All keys by their prefix, without the secrets.");
        command.SetAction(async (_, cancellationToken) =>
        {
            await using var database = host.OpenDatabase();
            var table = new Table().AddColumns("user", "role", "key", "made", "expires", "state");
            foreach (var key in await new UserKeys(database).ListAsync(cancellationToken))
            {
                table.AddRow(
                    new Text(key.UserName),
                    new Text(key.Role.ToCode()),
                    new Text(key.Prefix + "…"),
                    Day(key.MadeAt),
                    Day(key.ExpiresAt),
                    new Text(State(key)));
            }

            host.OutputConsole.Write(table);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command CreateRevoke(CommandHost host)
    {
        var prefix = new Argument<string>("prefix") { Description = "The beginning of the key, as 'user list' shows it." };
        var command = new Command("revoke", "Refuse a key from now on.") { prefix };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var asked = parsed.GetRequiredValue(prefix).TrimEnd('…');
            await using var database = host.OpenDatabase();
            if (!await new UserKeys(database).RevokeAsync(asked, cancellationToken))
            {
                throw new CommandException($"No valid key starts with exactly '{asked}'; 'geooffer user list' shows them.");
            }

            await host.Output.WriteLineAsync($"Revoked {asked}….");
            return ExitCode.Ok;
        });
        return command;
    }

    private static Text Day(DateTimeOffset? instant) =>
        new(instant?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "");

    private static string State(UserKey key) =>
        key.RevokedAt is not null ? "revoked" : key.ExpiresAt <= DateTimeOffset.UtcNow ? "expired" : "valid";
}
