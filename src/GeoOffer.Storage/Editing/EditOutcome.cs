namespace GeoOffer.Storage.Editing;

/// <summary>How an edit ended.</summary>
public abstract record EditOutcome
{
    private EditOutcome()
    {
    }

    /// <summary>The feature is as the editor wants it.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record Done(string Id) : EditOutcome;

    /// <summary>There is no such feature, or the collection is gone.</summary>
    public sealed record Missing : EditOutcome;

    /// <summary>The collection has been replaced since it was looked up: the edit was meant for what was there before.</summary>
    public sealed record Replaced : EditOutcome;

    /// <summary>The feature has been changed since the editor saw it.</summary>
    public sealed record Stale : EditOutcome;

    /// <summary>Another feature has the id.</summary>
    /// <param name="Id">The id.</param>
    public sealed record Taken(string Id) : EditOutcome;

    /// <summary>Other features refer to it, so that it cannot go.</summary>
    /// <param name="By">Where they are.</param>
    public sealed record Referred(string By) : EditOutcome;

    /// <summary>What the editor says cannot be stored.</summary>
    /// <param name="Faults">All that is wrong with it.</param>
    public sealed record Refused(IReadOnlyList<EditFault> Faults) : EditOutcome;
}

/// <summary>One thing that is wrong with a draft.</summary>
/// <param name="Property">The property, or the geometry by its name.</param>
/// <param name="Path">The place within a geometry, as a JSON pointer (RFC 6901) into its GeoJSON; empty elsewhere.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Got">What was there.</param>
public sealed record EditFault(string Property, string Path, string Expected, string Got);
