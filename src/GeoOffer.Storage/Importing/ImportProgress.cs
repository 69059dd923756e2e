namespace GeoOffer.Storage.Importing;

/// <summary>What an import does at a moment.</summary>
public enum ImportStage
{
    /// <summary>Reads rows, checks them one by one, and copies them beside the data.</summary>
    Reading,

    /// <summary>Compares all rows with the data.</summary>
    Comparing,

    /// <summary>Computes distances and overlaps of sites.</summary>
    Facts,

    /// <summary>Makes the change visible.</summary>
    Publishing,
}

/// <summary>How far an import is.</summary>
/// <param name="Stage">What it does.</param>
/// <param name="Rows">Rows done in this stage.</param>
/// <param name="Share">Share of the stage that is done, 0 to 1; null where that is not known.</param>
public readonly record struct ImportProgress(ImportStage Stage, long Rows, double? Share);
