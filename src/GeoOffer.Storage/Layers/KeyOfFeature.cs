using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Importing.Rows;

namespace GeoOffer.Storage.Layers;

/// <summary>
/// A feature without an identifier is known by where it lies, or without geometry by what it says, so that the same file is the same
/// features again and a changed value is a change.
/// </summary>
/// <param name="column">The column of the file that identifies features; null: none does.</param>
/// <param name="property">The property that the column is besides; null when it is the key alone.</param>
internal sealed class KeyOfFeature(string? column, string? property) : RowRule
{
    private const string Remedy = "choose another with --key, or none with --key \"\"";

    public override void Apply(RowDraft row, ImportContext context)
    {
        if (property is not null && row[property] is { } value)
        {
            var text = KeyText(value);
            row["code"] = text;
            if (StorableText.Fault(text, LayerSchema.LongestKey) is { } fault)
            {
                row.Reject(property, MessageText.Shorten(text), fault.Code, fault.Reason, Remedy);
            }
        }

        if (row["code"] is not null || row.IsRejected("code") || (property is not null && row.IsRejected(property)))
        {
            return;
        }

        if (column is not null)
        {
            row.Reject(column, null, RejectionCode.Missing, "the column identifies the features, and is empty here", Remedy);
            return;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(row.Geometry is { } geometry ? geometry.AsBinary() : Encoding.UTF8.GetBytes(Said(row)), digest);
        var number = BinaryPrimitives.ReadUInt64BigEndian(digest);
        var occurrence = context.CountOccurrence(number);
        row["code"] = occurrence == 1
            ? number.ToString("x16", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{number:x16}-{occurrence}");
    }

    /// <summary>Whether a key was made of a value, which the file may write in another way.</summary>
    public static bool IsSame(string key, SourceValue value) =>
        string.Equals(key, value.Stated ?? value.Text, StringComparison.OrdinalIgnoreCase)
        || (LayerTypes.TryReadInstant(key, out var instant) && value.Text is { } time && LayerTypes.TryReadInstant(time, out var other) && instant == other)
        || (double.TryParse(key, CultureInfo.InvariantCulture, out var number) && double.TryParse(value.Text, CultureInfo.InvariantCulture, out var same) && number.Equals(same))
        || (value.Kind is SourceValueKind.Array or SourceValueKind.Text && key == string.Join(';', value.Items().Select(item => item.Text)));

    private static string KeyText(object value) => value switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        string[] texts => string.Join(';', texts),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Said(RowDraft row) =>
        string.Join('\u001f', row.Source.Fields.Select(field => $"{field.Name}\u001e{field.Value.Text ?? field.Value.Json?.GetRawText()}"));
}
