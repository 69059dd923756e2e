namespace GeoOffer.Domain.Scouting;

/// <summary>
/// Maps a value to 0 (worst) … 1 (best), the same for every site: never relative to the other sites of an answer, so that adding a site
/// cannot reshuffle the rest.
/// </summary>
public abstract record ValueFunction
{
    private protected ValueFunction()
    {
    }

    /// <summary>The worth of a value in the native unit of its criterion (m, ha, share), 0 to 1.</summary>
    public abstract double Worth(double value);
}

/// <summary>A straight line between two values, flat beyond them. Best may be the lesser or the greater.</summary>
/// <remarks>(value − worst) / (best − worst), limited to 0 … 1.</remarks>
public sealed record LinearValue : ValueFunction
{
    /// <summary>A line from <paramref name="best"/> (worth 1) to <paramref name="worst"/> (worth 0).</summary>
    /// <exception cref="ArgumentException">Best equals worst: no line passes through both.</exception>
    public LinearValue(double best, double worst)
    {
        if (best == worst)
        {
            throw new ArgumentException("best and worst must differ", nameof(worst));
        }

        (Best, Worst) = (best, worst);
    }

    /// <summary>The value worth 1.</summary>
    public double Best { get; }

    /// <summary>The value worth 0.</summary>
    public double Worst { get; }

    /// <inheritdoc/>
    public override double Worth(double value)
    {
        var worth = (value - Worst) / (Best - Worst);
        return worth > 0 ? Math.Min(worth, 1) : 0;
    }
}

/// <summary>Rises from low to the peak and falls to high; 0 outside. A side whose bound is the peak itself is a cliff.</summary>
/// <remarks>value = peak: 1; below: (value − low) / (peak − low); above: (high − value) / (high − peak); never under 0.</remarks>
public sealed record TriangularValue : ValueFunction
{
    /// <summary>A triangle over <paramref name="low"/> … <paramref name="high"/> with its tip at <paramref name="peak"/>.</summary>
    /// <exception cref="ArgumentException">Not low ≤ peak ≤ high with low &lt; high.</exception>
    public TriangularValue(double low, double peak, double high)
    {
        if (!(low <= peak && peak <= high && low < high))
        {
            throw new ArgumentException("low <= peak <= high and low < high must hold", nameof(peak));
        }

        (Low, Peak, High) = (low, peak, high);
    }

    /// <summary>Up to here the worth is 0.</summary>
    public double Low { get; }

    /// <summary>The value worth 1.</summary>
    public double Peak { get; }

    /// <summary>From here on the worth is 0.</summary>
    public double High { get; }

    /// <inheritdoc/>
    public override double Worth(double value)
    {
        if (value == Peak)
        {
            return 1;
        }

        if (value <= Low || value >= High)
        {
            return 0;
        }

        return value < Peak ? (value - Low) / (Peak - Low) : (High - value) / (High - Peak);
    }
}
