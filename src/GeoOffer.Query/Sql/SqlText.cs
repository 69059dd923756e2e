using System.Collections.Immutable;

namespace GeoOffer.Query.Sql;

/// <summary>The type a parameter is sent as; it never needs a cast in the text.</summary>
public enum SqlParameterType
{
    /// <summary><c>text</c>; the value is a string.</summary>
    Text,

    /// <summary><c>bigint</c>; a long.</summary>
    Integer,

    /// <summary><c>double precision</c>; a double.</summary>
    Number,

    /// <summary><c>boolean</c>; a bool.</summary>
    Boolean,

    /// <summary><c>date</c>; a <see cref="DateOnly"/>.</summary>
    Date,

    /// <summary><c>timestamp with time zone</c>; a <see cref="DateTimeOffset"/> in UTC.</summary>
    Timestamp,

    /// <summary><c>text[]</c>; an array of strings.</summary>
    TextArray,

    /// <summary><c>geometry</c>; a NetTopologySuite geometry with its SRID.</summary>
    Geometry,
}

/// <summary>A parameter of a statement; null is SQL NULL.</summary>
public sealed record SqlParameter(object? Value, SqlParameterType Type);

/// <summary>
/// A statement for PostgreSQL: text with the positional parameters <c>$1</c> to <c>$n</c>, and their values in that order.
/// </summary>
public sealed record SqlText(string Text, ImmutableArray<SqlParameter> Parameters);
