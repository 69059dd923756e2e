using GeoOffer.Query.Sql;
using Npgsql;
using NpgsqlTypes;

namespace GeoOffer.Storage.Reading;

/// <summary>Turns the neutral statements of the query room into commands of Npgsql.</summary>
internal static class SqlCommands
{
    /// <summary>A command with its parameters typed, so that the plan never depends on a guess.</summary>
    public static NpgsqlBatchCommand ToBatchCommand(this SqlText sql)
    {
        var command = new NpgsqlBatchCommand(sql.Text);
        foreach (var parameter in sql.Parameters)
        {
            command.Parameters.Add(ToNpgsql(parameter));
        }

        return command;
    }

    /// <inheritdoc cref="ToBatchCommand"/>
    public static NpgsqlCommand ToCommand(this SqlText sql, NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(sql.Text, connection);
        foreach (var parameter in sql.Parameters)
        {
            command.Parameters.Add(ToNpgsql(parameter));
        }

        return command;
    }

    private static NpgsqlParameter ToNpgsql(SqlParameter parameter)
    {
        var made = new NpgsqlParameter { Value = parameter.Value is DateTimeOffset instant ? instant.UtcDateTime : parameter.Value ?? DBNull.Value };
        switch (parameter.Type)
        {
            case SqlParameterType.Text:
                made.NpgsqlDbType = NpgsqlDbType.Text;
                break;
            case SqlParameterType.Integer:
                made.NpgsqlDbType = NpgsqlDbType.Bigint;
                break;
            case SqlParameterType.Number:
                made.NpgsqlDbType = NpgsqlDbType.Double;
                break;
            case SqlParameterType.Boolean:
                made.NpgsqlDbType = NpgsqlDbType.Boolean;
                break;
            case SqlParameterType.Date:
                made.NpgsqlDbType = NpgsqlDbType.Date;
                break;
            case SqlParameterType.Timestamp:
                made.NpgsqlDbType = NpgsqlDbType.TimestampTz;
                break;
            case SqlParameterType.TextArray:
                made.NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text;
                break;
            case SqlParameterType.Geometry:
                made.DataTypeName = "geometry";
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(parameter), parameter.Type, null);
        }

        return made;
    }
}
