namespace GeoOffer.Storage.Importing;

/// <summary>Why a file as a whole cannot be read.</summary>
public enum FileFaultCode
{
    /// <summary>There is no such file, or it may not be opened.</summary>
    NotOpened,

    /// <summary>Nothing is in it, or no row.</summary>
    Empty,

    /// <summary>It is of a format that cannot be imported, or of none.</summary>
    UnknownFormat,

    /// <summary>It is of a format that is read through a program which is not installed here, or does not run.</summary>
    ReaderMissing,

    /// <summary>Its text is in an encoding that it cannot be.</summary>
    Encoding,

    /// <summary>Its syntax is broken.</summary>
    Syntax,

    /// <summary>It is well-formed, but no collection of features.</summary>
    Structure,

    /// <summary>One record is greater than what is held in memory.</summary>
    RecordTooLarge,

    /// <summary>It holds several layers of which one has to be named, or none of the name that was.</summary>
    Layer,

    /// <summary>A required column is not in its header, or a column is there twice.</summary>
    Header,

    /// <summary>Its reference system cannot be told, or what is stated of it is implausible.</summary>
    ReferenceSystem,
}

/// <summary>Why a file cannot be read, where, and what to do.</summary>
/// <param name="Code">What is wrong.</param>
/// <param name="Reason">The same in words.</param>
/// <param name="Fix">What to do about it.</param>
/// <param name="Line">Line from 1, where known.</param>
/// <param name="Column">Byte in the line from 1, where known.</param>
public sealed record FileFault(FileFaultCode Code, string Reason, string Fix, long? Line = null, long? Column = null);
