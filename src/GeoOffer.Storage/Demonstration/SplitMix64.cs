namespace GeoOffer.Storage.Demonstration;

/// <summary>
/// Pseudo-random numbers by SplitMix64 (Steele, Lea, Flood 2014): the same sequence everywhere and for ever, which
/// <see cref="Random"/> does not promise.
/// </summary>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [low, high).</summary>
    public double Between(double low, double high) => low + ((high - low) * NextUnit());

    /// <summary>A whole number from low to high, both included.</summary>
    public int Whole(int low, int high) => low + (int)(NextUnit() * (high - low + 1));

    /// <summary>True in this share of cases.</summary>
    public bool Chance(double share) => NextUnit() < share;

    /// <summary>One of several, each as likely as its weight demands.</summary>
    public T Pick<T>(params ReadOnlySpan<(double Weight, T Value)> choices)
    {
        double total = 0;
        foreach (var choice in choices)
        {
            total += choice.Weight;
        }

        var left = NextUnit() * total;
        foreach (var (weight, value) in choices)
        {
            left -= weight;
            if (left < 0)
            {
                return value;
            }
        }

        return choices[^1].Value;
    }

    private ulong Next()
    {
        unchecked
        {
            var mixed = _state += 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
