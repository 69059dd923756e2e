using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;

namespace GeoOffer.Query.Filters.Cql2Json;

/// <summary>
/// Reads filters in CQL2 JSON (OGC 21-065r2) into the trees that <see cref="Cql2Text.Cql2TextReader"/> reads. Beyond the schema a
/// property that is true or false may stand as a condition, and a condition as a value. Members that the schema does not know are passed over.
/// </summary>
public static class Cql2JsonReader
{
    /// <summary>The longest filter accepted, in bytes.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    /// <summary>Each level of a tree is an object and an array; a geometry at the bottom has a few more.</summary>
    internal const int MaximumJsonDepth = (2 * FilterChecker.MaximumDepth) + 10;

    private const string WholeCharacters = "texts of whole Unicode characters, in UTF-8";

    /// <summary>Reads a filter for whatever collection; names and types are for <see cref="FilterChecker"/> to check.</summary>
    /// <param name="utf8">The filter, in UTF-8.</param>
    /// <param name="system">The reference system of its geometries, in the axis order of its authority; CRS84 unless given.</param>
    /// <returns>
    /// The filter, or the one place where it cannot be read: a <see cref="FilterError.Path"/>, or where it is no JSON a
    /// <see cref="FilterError.Position"/>.
    /// </returns>
    public static Outcome<Filter, FilterError> Read(ReadOnlyMemory<byte> utf8, ReferenceSystem? system = null) =>
        Parse(utf8, element => Read(element, system));

    /// <summary>Reads a filter that is part of a document, which may be disposed afterwards.</summary>
    /// <param name="element">The filter.</param>
    /// <param name="system">The reference system of its geometries, in the axis order of its authority; CRS84 unless given.</param>
    public static Outcome<Filter, FilterError> Read(JsonElement element, ReferenceSystem? system = null) =>
        Read(element, system ?? CoordinateSystems.Crs84, new PlaceMap<string>());

    /// <summary>Reads a filter of a collection and checks it; every error has the JSON pointer of the place in what was given.</summary>
    /// <param name="utf8">The filter, in UTF-8.</param>
    /// <param name="collection">The collection as the caller knows it (<see cref="Collection.VisibleTo"/>).</param>
    /// <param name="system">The reference system of its geometries, in the axis order of its authority; CRS84 unless given.</param>
    public static Outcome<CheckedFilter, FilterError> Read(ReadOnlyMemory<byte> utf8, Collection collection, ReferenceSystem? system = null) =>
        Parse(utf8, element => Read(element, collection, system));

    /// <summary>Reads a filter that is part of a document, and checks it; every error has the JSON pointer from that part on.</summary>
    /// <param name="element">The filter.</param>
    /// <param name="collection">The collection as the caller knows it (<see cref="Collection.VisibleTo"/>).</param>
    /// <param name="system">The reference system of its geometries, in the axis order of its authority; CRS84 unless given.</param>
    public static Outcome<CheckedFilter, FilterError> Read(JsonElement element, Collection collection, ReferenceSystem? system = null)
    {
        var map = new PlaceMap<string>();
        if (!Read(element, system ?? CoordinateSystems.Crs84, map).TryGet(out var filter, out var errors))
        {
            return new(errors);
        }

        return FilterChecker.Check(filter, collection).TryGet(out var complete, out errors)
            ? new(complete)
            : new([.. errors.Select(error => error with { Path = map.Find(filter, error.Path) })]);
    }

    private static Outcome<Filter, FilterError> Read(JsonElement element, ReferenceSystem system, PlaceMap<string> map)
    {
        if (JsonTexts.FirstFault(JsonMarshal.GetRawUtf8Value(element)) is not null)
        {
            return new(new FilterError("", null, WholeCharacters, "a text that is not"));
        }

        try
        {
            return new(new ConditionReader(map, new GeoJsonGeometryReader(system)).Condition(element, "", 1));
        }
        catch (JsonFaultException fault)
        {
            return new(new FilterError(fault.Pointer, null, fault.Expected, fault.Got));
        }
    }

    private static Outcome<TValue, FilterError> Parse<TValue>(ReadOnlyMemory<byte> utf8, Func<JsonElement, Outcome<TValue, FilterError>> read)
        where TValue : class
    {
        if (utf8.Length > MaximumBytes)
        {
            return new(new FilterError("", null, $"at most {MaximumBytes} bytes", $"{utf8.Length} bytes"));
        }

        if (JsonTexts.FirstFault(utf8.Span) is { } fault)
        {
            return new(new FilterError("", null, WholeCharacters, "a text that is not") { Position = Position(utf8.Span, fault) });
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaximumJsonDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException refused)
        {
            return new(new FilterError("", null, $"JSON, of at most {MaximumJsonDepth} levels, with each member once", refused.Message)
            {
                Position = refused is { LineNumber: { } line, BytePositionInLine: { } column } ? Position(utf8.Span, line, column) : null,
            });
        }

        using (document)
        {
            return read(document.RootElement);
        }
    }

    private static TextPosition Position(ReadOnlySpan<byte> utf8, long line, long bytesInLine)
    {
        var start = 0;
        for (var skipped = 0L; skipped < line; skipped++)
        {
            start += utf8[start..].IndexOf((byte)'\n') + 1;
        }

        return Position(utf8, (int)Math.Min(start + bytesInLine, utf8.Length));
    }

    private static TextPosition Position(ReadOnlySpan<byte> utf8, int offset)
    {
        var before = Encoding.UTF8.GetString(utf8[..offset]);
        return TextPosition.Of(before, before.Length);
    }
}
