using System.Globalization;
using System.Text.RegularExpressions;

namespace GeoOffer.Domain.Scouting;

/// <summary>Keeps the ids of constraints and preferences apart, and from those that answers use for the area and the area of interest.</summary>
internal sealed partial class CriterionIds(BriefFaults faults)
{
    private readonly HashSet<string> _taken = ["area", "within"];

    /// <summary>The id that the criterion states, or its letter and its place counted from 1.</summary>
    public string Take(BriefObject criterion, char letter, int index)
    {
        const string Expected = "an id of 1 to 64 letters, digits, '_', '-' or '.' that no other criterion has, nor area and within";
        var stated = criterion.OptionalText("id", Expected);
        if (stated is not null && !Form().IsMatch(stated))
        {
            faults.Add(criterion.At("id"), Expected, stated);
            return stated;
        }

        var id = stated ?? string.Create(CultureInfo.InvariantCulture, $"{letter}{index + 1}");
        if (!_taken.Add(id))
        {
            faults.Add(criterion.At("id"), Expected, stated is null ? $"{id} by its place, which is taken" : id);
        }

        return id;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,64}\z")]
    private static partial Regex Form();
}
