namespace GeoOffer.Storage.Importing.Reading.Text;

/// <summary>How a separated text is laid out, and how its numbers are written.</summary>
/// <param name="Separator">What stands between cells.</param>
internal sealed record CsvLayout(byte Separator)
{
    /// <summary>What ends a line: a line feed, or a carriage return where there are no line feeds.</summary>
    public byte LineBreak { get; init; } = (byte)'\n';

    /// <summary>The bytes before the header, without a byte order mark.</summary>
    public int HeaderOffset { get; init; }

    /// <summary>Per column the styles in which its numbers are written; null for columns whose texts are left alone.</summary>
    public IReadOnlyList<IReadOnlyList<NumberStyle>?> Numbers { get; init; } = [];
}
