namespace GeoOffer.Storage.Importing.Reading;

/// <summary>The type that a format declares for a column.</summary>
internal enum SourceColumnType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Whole number of up to 64 bits.</summary>
    Integer,

    /// <summary>Floating-point or decimal number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Calendar date.</summary>
    Date,

    /// <summary>Instant.</summary>
    Timestamp,

    /// <summary>JSON, kept as text.</summary>
    Json,
}

/// <summary>A column that a format declares.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">Its type.</param>
internal sealed record SourceColumn(string Name, SourceColumnType Type)
{
    /// <summary>What people read instead of the name, where the format has it.</summary>
    public string? Title { get; init; }
}

/// <summary>The reference system that a file states.</summary>
/// <param name="Text">As the file states it, shortened for messages: a name, a URN, or the name of a WKT.</param>
/// <param name="Origin">Where it stands: <c>.prj</c>, <c>crs member</c>, <c>gpkg_spatial_ref_sys</c>, <c>header</c>.</param>
internal sealed record StatedReferenceSystem(string Text, string Origin)
{
    /// <summary>The EPSG code that the file states with it; null when it states none.</summary>
    public int? Srid { get; init; }

    /// <summary>Its definition in well-known text; null when the file has none.</summary>
    public string? WellKnownText { get; init; }
}

/// <summary>What a file says of itself before its rows are read.</summary>
/// <param name="Format">The format that it is read as.</param>
internal sealed record SourceDescription(SourceFormat Format)
{
    /// <summary>The table or layer inside the file that is read, where a file can hold several.</summary>
    public string? Layer { get; init; }

    /// <summary>The columns with their types, besides geometry; null for formats that declare none.</summary>
    public IReadOnlyList<SourceColumn>? Columns { get; init; }

    /// <summary>The reference system; null when the file states none.</summary>
    public StatedReferenceSystem? ReferenceSystem { get; init; }

    /// <summary>The number of rows, where it is known beforehand.</summary>
    public long? Rows { get; init; }

    /// <summary>What was found out about the file and is worth knowing: encoding, separators, a title before the header.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}
