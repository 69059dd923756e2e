using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Sql;
using GeoOffer.Storage.Reading;

namespace GeoOffer.Storage.Exporting;

/// <summary>A collection as it is exported.</summary>
/// <param name="Collection">The collection, whole.</param>
/// <param name="Columns">What each row has.</param>
/// <param name="System">The reference system of the geometries as writers get them, x east, y north.</param>
internal sealed record ExportLayer(Collection Collection, FeatureColumns Columns, ReferenceSystem System)
{
    /// <summary>The name of a table or a file for it.</summary>
    public string Name { get; } = Collection.Id.Replace('-', '_');

    /// <summary>What people are to know of it: what it is, whence, under which licence, as of when.</summary>
    public string Description(Language language)
    {
        var (source, licence, asOf) = Collection.Attribution;
        var isItalian = language == Language.It;
        string?[] parts =
        [
            Collection.Description.For(language),
            source is null ? null : $"{(isItalian ? "Fonte" : "Source")}: {source}.",
            licence is null ? null : $"{(isItalian ? "Licenza" : "Licence")}: {licence}.",
            asOf is { } day ? string.Create(CultureInfo.InvariantCulture, $"{(isItalian ? "Situazione al" : "As of")} {day:yyyy-MM-dd}.") : null,
        ];
        return string.Join(' ', parts.OfType<string>());
    }

    /// <summary>The fault that a date or an instant cannot be said.</summary>
    public ExportException BeyondTime(RecordCursor row, int property) => new(
        Collection.Id, row.Key, $"{Columns.Properties[property].Name} is infinite, or not within the years 1 to 9999, which no format can say");
}
