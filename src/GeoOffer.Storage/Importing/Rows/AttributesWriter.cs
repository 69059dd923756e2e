using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Reading;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>Writes fields that a collection does not name as one JSON object that <c>jsonb</c> can keep.</summary>
internal sealed class AttributesWriter : IDisposable
{
    private const int LongestText = 20_000;
    private const int LongestNumber = 300;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _writer;

    public AttributesWriter() =>
        _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The object; fields that cannot be kept are rejected in the row.</summary>
    public string Write(IEnumerable<SourceField> fields, RowDraft row)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartObject();
        foreach (var (name, value) in fields)
        {
            if (value.Kind == SourceValueKind.Null)
            {
                continue;
            }

            if (Fault(name, value) is { } fault)
            {
                row.Reject(MessageText.Shorten(name), value.Describe(), fault.Code, fault.Reason, fault.Fix);
                continue;
            }

            if (value.Text is { } text && Mojibake.Find(text) is { } doubt)
            {
                row.Warn(MessageText.Shorten(name), value.Describe(), doubt.Code, doubt.Reason, doubt.Fix);
            }

            _writer.WritePropertyName(name);
            if (value.Json is { } json)
            {
                json.WriteTo(_writer);
            }
            else
            {
                _writer.WriteStringValue(value.Text);
            }
        }

        _writer.WriteEndObject();
        _writer.Flush();
        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }

    public void Dispose() => _writer.Dispose();

    private static FieldProblem? Fault(string name, SourceValue value) =>
        name.Contains('\uFFFD', StringComparison.Ordinal)
            ? new FieldProblem(RejectionCode.DamagedText, "the name of the field is no UTF-8", "save the file as UTF-8")
            : StorableText.Fault(name, 1_000) ?? (value.Json is { } json ? Fault(json) : Fault(value));

    private static FieldProblem? Fault(SourceValue value) => value.Kind switch
    {
        SourceValueKind.Null => null,
        SourceValueKind.Damaged => new FieldProblem(
            RejectionCode.DamagedText, "the text is no UTF-8, or was damaged before", "save the file as UTF-8; it may be Windows-1252"),
        _ => StorableText.Fault(value.Text!, LongestText),
    };

    private static FieldProblem? Fault(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => Fault(SourceValue.OfJson(json)),
        JsonValueKind.Number
            when json.GetRawText().Length > LongestNumber || !json.TryGetDouble(out var number) || !double.IsFinite(number) =>
            new FieldProblem(RejectionCode.OutOfBounds, "the number is too great or too long to be kept"),
        JsonValueKind.Array => json.EnumerateArray().Select(Fault).FirstOrDefault(fault => fault is not null),
        JsonValueKind.Object => json.EnumerateObject().Select(FaultOfMember).FirstOrDefault(fault => fault is not null),
        _ => null,
    };

    private static FieldProblem? FaultOfMember(JsonProperty member)
    {
        try
        {
            return StorableText.Fault(member.Name, 1_000) ?? Fault(member.Value);
        }
        catch (InvalidOperationException)
        {
            return new FieldProblem(RejectionCode.DamagedText, "the name of a member is no UTF-8", "save the file as UTF-8");
        }
    }
}
