using GeoOffer.Storage.Importing.Reading;
using NpgsqlTypes;

namespace GeoOffer.Storage.Importing.Fields;

/// <summary>What is wrong with a value.</summary>
internal sealed record FieldProblem(RejectionCode Code, string Reason, string? Fix = null);

/// <summary>A value as it is stored, or what is wrong with it.</summary>
internal readonly record struct FieldReading(object? Value, FieldProblem? Problem)
{
    /// <summary>What is doubtful about a value that is taken.</summary>
    public FieldProblem? Doubt { get; init; }

    public static FieldReading Of(object? value) => new(value, null);

    public static FieldReading Fault(RejectionCode code, string reason, string? fix = null) =>
        new(null, new FieldProblem(code, reason, fix));
}

/// <summary>How a field reads its values, and as what they are stored.</summary>
internal abstract class FieldType(NpgsqlDbType stored)
{
    /// <summary>The type of the column, for COPY.</summary>
    public NpgsqlDbType Stored { get; } = stored;

    /// <summary>Reads a value that is not null.</summary>
    public abstract FieldReading Read(SourceValue value);
}

/// <summary>A field whose values are single texts, numbers or truth values.</summary>
internal abstract class ScalarType(NpgsqlDbType stored) : FieldType(stored)
{
    public sealed override FieldReading Read(SourceValue value) => value.Kind switch
    {
        SourceValueKind.Damaged => FieldReading.Fault(
            RejectionCode.DamagedText, "the text is no UTF-8, or was damaged before", "save the file as UTF-8; it may be Windows-1252"),
        SourceValueKind.Text => ReadText(ReadsNumbers ? value.Text! : value.Stated ?? value.Text!),
        _ => FieldReading.Fault(RejectionCode.WrongType, $"expected a single value, found {value.Describe()}"),
    };

    /// <summary>Whether numbers are read as the invariant culture writes them, however the file does.</summary>
    protected virtual bool ReadsNumbers => false;

    protected abstract FieldReading ReadText(string text);
}
