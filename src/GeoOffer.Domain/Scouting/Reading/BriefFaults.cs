using GeoOffer.Domain.Json;

namespace GeoOffer.Domain.Scouting;

/// <summary>Collects what is wrong while reading goes on.</summary>
internal sealed class BriefFaults(BriefFaultPlace place)
{
    // Enough for any honest mistake; a hostile body must not turn into a larger answer.
    private const int Limit = 100;

    private readonly List<BriefFault> _faults = [];

    public bool IsEmpty => _faults.Count == 0;

    public ValueList<BriefFault> All => _faults.ToValueList();

    public void Add(string at, string expected, string got)
    {
        if (_faults.Count < Limit)
        {
            _faults.Add(new BriefFault(at, expected, JsonText.Shorten(got), place));
        }
    }
}
