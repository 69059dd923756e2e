using System.Text.Json;
using GeoOffer.Domain.Geometries;
using GeoOffer.Storage.Importing.Reading;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>Geometries of GeoJSON (RFC 7946, section 3.1) in a cell or a member.</summary>
internal static class GeoJsonText
{
    /// <summary>Whether a value is one, or tries to be.</summary>
    public static bool IsMeant(SourceValue value) => value.Kind == SourceValueKind.Object || value.Text is ['{', ..];

    /// <summary>Reads a geometry; null when it cannot be read, which the row then says.</summary>
    public static Geometry? Read(RowDraft row, SourceField field)
    {
        try
        {
            using var document = field.Value.Json is null ? JsonDocument.Parse(Unescape(field.Value.Text!)) : null;
            if (GeoJsonGeometryReader.TryRead(document?.RootElement ?? field.Value.Json!.Value, "", out var geometry, out var fault))
            {
                return geometry;
            }

            row.Reject(
                field.Name, MessageText.Shorten(fault.Got), RejectionCode.GeometryBroken,
                $"no GeoJSON at {MessageText.Shorten(fault.JsonPointer)}: expected {fault.Expected}");
        }
        catch (JsonException exception)
        {
            row.Reject(field.Name, field.Value.Describe(), RejectionCode.GeometryBroken, $"no GeoJSON: {JsonFault.Reason(exception)}");
        }

        return null;
    }

    /// <summary>Some writers of CSV put a backslash before the quotes that they double as well.</summary>
    private static string Unescape(string text) =>
        text.StartsWith("{\\\"", StringComparison.Ordinal) ? text.Replace("\\\"", "\"", StringComparison.Ordinal) : text;
}
