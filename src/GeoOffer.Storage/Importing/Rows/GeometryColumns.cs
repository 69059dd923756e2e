using System.Globalization;
using System.Text.RegularExpressions;
using GeoOffer.PostGis;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Reading;
using NetTopologySuite;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>Makes geometries of columns: longitude and latitude, or the text of a geometry.</summary>
internal sealed partial class GeometryColumns
{
    private const int DeepestNesting = 16;
    private const string Remedy = "write well-known text such as POINT (9.19 45.46), or hexadecimal binary";

    private static readonly MeasureType Ordinate = new(new Bounds(-1e9, 1e9));

    private readonly EwkbReader _binary = new(handleOrdinates: Ordinates.XY);
    private readonly FiniteCheck _finite = new();
    private readonly GeometryFactory _factory = new(new PrecisionModel(), 4326);
    private readonly WKTReader _reader = new(new NtsGeometryServices(new PrecisionModel(), 4326))
    {
        IsOldNtsCoordinateSyntaxAllowed = false,
    };

    /// <summary>Reads a geometry; null when the columns are empty, or at fault, which the row then says.</summary>
    public Geometry? Read(RowDraft row, PositionFields positions)
    {
        if (positions[PositionPart.WellKnownText] is { Value.Kind: not SourceValueKind.Null } text)
        {
            return ReadText(row, text);
        }

        if (positions[PositionPart.Longitude] is not { } x || positions[PositionPart.Latitude] is not { } y)
        {
            return positions[PositionPart.Pair] is { Value.Kind: not SourceValueKind.Null } pair ? ReadPair(row, pair) : null;
        }

        if (x.Value.Kind == SourceValueKind.Null && y.Value.Kind == SourceValueKind.Null)
        {
            return null;
        }

        var (east, north) = (ReadOrdinate(row, x), ReadOrdinate(row, y));
        return east is null || north is null ? null : _factory.CreatePoint(new Coordinate(east.Value, north.Value));
    }

    [GeneratedRegex(@"^([+-]?\d+(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d+(?:\.\d+)?)$|^([+-]?\d+,\d+)\s*[;\s]\s*([+-]?\d+,\d+)$")]
    private static partial Regex TwoNumbers();

    /// <summary>Degrees in one column are latitude and longitude by custom, unless they cannot be; metres are x and y.</summary>
    private Geometry? ReadPair(RowDraft row, SourceField field)
    {
        var text = field.Value.Stated ?? field.Value.Text ?? "";
        if (text.Length > 0 && char.IsAsciiLetter(text[0]))
        {
            return ReadText(row, field);
        }

        if (TwoNumbers().Match(text) is not { Success: true } match)
        {
            row.Reject(
                field.Name, field.Value.Describe(), RejectionCode.GeometryBroken,
                "expected latitude and longitude, such as 45.46, 9.19, or well-known text");
            return null;
        }

        var numbers = match.Groups.Values.Skip(1).Where(group => group.Success)
            .Select(group => double.Parse(group.Value.Replace(',', '.'), CultureInfo.InvariantCulture)).ToArray();
        var isLatitudeFirst = Math.Abs(numbers[0]) <= 90 && Math.Abs(numbers[1]) <= 180;
        return _factory.CreatePoint(isLatitudeFirst ? new Coordinate(numbers[1], numbers[0]) : new Coordinate(numbers[0], numbers[1]));
    }

    private static double? ReadOrdinate(RowDraft row, SourceField field)
    {
        if (field.Value.Kind == SourceValueKind.Null)
        {
            row.Reject(field.Name, null, RejectionCode.Missing, "one coordinate of two is missing");
            return null;
        }

        var reading = Ordinate.Read(field.Value);
        if (reading.Problem is { } problem)
        {
            row.Reject(field.Name, field.Value.Describe(), problem.Code, problem.Reason, problem.Fix);
        }

        return (double?)reading.Value;
    }

    private Geometry? ReadText(RowDraft row, SourceField field)
    {
        if (GeoJsonText.IsMeant(field.Value))
        {
            return GeoJsonText.Read(row, field);
        }

        var text = field.Value.Text ?? "";
        if (WellKnownBinary().IsMatch(text))
        {
            return ReadBinary(row, field, text);
        }

        if (Prefix().Match(text) is { Success: true } prefix)
        {
            row.Srid ??= int.Parse(prefix.Groups["srid"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
            text = text[prefix.Length..];
        }

        // The reader of texts is recursive: what nests deeper than any geometry would end the process.
        if (!NestsDeeper(text))
        {
            try
            {
                var geometry = _reader.Read(text);
                if (geometry.Coordinates.All(position => double.IsFinite(position.X) && double.IsFinite(position.Y)))
                {
                    return geometry;
                }
            }
            catch (Exception exception) when (exception is ParseException or ArgumentException or FormatException or OverflowException)
            {
                row.Reject(
                    field.Name, field.Value.Describe(), RejectionCode.GeometryBroken,
                    $"no well-known text: {MessageText.Shorten(exception.Message)}", Remedy);
                return null;
            }
        }

        row.Reject(
            field.Name, field.Value.Describe(), RejectionCode.GeometryBroken,
            string.Create(CultureInfo.InvariantCulture, $"no well-known text of finite numbers, nested at most {DeepestNesting} deep"), Remedy);
        return null;
    }

    private Geometry? ReadBinary(RowDraft row, SourceField field, string text)
    {
        string fault;
        try
        {
            var geometry = _binary.Read(Convert.FromHexString(text));
            if (_finite.Holds(geometry))
            {
                row.Srid ??= geometry.SRID == 0 ? null : geometry.SRID;
                geometry.SRID = _factory.SRID;
                return geometry;
            }

            fault = "a position is no pair of finite numbers";
        }
        catch (EwkbException exception)
        {
            fault = exception.Fault == EwkbFault.UnsupportedGeometryType
                ? "it is a curve or a surface"
                : string.Create(CultureInfo.InvariantCulture, $"{exception.Fault} at byte {exception.ByteOffset}");
        }

        row.Reject(field.Name, field.Value.Describe(), RejectionCode.GeometryBroken, $"no well-known binary of a simple feature: {fault}", Remedy);
        return null;
    }

    /// <summary>As databases write geometries into text files: the byte order, the type, and more, as hexadecimal digits.</summary>
    [GeneratedRegex("^0[01]([0-9A-Fa-f]{2}){8,}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex WellKnownBinary();

    [GeneratedRegex(@"^SRID=(?<srid>[0-9]{4,9});\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Prefix();

    private static bool NestsDeeper(string text)
    {
        var depth = 0;
        foreach (var letter in text)
        {
            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (depth > DeepestNesting)
            {
                return true;
            }
        }

        return false;
    }
}
