namespace GeoOffer.Storage.Importing;

/// <summary>Why a row is rejected, or warned about, for programs that read the report.</summary>
public enum RejectionCode
{
    /// <summary>The record is no JSON.</summary>
    JsonBroken,

    /// <summary>The record is JSON, but no feature.</summary>
    NoFeature,

    /// <summary>More or fewer cells than the header has.</summary>
    WrongCellCount,

    /// <summary>Text follows a closing quote.</summary>
    BadQuotes,

    /// <summary>The text is no UTF-8, or holds characters that cannot be stored.</summary>
    DamagedText,

    /// <summary>The text was UTF-8 once, and read as another encoding before it came into the file.</summary>
    MisreadText,

    /// <summary>A required value is not there.</summary>
    Missing,

    /// <summary>The value is there twice.</summary>
    Twice,

    /// <summary>The value is of another type than the field.</summary>
    WrongType,

    /// <summary>A number is written with a decimal comma.</summary>
    DecimalComma,

    /// <summary>A number beyond the bounds of the field, or a text that is too long.</summary>
    OutOfBounds,

    /// <summary>A date is not written year-month-day.</summary>
    NotIsoDate,

    /// <summary>The value is not in the code list.</summary>
    NotInCodeList,

    /// <summary>A code has lost its leading zeros.</summary>
    LostZeros,

    /// <summary>A code is not of the form that its field asks for.</summary>
    BadCode,

    /// <summary>Two values contradict each other.</summary>
    Contradiction,

    /// <summary>The code was in the file before.</summary>
    DuplicateCode,

    /// <summary>The code belongs to another dataset.</summary>
    OwnedByOther,

    /// <summary>The code holds no longer.</summary>
    RetiredCode,

    /// <summary>What the row refers to is not registered.</summary>
    UnknownReference,

    /// <summary>Something refers to the row that would be removed.</summary>
    StillReferenced,

    /// <summary>The geometry is not there, or empty.</summary>
    GeometryMissing,

    /// <summary>The geometry cannot be read.</summary>
    GeometryBroken,

    /// <summary>The geometry is of a type that the collection does not take.</summary>
    GeometryWrongType,

    /// <summary>The geometry is not valid.</summary>
    GeometryInvalid,

    /// <summary>The geometry was not valid, and has been repaired.</summary>
    GeometryRepaired,

    /// <summary>A declared area differs from the measured one.</summary>
    AreaDiffers,

    /// <summary>The area is that of another site too.</summary>
    Overlap,

    /// <summary>Latitude stands where longitude belongs.</summary>
    AxesSwapped,

    /// <summary>The coordinates are metres of a projection.</summary>
    Projected,

    /// <summary>The coordinates are no longitude and latitude.</summary>
    OutOfRange,

    /// <summary>The coordinates are metres from the middle of the earth.</summary>
    Geocentric,

    /// <summary>The coordinates are of another reference system than is stated.</summary>
    OtherSystem,

    /// <summary>The reference system is not known, or cannot have such a position.</summary>
    OutsideDomain,

    /// <summary>The geometry lies where the register of the file has nothing.</summary>
    OutsideRegister,

    /// <summary>The geometry lies outside the region.</summary>
    OutsideRegion,
}
