using System.Globalization;
using GeoOffer.Query.Crs;

namespace GeoOffer.Query.Filters;

/// <summary>Reads <c>bbox</c>: four numbers, or six with heights, which bound nothing since the geometries have none.</summary>
public static class BboxReader
{
    private const string Parameter = "bbox";

    /// <summary>Reads a box in the axis order of its reference system; the default is longitude, latitude.</summary>
    public static Outcome<BoundingBox, FilterError> Read(string raw, ReferenceSystem? system = null)
    {
        system ??= CoordinateSystems.Crs84;
        var parts = raw.Split(',');
        if (parts.Length is not (4 or 6))
        {
            return Fail("4 or 6 numbers, separated by commas", raw);
        }

        var numbers = new double[parts.Length];
        for (var index = 0; index < parts.Length; index++)
        {
            if (!double.TryParse(parts[index], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[index])
                || !double.IsFinite(numbers[index]))
            {
                return Fail("4 or 6 numbers, separated by commas", parts[index]);
            }
        }

        var upper = parts.Length / 2;
        if (parts.Length == 6 && numbers[2] > numbers[5])
        {
            return Fail("a lower height that is not above the upper", raw);
        }

        var (x, y) = system.AxisOrder == AxisOrder.EastNorth ? (0, 1) : (1, 0);
        var box = new BoundingBox(numbers[x], numbers[y], numbers[upper + x], numbers[upper + y], system.Srid);
        return box.FaultIn(system) is { } fault ? Fail(fault.Expected, fault.Got) : new Outcome<BoundingBox, FilterError>(box);
    }

    private static Outcome<BoundingBox, FilterError> Fail(string expected, string got) =>
        new(new FilterError(Parameter, null, expected, got));
}
