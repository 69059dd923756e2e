using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Publishing;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoOffer.Storage.Layers;

/// <summary>Where a layer that sites are measured against is complete: outside it a fact is unknown, not nought.</summary>
/// <param name="Basis">What it follows: <c>region</c>, <c>features</c>, <c>area</c>, <c>none</c>, or <c>kept</c> for an area declared before.</param>
/// <param name="Declared">The polygon, of an area.</param>
/// <param name="Layer">The name of the layer.</param>
internal sealed record LayerArea(string Basis, Geometry? Declared, string Layer)
{
    private const int MostUnited = 20_000;

    /// <summary>What the request declares, or else what was declared before, or the custom of the role.</summary>
    public static async Task<LayerArea> ReadAsync(
        NpgsqlConnection connection, ImportRequest request, LayerSettings settings, LayerRow? known, CancellationToken cancellationToken)
    {
        var before = known is null
            ? null
            : await connection.ScalarAsync<string>("SELECT coverage_basis FROM geooffer.layer WHERE id = $1", cancellationToken, known.Id);
        return request.Coverage switch
        {
            ImportCoverage.OfRegion => new("region", null, request.Collection),
            ImportCoverage.OfFeatures => new("features", null, request.Collection),
            ImportCoverage.OfNothing => new("none", null, request.Collection),
            ImportCoverage.Area area => new("area", area.Geometry, request.Collection),
            _ when before is "area" => new("kept", null, request.Collection),
            _ => new(before ?? (settings.Role == LayerRole.Constraint ? "features" : "region"), null, request.Collection),
        };
    }

    /// <summary>The word that is remembered.</summary>
    public string Remembered => Basis == "kept" ? "area" : Basis;

    /// <summary>Whether declaring it changes what is registered while the features stay as they are.</summary>
    public async Task<bool> DiffersAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => Basis switch
    {
        "kept" => false,
        _ => await connection.ScalarAsync<bool>(
            "SELECT NOT EXISTS (SELECT FROM geooffer.layer WHERE name = $1 AND NOT dropped AND coverage_basis IS NOT DISTINCT FROM $2)",
            cancellationToken, Layer, Basis) || Basis == "area",
    };

    /// <summary>The statement that yields the area of the features of a table, with the declared polygon as $1.</summary>
    /// <exception cref="ImportRequestException">It would have to unite too many polygons.</exception>
    public async Task<string> SqlAsync(NpgsqlConnection connection, string features, CancellationToken cancellationToken)
    {
        switch (Basis)
        {
            case "region":
                return "SELECT ST_Multi(extent) FROM geooffer.region WHERE $1::geometry IS NULL";
            case "area":
                return "SELECT ST_Multi($1::geometry)";
            case "kept":
                return $"SELECT coverage FROM geooffer.fact_layer WHERE name = '{Layer}' AND $1::geometry IS NULL";
            case "none":
                return "SELECT $1::geometry";
            default:
                if (await connection.ScalarAsync<long>($"SELECT count(*) FROM {features}", cancellationToken) > MostUnited)
                {
                    throw new ImportRequestException(
                        "coverage",
                        $"the layer has more than {MostUnited} features, too many to be its own coverage: state where it is complete with --coverage region, bbox:west,south,east,north or a polygon file");
                }

                return $"SELECT ST_Multi(ST_CollectionExtract(ST_Union(geom), 3)) FROM {features} WHERE ST_Dimension(geom) = 2 AND $1::geometry IS NULL";
        }
    }
}
