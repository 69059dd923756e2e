using System.Collections.Immutable;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>What a function takes or gives, in the words of the functions resource of OGC API - Features Part 3.</summary>
public enum FunctionType
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole or floating-point number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A date or an instant.</summary>
    Instant,

    /// <summary>A geometry.</summary>
    Geometry,
}

/// <summary>An argument of a function.</summary>
/// <param name="Name">What it is, in a word.</param>
/// <param name="Type">Its type.</param>
public sealed record FunctionArgument(string Name, FunctionType Type)
{
    /// <summary>Whether it may be left out; only the last may.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether any number of it may follow; only the last may.</summary>
    public bool IsRepeated { get; init; }
}

/// <summary>A function of the filter languages.</summary>
/// <param name="Name">Its name in lower case; any case is understood.</param>
/// <param name="Arguments">What it takes.</param>
/// <param name="Result">What it gives; missing where an argument is.</param>
/// <param name="Description">What it does, with the units.</param>
public sealed record FilterFunction(string Name, ImmutableArray<FunctionArgument> Arguments, FunctionType Result, Localized Description)
{
    /// <summary>The name with the arguments, as people write it.</summary>
    public override string ToString() => $"{Name}({string.Join(", ", Arguments.Select(argument => argument switch
    {
        { IsOptional: true } => $"[{argument.Name}]",
        { IsRepeated: true } => $"{argument.Name}, ...",
        _ => argument.Name,
    }))})";

    /// <summary>The argument at a position; null where it takes no more.</summary>
    internal FunctionArgument? ArgumentAt(int index) =>
        index < Arguments.Length ? Arguments[index] : Arguments is [.., { IsRepeated: true } last] ? last : null;

    /// <summary>Whether it takes that many arguments.</summary>
    internal bool Takes(int count) => count >= Arguments.Count(argument => !argument.IsOptional) && (count == 0 || ArgumentAt(count - 1) is not null);
}

/// <summary>The functions that every filter language knows.</summary>
public static class FilterFunctions
{
    /// <summary>The greatest distance of <c>buffer</c>, in metres: further out the plane that it is drawn in no longer fits the earth.</summary>
    public const double MaximumBufferMetres = 1_000_000;

    private static readonly FunctionArgument Geometry = new("geometry", FunctionType.Geometry);
    private static readonly FunctionArgument Text = new("text", FunctionType.Text);
    private static readonly FunctionArgument Number = new("number", FunctionType.Number);
    private static readonly FunctionArgument Instant = new("instant", FunctionType.Instant);

    /// <summary>The functions, by name.</summary>
    public static ImmutableArray<FilterFunction> All { get; } =
    [
        new("abs", [Number], FunctionType.Number, new("Il numero senza segno.", "The number without its sign.")),
        new("area", [Geometry], FunctionType.Number,
            new("La superficie sull'ellissoide, in metri quadrati; 0 per punti e linee.", "The area on the ellipsoid, in square metres; 0 of points and lines.")),
        new("buffer", [Geometry, new("distance", FunctionType.Number), new("unit", FunctionType.Text) { IsOptional = true }], FunctionType.Geometry,
            new("L'area entro una distanza dalla geometria, da 0 a 1.000.000 di metri; l'unità, se indicata, è 'm'.",
                "The area within a distance of the geometry, from 0 to 1,000,000 metres; the unit, if named, is 'm'.")),
        new("ceil", [Number], FunctionType.Number, new("Il più piccolo numero intero non minore.", "The least whole number that is not smaller.")),
        new("centroid", [Geometry], FunctionType.Geometry,
            new("Il baricentro, nel piano del sistema di riferimento.", "The centre of mass, in the plane of the reference system.")),
        new("char_length", [Text], FunctionType.Integer, new("Il numero di caratteri.", "The number of characters.")),
        new("concat", [Text, Text with { IsRepeated = true }], FunctionType.Text, new("I testi uno dopo l'altro.", "The texts one after the other.")),
        new("day", [Instant], FunctionType.Integer, new("Il giorno del mese; di un istante, in UTC.", "The day of the month, of an instant in UTC.")),
        new("distance", [Geometry, Geometry], FunctionType.Number,
            new("La distanza più breve sull'ellissoide, in metri.", "The shortest distance on the ellipsoid, in metres.")),
        new("floor", [Number], FunctionType.Number,
            new("Il più grande numero intero non maggiore.", "The greatest whole number that is not greater.")),
        new("length", [Geometry], FunctionType.Number,
            new("La lunghezza delle linee sull'ellissoide, in metri; 0 per punti e aree.", "The length of lines on the ellipsoid, in metres; 0 of points and areas.")),
        new("lower", [Text], FunctionType.Text, new("Il testo in minuscolo.", "The text in lower case.")),
        new("month", [Instant], FunctionType.Integer, new("Il mese, da 1 a 12; di un istante, in UTC.", "The month, 1 to 12, of an instant in UTC.")),
        new("round", [Number], FunctionType.Number,
            new("Il numero intero più vicino; fra due il pari.", "The nearest whole number; of two the even one.")),
        new("sqrt", [Number], FunctionType.Number,
            new("La radice quadrata; manca per i numeri negativi.", "The square root; missing for negative numbers.")),
        new("upper", [Text], FunctionType.Text, new("Il testo in maiuscolo.", "The text in upper case.")),
        new("year", [Instant], FunctionType.Integer, new("L'anno; di un istante, in UTC.", "The year, of an instant in UTC.")),
    ];

    /// <summary>The function of a name, in any case; null when there is none.</summary>
    public static FilterFunction? Find(string name) =>
        All.FirstOrDefault(function => function.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
