using System.Collections.Immutable;
using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
using GeoOffer.Query.Filters;
using GeoOffer.Query.Filters.Cql2Text;
using GeoOffer.Query.Paging;
using GeoOffer.Server.Features;
using GeoOffer.Server.Http;
using GeoOffer.Server.Problems;
using GeoOffer.Storage.Exporting;

namespace GeoOffer.Server.Exporting;

/// <summary>How an export is written, as far as the collection does not matter.</summary>
/// <param name="System">The reference system of the coordinates.</param>
/// <param name="InOrder">Whether the order of the features matters.</param>
/// <param name="Options">What the format leaves open.</param>
internal sealed record ExportSettings(ReferenceSystem System, bool InOrder, ExportOptions Options);

/// <summary>Reads what is to be exported, from the query of a URL or the options of a command, and collects every fault.</summary>
internal static class ExportParameters
{
    public const string Format = "f";
    public const string Crs = "crs";
    public const string Bbox = "bbox";
    public const string BboxCrs = "bbox-crs";
    public const string FilterName = "filter";
    public const string FilterCrs = "filter-crs";
    public const string Properties = "properties";
    public const string SortBy = "sortby";
    public const string Limit = "limit";
    public const string Precision = "precision";
    public const string Bom = "bom";
    public const string GuardFormulas = "guard-formulas";
    public const string RecordSeparators = "rs";

    /// <summary>All names; any other parameter is a property.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        Format, Crs, Bbox, BboxCrs, FilterName, FilterCrs, Properties, SortBy, Limit, Precision, Bom, GuardFormulas, RecordSeparators,
        RequestLanguage.Parameter,
    ];

    /// <summary>The features that are asked for; null with faults.</summary>
    public static FeatureQuery? ReadQuery(RequestQuery query, Collection collection, Role role, List<RequestFault> faults)
    {
        var before = faults.Count;
        var visible = collection.VisibleTo(role);
        var conditions = PropertyParameters.Read(query, visible, Names, faults);
        var boxSystem = ReadSystem(query, BboxCrs, faults);
        if (query.Single(Bbox, faults) is { } box && BboxReader.Read(box, boxSystem).Accept(faults) is { } read)
        {
            conditions.Add(BboxFilter.For(visible, read));
        }

        var filterSystem = ReadSystem(query, FilterCrs, faults);
        if (query.Single(FilterName, faults) is { } text
            && Cql2TextReader.Read(text, visible, filterSystem).Accept(faults, FilterName) is { } filter)
        {
            conditions.Add(filter.Root);
        }

        var request = new FeatureRequest(collection, role, ReadLimit(query, faults))
        {
            SortBy = ReadOrder(query, faults),
            Properties = query.Single(Properties, faults)?.Split(',').Select(name => name.Trim()).ToImmutableArray(),
            Filter = conditions.Count == 0 ? null : Filter.All([.. conditions]),
        };

        // Conditions are checked above, with their places; what else is wrong is told beside them.
        var checkable = faults.Count == before ? request : request with { Filter = null };
        var created = FeatureQuery.Create(checkable).Accept(faults);
        return faults.Count == before ? created : null;
    }

    /// <summary>How they are written in a format; null with faults.</summary>
    public static ExportSettings? ReadSettings(RequestQuery query, ExportFormat format, List<RequestFault> faults)
    {
        var before = faults.Count;
        var system = ReadSystem(query, Crs, faults);
        var options = new ExportOptions
        {
            Precision = ReadPrecision(query, format, faults),
            ByteOrderMark = ReadSwitch(query, Bom, format, format == ExportFormat.Csv, faults),
            GuardFormulas = ReadSwitch(query, GuardFormulas, format, format == ExportFormat.Csv, faults),
            RecordSeparators = ReadSwitch(query, RecordSeparators, format, format == ExportFormat.GeoJsonSeq, faults),
        };
        var inOrder = query.Parameters.Any(parameter => parameter.Key is SortBy or Limit);
        return faults.Count == before ? new ExportSettings(system ?? CoordinateSystems.Crs84, inOrder, options) : null;
    }

    private static ReferenceSystem? ReadSystem(RequestQuery query, string name, List<RequestFault> faults)
    {
        if (query.Single(name, faults) is not { } text)
        {
            return null;
        }

        var system = ReferenceSystemNames.Find(text);
        if (system is null)
        {
            faults.Add(RequestFault.InParameter(name, ReferenceSystemNames.Expected, text));
        }

        return system;
    }

    private static int ReadLimit(RequestQuery query, List<RequestFault> faults)
    {
        if (query.Single(Limit, faults) is not { } text)
        {
            return FeatureRequest.Unlimited;
        }

        if (double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1)
        {
            return (int)Math.Min(number, FeatureRequest.Unlimited);
        }

        faults.Add(RequestFault.InParameter(Limit, "a whole number from 1", text));
        return FeatureRequest.Unlimited;
    }

    /// <summary>Names with an optional sign before them (OGC API - Features Part 8); missing values stand last.</summary>
    private static ImmutableArray<SortTerm> ReadOrder(RequestQuery query, List<RequestFault> faults) =>
        query.Single(SortBy, faults) is { } text
            ? [.. text.Split(',').Select(term => term.Trim()).Select(term => new SortTerm(
                term.TrimStart('+', '-'),
                term.StartsWith('-') ? SortDirection.Descending : SortDirection.Ascending,
                NullPlacement.Last))]
            : [];

    private static int? ReadPrecision(RequestQuery query, ExportFormat format, List<RequestFault> faults)
    {
        if (query.Single(Precision, faults) is not { } text)
        {
            return null;
        }

        if (!format.IsText)
        {
            faults.Add(RequestFault.InParameter(Precision, $"{Precision} with a text format only, as {format.Name} holds doubles", text));
        }
        else if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var decimals) && decimals <= 15)
        {
            return decimals;
        }
        else
        {
            faults.Add(RequestFault.InParameter(Precision, "the most decimals of a coordinate, 0 to 15", text));
        }

        return null;
    }

    private static bool ReadSwitch(RequestQuery query, string name, ExportFormat format, bool fits, List<RequestFault> faults)
    {
        var text = query.Single(name, faults);
        if (text is not (null or "true" or "false"))
        {
            faults.Add(RequestFault.InParameter(name, "true or false", text));
        }
        else if (text == "true" && !fits)
        {
            faults.Add(RequestFault.InParameter(name, $"{name} with the format it is made for", format.Name));
        }

        return text == "true";
    }
}
