using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace GeoOffer.Query;

/// <summary>What reading or checking input came to: a value, or every error that was found in it.</summary>
/// <typeparam name="TValue">The value when nothing was wrong.</typeparam>
/// <typeparam name="TError">A typed error that carries its facts.</typeparam>
public sealed class Outcome<TValue, TError>
    where TValue : class
    where TError : class
{
    private readonly TValue? _value;

    /// <summary>A success.</summary>
    public Outcome(TValue value)
    {
        _value = value;
        Errors = [];
    }

    /// <summary>A failure with at least one error.</summary>
    public Outcome(ImmutableArray<TError> errors)
    {
        ArgumentOutOfRangeException.ThrowIfZero(errors.Length);
        Errors = errors;
    }

    /// <summary>A failure with a single error.</summary>
    public Outcome(TError error)
        : this([error])
    {
    }

    /// <summary>Every error; empty on success.</summary>
    public ImmutableArray<TError> Errors { get; }

    /// <summary>The value; asking for it after a failure is a defect of the caller.</summary>
    /// <exception cref="InvalidOperationException">There are errors; the message lists them.</exception>
    public TValue Value => _value ?? throw new InvalidOperationException(string.Join("; ", Errors));

    /// <summary>Separates success from failure.</summary>
    public bool TryGet([NotNullWhen(true)] out TValue? value, out ImmutableArray<TError> errors)
    {
        value = _value;
        errors = Errors;
        return value is not null;
    }
}
