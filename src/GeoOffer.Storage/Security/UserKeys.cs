using System.Security.Cryptography;
using GeoOffer.Query.Catalogue;
using Npgsql;

namespace GeoOffer.Storage.Security;

/// <summary>The register of API keys.</summary>
public sealed class UserKeys(GeoOfferDatabase database)
{
    private const string Columns = "user_name, role, prefix, made_at, expires_at, revoked_at";

    /// <summary>Makes a key and returns it, this once.</summary>
    /// <param name="userName">Whose it is; not empty.</param>
    /// <param name="role">What it allows; the public needs none.</param>
    /// <param name="expiresAt">From when on it is refused; null for never.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ArgumentException">The name is empty or holds NUL, or the role is the public.</exception>
    public async Task<string> AddAsync(string userName, Role role, DateTimeOffset? expiresAt, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(userName);
        if (userName.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("The name of a user cannot hold NUL.", nameof(userName));
        }

        if (role == Role.Public)
        {
            throw new ArgumentException("The public needs no key.", nameof(role));
        }

        var key = ApiKey.Generate();
        await using var command = database.Source.CreateCommand(
            "INSERT INTO geooffer.user_key (user_name, role, prefix, key_sha256, expires_at) VALUES ($1, $2, $3, $4, $5)");
        command.Parameters.Add(new() { Value = userName });
        command.Parameters.Add(new() { Value = role.ToCode() });
        command.Parameters.Add(new() { Value = ApiKey.PrefixOf(key)! });
        command.Parameters.Add(new() { Value = ApiKey.Hash(key) });
        command.Parameters.Add(new NpgsqlParameter<DateTime?> { TypedValue = expiresAt?.UtcDateTime });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return key;
    }

    /// <summary>The user of a key; null when it is unknown, expired or revoked. Any text may be asked for.</summary>
    public async Task<UserKey?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (ApiKey.PrefixOf(key) is not { } prefix)
        {
            return null;
        }

        await using var command = database.Source.CreateCommand(
            $"""
            SELECT {Columns}, key_sha256 FROM geooffer.user_key
            WHERE prefix = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > clock_timestamp())
            """);
        command.Parameters.Add(new() { Value = prefix });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken)
            && CryptographicOperations.FixedTimeEquals(ApiKey.Hash(key), rows.GetFieldValue<byte[]>(6))
                ? Read(rows)
                : null;
    }

    /// <summary>All keys, by user and age.</summary>
    public async Task<IReadOnlyList<UserKey>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand($"SELECT {Columns} FROM geooffer.user_key ORDER BY user_name, id");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var keys = new List<UserKey>();
        while (await rows.ReadAsync(cancellationToken))
        {
            keys.Add(Read(rows));
        }

        return keys;
    }

    /// <summary>Revokes the key of this prefix; false when there is none that was still valid.</summary>
    public async Task<bool> RevokeAsync(string prefix, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(
            "UPDATE geooffer.user_key SET revoked_at = clock_timestamp() WHERE prefix = $1 AND revoked_at IS NULL");
        command.Parameters.Add(new() { Value = prefix });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static UserKey Read(NpgsqlDataReader rows) => new(
        rows.GetString(0),
        RoleCode.Parse(rows.GetString(1)) ?? throw new InvalidOperationException($"No role is called '{rows.GetString(1)}'."),
        rows.GetString(2),
        rows.GetFieldValue<DateTimeOffset>(3),
        rows.IsDBNull(4) ? null : rows.GetFieldValue<DateTimeOffset>(4),
        rows.IsDBNull(5) ? null : rows.GetFieldValue<DateTimeOffset>(5));
}
