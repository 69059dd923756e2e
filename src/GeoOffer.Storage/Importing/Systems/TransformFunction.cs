using GeoOffer.Storage.Importing.Publishing;
using Npgsql;

namespace GeoOffer.Storage.Importing.Systems;

/// <summary>
/// A function of the session that transforms, and gives NULL where PROJ refuses: PostGIS then raises an internal error, which would end
/// the statement, and with Npgsql the connection.
/// </summary>
internal static class TransformFunction
{
    /// <summary>
    /// <c>(place geometry, definition text, srid integer) → geometry</c>: from the definition, or where that is NULL from the SRID of the
    /// place, to the system of the code; x east on both sides.
    /// </summary>
    public const string Name = "pg_temp.transformed";

    private const string Definition =
        $"""
        CREATE OR REPLACE FUNCTION {Name}(place geometry, definition text, srid integer) RETURNS geometry LANGUAGE plpgsql AS $function$
        BEGIN
          RETURN CASE WHEN definition IS NULL THEN ST_Transform(place, srid) ELSE ST_Transform(place, definition, srid) END;
        EXCEPTION WHEN internal_error THEN
          RETURN NULL;
        END
        $function$
        """;

    /// <summary>Opens a connection that has the function.</summary>
    public static async Task<NpgsqlConnection> OpenConnectionAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            await connection.ExecuteAsync(Definition, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
