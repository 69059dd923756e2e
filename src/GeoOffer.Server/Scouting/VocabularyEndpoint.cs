using System.Text.Json;
using GeoOffer.Domain.Offer;
using GeoOffer.Domain.Scouting;
using GeoOffer.Server.Description;
using GeoOffer.Server.Http;
using GeoOffer.Storage.Matching;

namespace GeoOffer.Server.Scouting;

/// <summary>The names that briefs and sheets may use, with titles in both languages: what a form needs.</summary>
internal static class VocabularyEndpoint
{
    public static void MapVocabulary(this IEndpointRouteBuilder routes) => routes.MapRead("/api/vocabulary", AnswerAsync, new Operation
    {
        Id = "getVocabulary",
        Tag = MatchOperations.Tag,
        Summary = "The names that a brief may use, and every code list, with titles in both languages.",
        Schema = "Vocabulary",
    });

    private static async Task AnswerAsync(HttpContext context, VocabularySource vocabularies, MatchService matching, ScoutingRules rules)
    {
        var vocabulary = await vocabularies.GetAsync(context.RequestAborted);
        await JsonBody.WriteAsync(context, MediaTypes.Json, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("proximity_targets"u8);
            foreach (var target in vocabulary.ProximityTargets)
            {
                WriteOpenEntry(json, "name"u8, target.Name, target.TitleIt, target.TitleEn);
                WriteTexts(json, "members"u8, target.Members);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("overlap_targets"u8);
            foreach (var target in vocabulary.OverlapTargets)
            {
                WriteOpenEntry(json, "name"u8, target.Name, target.TitleIt, target.TitleEn);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteEntries(json, "functions"u8, SiteCodeLists.AdmittedFunction, vocabulary.Functions.Contains);
            WriteEntries(json, "kinds"u8, SiteCodeLists.SiteKind, vocabulary.Kinds.Contains);
            WriteTexts(json, "area_bases"u8, EnumCode.All<AreaBasis>());
            WriteTexts(json, "oversize"u8, EnumCode.All<Oversize>());
            WriteTexts(json, "unknowns"u8, EnumCode.All<UnknownsPolicy>());
            WriteTexts(json, "buckets"u8, Brief.AllBuckets.Select(bucket => bucket.ToCode()));
            WriteDefaults(json, rules);
            json.WriteString("rules_version"u8, matching.RulesVersion);
            json.WriteStartArray("code_lists"u8);
            foreach (var list in CodeLists.All)
            {
                WriteOpenEntry(json, "name"u8, list.Name, list.TitleIt, list.TitleEn);
                WriteEntries(json, "entries"u8, list, _ => true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void WriteDefaults(Utf8JsonWriter json, ScoutingRules rules)
    {
        json.WriteStartObject("defaults"u8);
        json.WriteNumber("tolerance"u8, rules.AreaTolerance);
        json.WriteNumber("area_slack"u8, rules.AreaSlack);
        json.WriteNumber("distance_slack"u8, rules.DistanceSlack);
        json.WriteNumber("overlap_slack"u8, rules.OverlapSlack);
        json.WriteNumber("weight"u8, rules.PreferenceWeight);
        json.WriteNumber("limit"u8, rules.Limit);
        json.WriteEndObject();
    }

    private static void WriteEntries(Utf8JsonWriter json, ReadOnlySpan<byte> name, CodeList list, Func<string, bool> isOffered)
    {
        json.WriteStartArray(name);
        foreach (var entry in list.Entries.Where(entry => isOffered(entry.Code)))
        {
            WriteOpenEntry(json, "code"u8, entry.Code, entry.TitleIt, entry.TitleEn);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOpenEntry(Utf8JsonWriter json, ReadOnlySpan<byte> key, string code, string titleIt, string titleEn)
    {
        json.WriteStartObject();
        json.WriteString(key, code);
        json.WriteString("title_it"u8, titleIt);
        json.WriteString("title_en"u8, titleEn);
    }

    private static void WriteTexts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
