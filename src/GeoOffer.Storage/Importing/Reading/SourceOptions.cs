using GeoOffer.Storage.Importing.Reading.Gdal;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>What the request says about reading the file, over what is found out from it.</summary>
internal sealed record SourceOptions
{
    /// <summary>The format; null: told from content and extension.</summary>
    public SourceFormat? Format { get; init; }

    /// <summary>The table or layer to read, of a file that holds several.</summary>
    public string? Layer { get; init; }

    /// <summary>How text is written.</summary>
    public TextDialect Text { get; init; } = new();

    /// <summary>Where GDAL is, and what it may use up.</summary>
    public GdalOptions Gdal { get; init; } = new();
}
