using System.Text.Json;
using GeoOffer.Domain.Scouting;
using GeoOffer.Server.Formats;
using GeoOffer.Server.Http;
using GeoOffer.Storage.Matching;

namespace GeoOffer.Server.Scouting;

/// <summary>Writes the answer to a brief: a GeoJSON feature collection with reasons, and beside it brief, versions and counts.</summary>
internal static class MatchJsonWriter
{
    /// <summary>Writes the whole answer to a stream.</summary>
    /// <param name="destination">The body of a response, or a file.</param>
    /// <param name="answer">What is written.</param>
    /// <param name="links">Where the answer, and what it cites, can be found.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task WriteAsync(
        Stream destination, MatchAnswer answer, IReadOnlyList<Link> links, CancellationToken cancellationToken)
    {
        await using var stream = new JsonStream(destination);
        var json = stream.Json;
        json.WriteStartObject();
        json.WriteString("type"u8, "FeatureCollection"u8);
        json.WriteStartArray("features"u8);
        var features = new FeatureJsonWriter(json);
        foreach (var site in answer.Sites)
        {
            WriteSite(json, features, site);
            await stream.BreatheAsync(cancellationToken);
        }

        json.WriteEndArray();
        json.WriteNumber("numberReturned"u8, answer.Sites.Count);
        json.WriteString("timeStamp"u8, answer.TimeStamp.UtcDateTime);
        json.WriteLinks(links);
        json.WritePropertyName("brief"u8);
        BriefJsonWriter.Write(json, answer.Brief);
        json.WriteString("rules_version"u8, answer.RulesVersion);
        json.WriteNumber("data_version"u8, answer.DataVersion);
        WriteCounts(json, answer.Counts);
        json.WriteEndObject();
        await stream.CompleteAsync(cancellationToken);
    }

    private static void WriteSite(Utf8JsonWriter json, FeatureJsonWriter features, MatchedSite site)
    {
        var judgement = site.Judgement;
        json.WriteStartObject();
        json.WriteString("type"u8, "Feature"u8);
        json.WriteString("id"u8, judgement.Code);
        features.WriteGeometry(site.Geometry);
        json.WriteStartObject("properties"u8);
        json.WriteString("code"u8, judgement.Code);
        json.WriteString("name_it"u8, site.NameIt);
        json.WriteString("name_en"u8, site.NameEn);
        json.WritePropertyName("area_ha"u8);
        if (site.AreaHa is { } areaHa)
        {
            json.WriteNumberValue(areaHa);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteNumber("rank"u8, site.Rank);
        json.WriteString("bucket"u8, judgement.Bucket.ToCode());
        json.WriteNumber("score"u8, judgement.Score);
        json.WriteNumber("completeness"u8, site.Completeness);
        json.WriteBoolean("stale"u8, site.Stale);
        json.WriteStartArray("reasons"u8);
        foreach (var reason in judgement.Reasons)
        {
            ReasonJsonWriter.Write(json, reason);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, MatchCounts counts)
    {
        json.WriteStartObject("counts"u8);
        json.WriteNumber("match"u8, counts.Match);
        json.WriteNumber("match_if_verified"u8, counts.MatchIfVerified);
        json.WriteNumber("near_miss"u8, counts.NearMiss);
        json.WriteStartObject("excluded"u8);
        json.WriteNumber("total"u8, counts.ExcludedTotal);
        if (counts.ExcludedByReason is { } reasons)
        {
            json.WriteStartArray("by_reason"u8);
            foreach (var reason in reasons)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, reason.Id);
                json.WriteNumber("failed"u8, reason.Failed);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
