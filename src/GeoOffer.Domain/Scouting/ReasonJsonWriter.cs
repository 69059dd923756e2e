using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace GeoOffer.Domain.Scouting;

/// <summary>Writes reasons as the answer of a match has them: every key always there, null where it does not apply.</summary>
public static class ReasonJsonWriter
{
    /// <summary>Writes one reason as an object.</summary>
    public static void Write(Utf8JsonWriter writer, Reason reason)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(reason);
        writer.WriteStartObject();
        writer.WriteString("id"u8, reason.Id);
        writer.WriteString("criterion"u8, reason.Criterion.ToCode());
        writer.WriteString("target"u8, reason.Target);
        writer.WriteString("role"u8, reason.Role.ToCode());
        writer.WriteString("verdict"u8, reason.Verdict?.ToCode());
        WriteValue(writer, "value"u8, reason.Value);
        writer.WriteString("unit"u8, reason.Unit);
        writer.WriteString("operator"u8, reason.Operator);
        WriteValue(writer, "threshold"u8, reason.Threshold);
        WriteNumber(writer, "gap"u8, reason.Gap);
        WriteNumber(writer, "weight"u8, reason.Weight);
        WriteNumber(writer, "contribution"u8, reason.Contribution);
        writer.WriteString("unknown_because"u8, reason.UnknownBecause?.ToCode());
        WriteFeature(writer, reason.Feature);
        writer.WriteString("source"u8, reason.Source);
        writer.WriteString("as_of"u8, reason.AsOf?.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteString("method"u8, reason.Method);
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReasonValue? value)
    {
        writer.WritePropertyName(name);
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case NumberValue number:
                writer.WriteNumberValue(number.Number);
                break;
            case RangeValue range:
                writer.WriteStartArray();
                writer.WriteNumberValue(range.Low);
                writer.WriteNumberValue(range.High);
                writer.WriteEndArray();
                break;
            case CodeValue code:
                writer.WriteStringValue(code.Code);
                break;
            case CodesValue codes:
                writer.WriteStartArray();
                foreach (var code in codes.Codes)
                {
                    writer.WriteStringValue(code);
                }

                writer.WriteEndArray();
                break;
            default:
                throw new UnreachableException(value.GetType().Name);
        }
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

    private static void WriteFeature(Utf8JsonWriter writer, FeatureReference? feature)
    {
        if (feature is null)
        {
            writer.WriteNull("feature"u8);
            return;
        }

        writer.WriteStartObject("feature"u8);
        writer.WriteString("collection"u8, feature.Collection);
        writer.WriteString("id"u8, feature.Id);
        writer.WriteString("name"u8, feature.Name);
        writer.WriteEndObject();
    }
}
