using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace GeoOffer.Benchmarks;

/// <summary>The program <c>psql</c>, whose output goes nowhere.</summary>
internal sealed class Psql(string connectionString)
{
    /// <summary>How long a statement takes, milliseconds.</summary>
    public async Task<double> TimeAsync(string sql, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo("psql")
        {
            ArgumentList = { "-qX", "-o", "/dev/null", "-c", sql },
            Environment =
            {
                ["PGHOST"] = settings.Host,
                ["PGPORT"] = settings.Port.ToString(CultureInfo.InvariantCulture),
                ["PGUSER"] = settings.Username,
                ["PGPASSWORD"] = settings.Password,
                ["PGDATABASE"] = settings.Database,
            },
        };
        var clock = Stopwatch.StartNew();
        using var psql = Process.Start(start) ?? throw new InvalidOperationException("psql does not start.");
        await psql.WaitForExitAsync(cancellationToken);
        return psql.ExitCode == 0 ? clock.Elapsed.TotalMilliseconds : throw new InvalidOperationException("psql failed.");
    }
}
