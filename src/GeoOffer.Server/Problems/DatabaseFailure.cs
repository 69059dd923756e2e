using System.Net.Sockets;
using Npgsql;

namespace GeoOffer.Server.Problems;

/// <summary>Tells failures of the database that pass, or that an operator mends, from defects.</summary>
internal static class DatabaseFailure
{
    /// <summary>
    /// Whether the database is away, not ready or took too long: no connection, shutting down, out of resources, a statement that timed
    /// out, a wrong password, no such database, or one that was never migrated.
    /// </summary>
    public static bool Matches(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case PostgresException postgres:
                    return postgres.IsTransient || IsNotReady(postgres.SqlState);
                case NpgsqlException { IsTransient: true } or SocketException or TimeoutException:
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the database has no room left to write.</summary>
    public static bool IsDiskFull(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException { SqlState: PostgresErrorCodes.DiskFull })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the database could not compute what it was asked to: a number beyond its range, a day beyond its calendar.</summary>
    public static bool IsOutOfRange(Exception exception) =>
        exception.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.NumericValueOutOfRange or PostgresErrorCodes.DatetimeFieldOverflow };

    private static bool IsNotReady(string sqlState) =>
        sqlState is PostgresErrorCodes.QueryCanceled
            or PostgresErrorCodes.InvalidCatalogName
            or PostgresErrorCodes.InvalidSchemaName
            or PostgresErrorCodes.UndefinedTable
            or PostgresErrorCodes.InvalidPassword
            or PostgresErrorCodes.InvalidAuthorizationSpecification
        || sqlState.StartsWith("57P", StringComparison.Ordinal);
}
