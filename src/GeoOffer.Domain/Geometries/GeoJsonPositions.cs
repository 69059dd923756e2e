using System.Text.Json;
using GeoOffer.Domain.Json;
using NetTopologySuite.Geometries;

namespace GeoOffer.Domain.Geometries;

/// <summary>Reads positions and counts them against a limit.</summary>
internal sealed class GeoJsonPositions(int limit)
{
    private int _count;

    public static JsonElement RequireArray(JsonElement element, string pointer, string expected)
        => element.ValueKind == JsonValueKind.Array
            ? element
            : throw new GeometryFaultException(pointer, GeometryFaultKind.WrongJsonType, expected, JsonText.Describe(element));

    public Coordinate[] Read(JsonElement array, string pointer)
    {
        var length = RequireArray(array, pointer, "an array of positions").GetArrayLength();
        Count(length, pointer);
        var coordinates = new Coordinate[length];
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            coordinates[index] = Position(item, pointer, index);
            index++;
        }

        return coordinates;
    }

    public Coordinate ReadOne(JsonElement position, string pointer)
    {
        Count(1, pointer);
        return Position(position, pointer, index: null);
    }

    private static Coordinate Position(JsonElement position, string pointer, int? index)
    {
        // Pointers are made only for faults: a large polygon would otherwise cost a string per vertex.
        string At() => index is { } i ? JsonText.Child(pointer, i) : pointer;
        if (position.ValueKind != JsonValueKind.Array)
        {
            throw new GeometryFaultException(At(), GeometryFaultKind.WrongJsonType, "a position", JsonText.Describe(position));
        }

        var length = position.GetArrayLength();
        if (length < 2)
        {
            throw new GeometryFaultException(At(), GeometryFaultKind.IncompletePosition, "two or more numbers", $"{length}");
        }

        double x = 0, y = 0;
        var axis = 0;
        foreach (var item in position.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number)
            {
                throw new GeometryFaultException(
                    JsonText.Child(At(), axis), GeometryFaultKind.WrongJsonType, "a number", JsonText.Describe(item));
            }

            if (!item.TryGetDouble(out var number) || !double.IsFinite(number))
            {
                throw new GeometryFaultException(
                    JsonText.Child(At(), axis), GeometryFaultKind.NotFinite, "a finite number", JsonText.Describe(item));
            }

            (x, y) = axis switch { 0 => (number, y), 1 => (x, number), _ => (x, y) };
            axis++;
        }

        // Minus zero becomes zero, so that equal geometries are written alike.
        return new Coordinate(x + 0.0, y + 0.0);
    }

    private void Count(int more, string pointer)
    {
        if (more > limit - _count)
        {
            throw new GeometryFaultException(pointer, GeometryFaultKind.TooManyPositions, $"at most {limit} positions", "more");
        }

        _count += more;
    }
}
