namespace GeoOffer.Storage.Importing.Systems;

/// <summary>A map projection as well-known text states it, under one name and with one set of parameters whoever wrote it.</summary>
/// <param name="Name">The method.</param>
/// <param name="Parameters">By name; angles in degrees, lengths in metres. What is nought, or one for a scale, is left out.</param>
internal sealed record ProjectionMethod(string Name, IReadOnlyDictionary<string, double> Parameters)
{
    private const double AngleTolerance = 1e-7;
    private const double LengthTolerance = 1e-3;
    private const double ScaleTolerance = 1e-9;

    private static readonly Dictionary<string, string> Methods = new()
    {
        ["gauss_kruger"] = "transverse_mercator",
        ["lambert_conformal_conic_1sp"] = "lambert_conformal_conic",
        ["lambert_conformal_conic_2sp"] = "lambert_conformal_conic",
        ["albers"] = "albers_conic_equal_area",
        ["double_stereographic"] = "oblique_stereographic",
        ["cassini"] = "cassini_soldner",
        ["swiss_oblique_cylindrical"] = "hotine_oblique_mercator_azimuth_center",
        ["swiss_oblique_mercator"] = "hotine_oblique_mercator_azimuth_center",
        ["mercator_auxiliary_sphere"] = WebMercator,
        ["popular_visualisation_pseudo_mercator"] = WebMercator,
        ["mercator_1sp"] = "mercator",
        ["mercator_2sp"] = "mercator",
    };

    private static readonly Dictionary<string, string> Names = new()
    {
        ["latitude_of_center"] = "latitude_of_origin",
        ["latitude_of_centre"] = "latitude_of_origin",
        ["central_parallel"] = "latitude_of_origin",
        ["longitude_of_center"] = "central_meridian",
        ["longitude_of_centre"] = "central_meridian",
        ["longitude_of_origin"] = "central_meridian",
    };

    private const string WebMercator = "web_mercator";

    /// <summary>Reads the projection of a <c>PROJCS</c>; null when it has none.</summary>
    /// <param name="projected">The node.</param>
    /// <param name="degrees">Degrees of the unit of angles.</param>
    public static ProjectionMethod? Read(WktNode projected, double degrees)
    {
        var metres = projected.Child("UNIT")?.Numbers.FirstOrDefault() ?? 0;
        if (projected.Child("PROJECTION")?.Name is not { } name || metres <= 0)
        {
            return null;
        }

        var parameters = new Dictionary<string, double>();
        foreach (var node in projected.Children.Where(child => child is { IsText: false, Keyword: "PARAMETER", Name: not null }))
        {
            var parameter = Key(node.Name!);
            parameter = Names.GetValueOrDefault(parameter, parameter);
            var value = node.Numbers.FirstOrDefault() * (IsLength(parameter) ? metres : IsScale(parameter) ? 1 : degrees);
            parameters[parameter] = value;
        }

        var isOnSphere = projected.Child("EXTENSION")?.Children is [_, { IsText: true, Keyword: var extension }]
            && extension.Contains("nadgrids=@null", StringComparison.Ordinal);
        var method = isOnSphere ? WebMercator : Methods.GetValueOrDefault(Key(name), Key(name));
        return new ProjectionMethod(method, Tidy(method, parameters));
    }

    /// <summary>Whether both make the same map coordinates out of the same latitude and longitude.</summary>
    public bool IsLike(ProjectionMethod other) =>
        Name == other.Name && Parameters.Keys.Union(other.Parameters.Keys).All(key => Differ(key, other) <= Tolerance(key));

    private static Dictionary<string, double> Tidy(string method, Dictionary<string, double> parameters)
    {
        if (method == WebMercator)
        {
            parameters.Remove("auxiliary_sphere_type");
            parameters.Remove("standard_parallel_1");
        }

        if (method == "lambert_conformal_conic" && parameters.TryGetValue("standard_parallel_1", out var first))
        {
            // Of two parallels either may be the first; a single one is the latitude of origin again.
            if (!parameters.TryGetValue("standard_parallel_2", out var second))
            {
                parameters.Remove("standard_parallel_1");
            }
            else if (second > first)
            {
                (parameters["standard_parallel_1"], parameters["standard_parallel_2"]) = (second, first);
            }
        }

        if (parameters.TryGetValue("azimuth", out var azimuth)
            && parameters.TryGetValue("rectified_grid_angle", out var angle)
            && Math.Abs(azimuth - angle) <= AngleTolerance)
        {
            parameters.Remove("rectified_grid_angle");
        }

        if (method == "hotine_oblique_mercator_azimuth_center")
        {
            parameters.TryAdd("azimuth", 90);
        }

        return parameters.Where(pair => Math.Abs(pair.Value - Usual(pair.Key)) > Tolerance(pair.Key)).ToDictionary();
    }

    private static string Key(string name) => name.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');

    private static bool IsLength(string parameter) => parameter is "false_easting" or "false_northing" or "satellite_height";

    private static bool IsScale(string parameter) => parameter is "scale_factor" or "x_scale" or "y_scale";

    private static double Usual(string parameter) => IsScale(parameter) ? 1 : 0;

    private static double Tolerance(string parameter) =>
        IsLength(parameter) ? LengthTolerance : IsScale(parameter) ? ScaleTolerance : AngleTolerance;

    private double Differ(string key, ProjectionMethod other) =>
        Math.Abs(Parameters.GetValueOrDefault(key, Usual(key)) - other.Parameters.GetValueOrDefault(key, Usual(key)));
}
