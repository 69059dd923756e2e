namespace GeoOffer.Storage.Importing.Reading;

/// <summary>Carries what makes a file unreadable from a reader to the importer, which reports it.</summary>
internal sealed class UnreadableFileException(FileFault fault, Exception? cause = null) : Exception(fault.Reason, cause)
{
    public FileFault Fault { get; } = fault;
}
