using System.Diagnostics;
using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Server.Http;
using GeoOffer.Server.OData;
using Microsoft.Net.Http.Headers;

namespace GeoOffer.Server.Problems;

/// <summary>Why a request is not answered, as <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="Status">The status code.</param>
internal sealed record Problem(int Status) : IResult
{
    /// <summary>The media type of problem details.</summary>
    public const string MediaType = "application/problem+json";

    private const int RetryAfterSeconds = 5;

    /// <summary>This occurrence in words, where the title does not say it all.</summary>
    public Localized? Detail { get; init; }

    /// <summary>Everything that is wrong with the request.</summary>
    public IReadOnlyList<RequestFault> Faults { get; init; } = [];

    /// <summary>Whether credentials are missing, and not wrong (RFC 6750, 3.1).</summary>
    public bool AsksForCredentials { get; init; }

    /// <summary>A 400 with all its faults.</summary>
    public static Problem BadRequest(params IEnumerable<RequestFault> faults) =>
        new(StatusCodes.Status400BadRequest) { Faults = [.. faults] };

    /// <summary>A 404 that says what is missing.</summary>
    public static Problem NotFound(string it, string en) => new(StatusCodes.Status404NotFound) { Detail = new Localized(it, en) };

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (Status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        if (Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers[HeaderNames.WWWAuthenticate] = AsksForCredentials
                ? "Bearer realm=\"geooffer\""
                : "Bearer realm=\"geooffer\", error=\"invalid_token\"";
        }

        var language = RequestLanguage.Of(httpContext.Request);
        response.Headers.ContentLanguage = language.Code();
        if (ODataErrorBody.Speaks(httpContext.Request))
        {
            return ODataErrorBody.WriteAsync(httpContext, this, language);
        }

        return JsonBody.WriteAsync(httpContext, MediaType, json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "about:blank"u8);
            json.WriteString("title"u8, ProblemTitles.For(Status).For(language));
            json.WriteNumber("status"u8, Status);
            if (Detail is { } detail)
            {
                json.WriteString("detail"u8, detail.For(language));
            }

            json.WriteStartArray("errors"u8);
            foreach (var fault in Faults)
            {
                json.WriteStartObject();
                json.WriteString(fault.IsPointer ? "pointer"u8 : "parameter"u8, fault.At);
                json.WriteString("expected"u8, fault.Expected);
                json.WriteString("got"u8, fault.Got);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (Status >= StatusCodes.Status500InternalServerError && Activity.Current is { } activity)
            {
                json.WriteString("trace_id"u8, activity.TraceId.ToHexString());
            }

            json.WriteEndObject();
        });
    }
}
