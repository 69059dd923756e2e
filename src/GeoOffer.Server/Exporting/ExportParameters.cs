using System.Collections.Immutable;
using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Crs;
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
    public const string Precision = "precision";
    public const string Bom = "bom";
    public const string GuardFormulas = "guard-formulas";
    public const string RecordSeparators = "rs";

    /// <summary>All names; any other parameter is a property.</summary>
    public static ImmutableArray<string> Names { get; } =
        [Format, .. FeatureParameters.Names, Precision, Bom, GuardFormulas, RecordSeparators, RequestLanguage.Parameter];

    /// <summary>The features that are asked for; null with faults.</summary>
    public static FeatureQuery? ReadQuery(RequestQuery query, Collection collection, Role role, List<RequestFault> faults) =>
        FeatureParameters.Read(query, collection, role, ReadLimit(query, faults), Names, faults);

    /// <summary>How they are written in a format; null with faults.</summary>
    public static ExportSettings? ReadSettings(RequestQuery query, ExportFormat format, List<RequestFault> faults)
    {
        var before = faults.Count;
        var system = FeatureParameters.ReadSystem(query, FeatureParameters.Crs, faults);
        var options = new ExportOptions
        {
            Precision = ReadPrecision(query, format, faults),
            ByteOrderMark = ReadSwitch(query, Bom, format, format == ExportFormat.Csv, faults),
            GuardFormulas = ReadSwitch(query, GuardFormulas, format, format == ExportFormat.Csv, faults),
            RecordSeparators = ReadSwitch(query, RecordSeparators, format, format == ExportFormat.GeoJsonSeq, faults),
        };
        var inOrder = query.Parameters.Any(parameter => parameter.Key is FeatureParameters.SortBy or FeatureParameters.Limit);
        return faults.Count == before ? new ExportSettings(system ?? CoordinateSystems.Crs84, inOrder, options) : null;
    }

    private static int ReadLimit(RequestQuery query, List<RequestFault> faults)
    {
        if (query.Single(FeatureParameters.Limit, faults) is not { } text)
        {
            return FeatureRequest.Unlimited;
        }

        if (double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1)
        {
            return (int)Math.Min(number, FeatureRequest.Unlimited);
        }

        faults.Add(RequestFault.InParameter(FeatureParameters.Limit, "a whole number from 1", text));
        return FeatureRequest.Unlimited;
    }

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
