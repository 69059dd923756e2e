namespace GeoOffer.Storage.Importing.Profiles;

/// <summary>One thing that is wrong with a profile.</summary>
/// <param name="Path">Where, as a JSON path: <c>$.fields.kind.values</c>.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Fix">What to do about it.</param>
public sealed record ProfileFault(string Path, string Reason, string Fix);

/// <summary>A profile that cannot be used, with everything that is wrong with it.</summary>
/// <param name="profile">Its name or path.</param>
/// <param name="faults">What is wrong, in the order of the file.</param>
public sealed class ImportProfileException(string profile, IReadOnlyList<ProfileFault> faults)
    : Exception(string.Join(
        Environment.NewLine,
        faults.Select(fault => $"  at {fault.Path}: {fault.Reason}; {fault.Fix}").Prepend($"the profile {profile} cannot be used:")))
{
    /// <summary>What is wrong, in the order of the file.</summary>
    public IReadOnlyList<ProfileFault> Faults { get; } = faults;
}
