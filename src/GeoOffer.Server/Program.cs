using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddProblemDetails();
builder.Services.AddSingleton(services =>
    NpgsqlDataSource.Create(services.GetRequiredService<IConfiguration>().GetConnectionString("GeoOffer")
        ?? throw new InvalidOperationException("ConnectionStrings__GeoOffer is not set.")));
var app = builder.Build();

app.MapGet("/health", async (NpgsqlDataSource database, CancellationToken cancellationToken) =>
{
    await using var command = database.CreateCommand("SELECT 1");
    await command.ExecuteScalarAsync(cancellationToken);
    return Results.Text("ok");
});

app.MapGet("/api/match", async (HttpRequest request, NpgsqlDataSource database, CancellationToken cancellationToken) =>
{
    if (!double.TryParse(request.Query["area_ha"], NumberStyles.Float, CultureInfo.InvariantCulture, out var areaHa) || areaHa is not (> 0 and <= 1e6))
    {
        return Results.Problem(
            statusCode: StatusCodes.Status400BadRequest,
            title: "The request cannot be answered.",
            extensions: new Dictionary<string, object?>
            {
                ["errors"] = new[] { new { parameter = "area_ha", expected = "hectares, above 0 and up to 1000000", got = request.Query["area_ha"].ToString() } },
            });
    }

    await using var command = database.CreateCommand(
        """
        SELECT code, name_it, ST_Area(geom::geography) / 10000 AS area_ha, ST_AsGeoJSON(geom)
        FROM site WHERE ST_Area(geom::geography) / 10000 BETWEEN $1 * 0.85 AND $1 * 1.15
        ORDER BY abs(ST_Area(geom::geography) / 10000 - $1), code LIMIT 20
        """);
    command.Parameters.Add(new() { Value = areaHa });
    await using var rows = await command.ExecuteReaderAsync(cancellationToken);
    var features = new JsonArray();
    while (await rows.ReadAsync(cancellationToken))
    {
        features.Add(new JsonObject
        {
            ["type"] = "Feature",
            ["id"] = rows.GetString(0),
            ["geometry"] = JsonNode.Parse(rows.GetString(3)),
            ["properties"] = new JsonObject { ["code"] = rows.GetString(0), ["name_it"] = rows.GetString(1), ["area_ha"] = rows.GetDouble(2) },
        });
    }

    return Results.Json(
        new JsonObject { ["type"] = "FeatureCollection", ["features"] = features, ["numberReturned"] = features.Count },
        contentType: "application/geo+json");
});

await app.RunAsync();

/// <summary>The entry point, visible to the tests that start the service.</summary>
public sealed partial class Program;
