using System.Collections.Immutable;

namespace GeoOffer.Server.Description;

/// <summary>
/// What one route does, once: parameters and formats are checked against it before the route runs, and <c>/api/openapi.json</c> is
/// written from it.
/// </summary>
internal sealed record Operation
{
    /// <summary>The name of the operation in generated clients.</summary>
    public required string Id { get; init; }

    /// <summary>The group it is shown in.</summary>
    public required string Tag { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>What else a client should know.</summary>
    public string? Description { get; init; }

    /// <summary>Parameters of the path and of the query.</summary>
    public ImmutableArray<OperationParameter> Parameters { get; init; } = [];

    /// <summary>The body it takes; null for none.</summary>
    public OperationBody? Body { get; init; }

    /// <summary>The status code of success.</summary>
    public int Success { get; init; } = StatusCodes.Status200OK;

    /// <summary>The formats of the answer, the preferred first.</summary>
    public ImmutableArray<string> MediaTypes { get; init; } = ["application/json"];

    /// <summary>The schema of the answer among the components; null where it is no JSON.</summary>
    public string? Schema { get; init; }

    /// <summary>Status codes of refusals, beside those that any request may meet.</summary>
    public ImmutableArray<int> Problems { get; init; } = [];

    /// <summary>Whether credentials are not looked at.</summary>
    public bool IgnoresCallers { get; init; }

    /// <summary>Whether the route itself checks the names of query parameters, to report them with everything else.</summary>
    public bool ChecksQuery { get; init; }

    /// <summary>Whether the route itself agrees on the format of the answer.</summary>
    public bool ChoosesFormat { get; init; }
}

/// <summary>A body that an operation takes.</summary>
/// <param name="MediaType">Its format.</param>
/// <param name="Schema">Its schema among the components.</param>
/// <param name="Example">An example, as JSON.</param>
internal sealed record OperationBody(string MediaType, string Schema, string Example);
