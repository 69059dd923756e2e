using System.Globalization;
using System.Text.Json;

namespace GeoOffer.Domain.Scouting;

/// <summary>Reads a brief as a JSON document: the body of <c>POST /api/match</c> and the form in which briefs are kept.</summary>
/// <param name="vocabulary">The names that a brief may use.</param>
/// <param name="rules">The defaults.</param>
public sealed class BriefJsonReader(ScoutingVocabulary vocabulary, ScoutingRules rules)
{
    // A multipolygon in a brief is seven deep.
    private const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Reads a document in UTF-8. It never throws on what a client may send; its size is the caller's to limit.</summary>
    public BriefReading Read(ReadOnlyMemory<byte> utf8Json)
    {
        var faults = new BriefFaults(BriefFaultPlace.Body);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8Json, Options);
        }
        catch (JsonException exception)
        {
            var got = string.Create(
                CultureInfo.InvariantCulture, $"an error at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}");
            faults.Add("", $"one JSON object, at most {MaxDepth} deep", got);
            return BriefReading.Of(faults);
        }

        using (document)
        {
            return Read(document.RootElement, faults);
        }
    }

    /// <summary>Reads a brief that is part of a larger document; pointers start at the element.</summary>
    public BriefReading Read(JsonElement element) => Read(element, new BriefFaults(BriefFaultPlace.Body));

    private BriefReading Read(JsonElement root, BriefFaults faults)
    {
        var brief = new Brief();
        var countsFull = false;
        if (BriefObject.Open(root, "", faults) is { } body)
        {
            body.AllowOnly("area", "constraints", "preferences", "within", "unknowns", "buckets", "limit", "counts");
            var ids = new CriterionIds(faults);
            var constraints = new BriefConstraintReader(vocabulary, rules, faults);
            var preferences = new BriefPreferenceReader(vocabulary, rules, faults);
            brief = new Brief
            {
                Area = ReadArea(body, faults),
                Constraints = constraints.Read(body.Items("constraints", BriefChecks.MaxConstraints), ids),
                Preferences = preferences.Read(body.Items("preferences", BriefChecks.MaxPreferences), ids),
                Within = new AreaOfInterestReader(vocabulary, faults).Read(body),
                Unknowns = body.Code("unknowns", UnknownsPolicy.Verify),
                Buckets = ReadBuckets(body, faults),
                Limit = (int)body.Number("limit", NumberRange.Limit, rules.Limit),
            };
            countsFull = body.FindValue("counts") is not null && body.OptionalOneOf("counts", ["full"]) is not null;
        }

        return BriefReading.Of(new BriefRequest(brief, countsFull, Language: null), faults);
    }

    private AreaRequirement? ReadArea(BriefObject body, BriefFaults faults)
    {
        if (body.FindValue("area") is not { } element || BriefObject.Open(element, body.At("area"), faults) is not { } json)
        {
            return null;
        }

        json.AllowOnly("target_ha", "tolerance", "slack", "basis", "oversize", "min_ha", "max_ha");
        var area = new AreaRequirement
        {
            TargetHa = json.OptionalNumber("target_ha", NumberRange.AreaHa),
            Tolerance = json.Number("tolerance", NumberRange.Tolerance, rules.AreaTolerance),
            Slack = json.Number("slack", NumberRange.AreaSlack, rules.AreaSlack),
            Basis = json.Code("basis", AreaBasis.Gross),
            Oversize = json.Code("oversize", Oversize.Fail),
            MinHa = json.OptionalNumber("min_ha", NumberRange.AreaHa),
            MaxHa = json.OptionalNumber("max_ha", NumberRange.AreaHa),
        };
        if (json.FindValue("target_ha") is null && json.FindValue("min_ha") is null && json.FindValue("max_ha") is null)
        {
            faults.Add(body.At("area"), "target_ha, min_ha or max_ha", "none of them");
        }

        BriefChecks.Area(area, json.At("min_ha"), json.At("max_ha"), faults);
        return area;
    }

    private static ValueList<Bucket> ReadBuckets(BriefObject body, BriefFaults faults)
    {
        if (body.Find("buckets") is null)
        {
            return Brief.AllBuckets;
        }

        var known = body.RequiredCodes("buckets", Brief.AllBuckets.Select(bucket => bucket.ToCode()).ToValueList());
        return Brief.AllBuckets.Where(bucket => known.Contains(bucket.ToCode())).ToValueList();
    }
}
