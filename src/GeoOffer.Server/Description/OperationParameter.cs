using System.Text.Json.Nodes;
using GeoOffer.Domain.Scouting;
using GeoOffer.Server.Http;

namespace GeoOffer.Server.Description;

/// <summary>A parameter of an operation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">What it means, with its unit.</param>
/// <param name="Schema">Its JSON schema, given the names that are known at the time of asking.</param>
internal sealed record OperationParameter(string Name, string Summary, Func<ScoutingVocabulary, JsonObject> Schema)
{
    /// <summary>Whether it stands in the path.</summary>
    public bool InPath { get; init; }

    /// <summary>Whether it is a header.</summary>
    public bool InHeader { get; init; }

    /// <summary>Whether it is in the query.</summary>
    public bool InQuery => !InPath && !InHeader;

    /// <summary>Whether the values of an array are separated by commas instead of repeating the parameter.</summary>
    public bool CommaSeparated { get; init; }

    /// <summary>An example.</summary>
    public JsonNode? Example { get; init; }

    /// <summary>The language of titles and texts.</summary>
    public static OperationParameter Lang { get; } =
        new("lang", "Language of titles; otherwise Accept-Language decides.", _ => JsonSchema.OneOf("it", "en"));

    /// <summary>The format of the answer, by a short name.</summary>
    public static OperationParameter Format { get; } =
        new("f", "The format of the answer; otherwise Accept decides.", _ => JsonSchema.OneOf(MediaTypes.ShortNames));

    /// <summary>A header.</summary>
    public static OperationParameter Header(string name, string summary) => new(name, summary, _ => JsonSchema.Text()) { InHeader = true };

    /// <summary>A part of the path.</summary>
    public static OperationParameter Path(string name, string summary) => new(name, summary, _ => JsonSchema.Text()) { InPath = true };
}
