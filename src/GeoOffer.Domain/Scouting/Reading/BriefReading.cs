using System.Diagnostics.CodeAnalysis;

namespace GeoOffer.Domain.Scouting;

/// <summary>Which part of a request a fault is in.</summary>
public enum BriefFaultPlace
{
    /// <summary>A parameter of the query.</summary>
    Query,

    /// <summary>The body, by JSON pointer.</summary>
    Body,
}

/// <summary>Something wrong with a brief.</summary>
/// <param name="At">The name of the parameter, or a JSON pointer (RFC 6901) into the body.</param>
/// <param name="Expected">What should be there, in words, with the allowed values where they are few.</param>
/// <param name="Got">What is there, shortened.</param>
/// <param name="In">Whether <paramref name="At"/> is a parameter or a pointer.</param>
public sealed record BriefFault(string At, string Expected, string Got, BriefFaultPlace In);

/// <summary>A brief that was read, or everything that is wrong with it.</summary>
public sealed record BriefReading
{
    private BriefReading(BriefRequest? request, ValueList<BriefFault> faults) => (Request, Faults) = (request, faults);

    /// <summary>Whether there is a brief.</summary>
    [MemberNotNullWhen(true, nameof(Request))]
    public bool IsValid => Request is not null;

    /// <summary>The request, when nothing is wrong.</summary>
    public BriefRequest? Request { get; }

    /// <summary>All faults at once (the first hundred of a hostile document); empty when there is a brief.</summary>
    public ValueList<BriefFault> Faults { get; }

    internal static BriefReading Of(BriefRequest request, BriefFaults faults)
        => faults.IsEmpty ? new(request, []) : Of(faults);

    internal static BriefReading Of(BriefFaults faults) => new(null, faults.All);
}
