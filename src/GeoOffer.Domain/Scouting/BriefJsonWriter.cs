using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using GeoOffer.Domain.Geometries;

namespace GeoOffer.Domain.Scouting;

/// <summary>
/// Writes the canonical form of a brief: every default explicit, one order of members, no trace of whether it came as a query or as a
/// body. <see cref="BriefJsonReader"/> reads it back as an equal brief.
/// </summary>
public static class BriefJsonWriter
{
    /// <summary>The document in UTF-8, without white space: equal briefs have equal bytes.</summary>
    public static byte[] ToUtf8(Brief brief)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, brief);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes the brief as one object.</summary>
    public static void Write(Utf8JsonWriter writer, Brief brief)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(brief);
        writer.WriteStartObject();
        writer.WritePropertyName("area"u8);
        Write(writer, brief.Area);
        writer.WriteStartArray("constraints"u8);
        foreach (var constraint in brief.Constraints)
        {
            Write(writer, constraint);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("preferences"u8);
        foreach (var preference in brief.Preferences)
        {
            Write(writer, preference);
        }

        writer.WriteEndArray();
        writer.WritePropertyName("within"u8);
        Write(writer, brief.Within);
        writer.WriteString("unknowns"u8, brief.Unknowns.ToCode());
        WriteTexts(writer, "buckets"u8, brief.Buckets.Select(bucket => bucket.ToCode()));
        writer.WriteNumber("limit"u8, brief.Limit);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, AreaRequirement? area)
    {
        if (area is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        WriteNumber(writer, "target_ha"u8, area.TargetHa);
        writer.WriteNumber("tolerance"u8, area.Tolerance);
        writer.WriteNumber("slack"u8, area.Slack);
        writer.WriteString("basis"u8, area.Basis.ToCode());
        writer.WriteString("oversize"u8, area.Oversize.ToCode());
        WriteNumber(writer, "min_ha"u8, area.MinHa);
        WriteNumber(writer, "max_ha"u8, area.MaxHa);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, AreaOfInterest? within)
    {
        if (within is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        WriteTexts(writer, "any_of"u8, within.AnyOf);
        writer.WritePropertyName("geometry"u8);
        GeoJsonPolygonWriter.Write(writer, within.Geometry);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, BriefConstraint constraint)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, constraint.Id);
        switch (constraint)
        {
            case FunctionConstraint function:
                writer.WriteString("criterion"u8, "function"u8);
                WriteTexts(writer, "any_of"u8, function.AnyOf);
                break;
            case KindConstraint kind:
                writer.WriteString("criterion"u8, "kind"u8);
                WriteTexts(writer, "any_of"u8, kind.AnyOf);
                break;
            case DistanceConstraint distance:
                writer.WriteString("criterion"u8, "distance"u8);
                writer.WriteString("target"u8, distance.Target.Name);
                writer.WriteNumber("max_m"u8, distance.MaxMetres);
                writer.WriteNumber("slack"u8, distance.Slack);
                break;
            case OverlapConstraint overlap:
                writer.WriteString("criterion"u8, "overlap"u8);
                writer.WriteString("target"u8, overlap.Target.Name);
                writer.WriteNumber("max_share"u8, overlap.MaxShare);
                writer.WriteNumber("slack"u8, overlap.Slack);
                break;
            default:
                throw new UnreachableException(constraint.GetType().Name);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, BriefPreference preference)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, preference.Id);
        switch (preference)
        {
            case DistancePreference distance:
                writer.WriteString("criterion"u8, "distance"u8);
                writer.WriteString("target"u8, distance.Target.Name);
                Write(writer, distance.ValueFunction, "m"u8);
                break;
            case OverlapPreference overlap:
                writer.WriteString("criterion"u8, "overlap"u8);
                writer.WriteString("target"u8, overlap.Target.Name);
                Write(writer, overlap.ValueFunction, "share"u8);
                break;
            case AreaPreference area:
                writer.WriteString("criterion"u8, "area"u8);
                writer.WriteString("basis"u8, area.Basis.ToCode());
                Write(writer, area.ValueFunction, "ha"u8);
                break;
            case FunctionPreference function:
                writer.WriteString("criterion"u8, "function"u8);
                WriteTexts(writer, "any_of"u8, function.AnyOf);
                break;
            case KindPreference kind:
                writer.WriteString("criterion"u8, "kind"u8);
                WriteTexts(writer, "any_of"u8, kind.AnyOf);
                break;
            default:
                throw new UnreachableException(preference.GetType().Name);
        }

        writer.WriteNumber("weight"u8, preference.Weight);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ValueFunction function, ReadOnlySpan<byte> unit)
    {
        writer.WriteStartObject("value_function"u8);
        switch (function)
        {
            case LinearValue linear:
                writer.WriteString("type"u8, "linear"u8);
                writer.WriteNumber("best"u8, linear.Best);
                writer.WriteNumber("worst"u8, linear.Worst);
                break;
            case TriangularValue triangular:
                writer.WriteString("type"u8, "triangular"u8);
                writer.WriteNumber("low"u8, triangular.Low);
                writer.WriteNumber("peak"u8, triangular.Peak);
                writer.WriteNumber("high"u8, triangular.High);
                break;
            default:
                throw new UnreachableException(function.GetType().Name);
        }

        writer.WriteString("unit"u8, unit);
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
