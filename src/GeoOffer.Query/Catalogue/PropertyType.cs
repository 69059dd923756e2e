namespace GeoOffer.Query.Catalogue;

/// <summary>The type of a property, as all the languages of the house know it, with the PostgreSQL type of its column.</summary>
public enum PropertyType
{
    /// <summary>Text; <c>text</c>.</summary>
    Text,

    /// <summary>Whole number of 64 bits; <c>bigint</c>, <c>integer</c> or <c>smallint</c>.</summary>
    Integer,

    /// <summary>
    /// Finite floating-point number; <c>double precision</c> (a page cursor on <c>numeric</c> would lose digits, and rows).
    /// </summary>
    Number,

    /// <summary>True or false; <c>boolean</c>.</summary>
    Boolean,

    /// <summary>Calendar date; <c>date</c>.</summary>
    Date,

    /// <summary>Instant; <c>timestamp with time zone</c>.</summary>
    Timestamp,

    /// <summary>A set of texts; <c>text[]</c>.</summary>
    TextArray,
}
