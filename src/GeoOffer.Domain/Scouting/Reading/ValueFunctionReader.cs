using System.Globalization;

namespace GeoOffer.Domain.Scouting;

/// <summary>Reads the member <c>value_function</c> of a preference. Its unit is the criterion's own: nothing converts kilometres.</summary>
internal static class ValueFunctionReader
{
    public static ValueFunction? Read(BriefObject preference, string unit, NumberRange range, BriefFaults faults)
    {
        const string Member = "value_function";
        if (preference.Find(Member) is not { } element)
        {
            faults.Add(preference.At(Member), "an object of type linear or triangular", "nothing");
            return null;
        }

        if (BriefObject.Open(element, preference.At(Member), faults) is not { } json)
        {
            return null;
        }

        json.OptionalOneOf("unit", [unit]);
        return json.RequiredOneOf("type", ["linear", "triangular"]) switch
        {
            "linear" => Linear(json, range, faults),
            "triangular" => Triangular(json, range, faults),
            _ => null,
        };
    }

    private static LinearValue? Linear(BriefObject json, NumberRange range, BriefFaults faults)
    {
        json.AllowOnly("type", "unit", "best", "worst");
        if ((json.RequiredNumber("best", range), json.RequiredNumber("worst", range)) is not ({ } best, { } worst))
        {
            return null;
        }

        if (best != worst)
        {
            return new LinearValue(best, worst);
        }

        faults.Add(json.At("worst"), "a number other than best", worst.ToString(CultureInfo.InvariantCulture));
        return null;
    }

    private static TriangularValue? Triangular(BriefObject json, NumberRange range, BriefFaults faults)
    {
        json.AllowOnly("type", "unit", "low", "peak", "high");
        if ((json.RequiredNumber("low", range), json.RequiredNumber("peak", range), json.RequiredNumber("high", range))
            is not ({ } low, { } peak, { } high))
        {
            return null;
        }

        if (low <= peak && peak <= high && low < high)
        {
            return new TriangularValue(low, peak, high);
        }

        faults.Add(
            json.At("peak"), "low <= peak <= high and low < high", string.Create(CultureInfo.InvariantCulture, $"{low}, {peak}, {high}"));
        return null;
    }
}
