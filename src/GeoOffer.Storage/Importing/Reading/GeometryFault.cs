namespace GeoOffer.Storage.Importing.Reading;

/// <summary>What is wrong with the bytes of a geometry.</summary>
internal static class GeometryFault
{
    /// <summary>A type that is not read.</summary>
    public const string Curve = "it is a curve or a surface, or of no known type";

    /// <summary>The row of a file that holds such a geometry.</summary>
    /// <param name="reason">What is wrong.</param>
    public static SourceFault Of(string reason) => new(
        RejectionCode.GeometryBroken,
        "geometry",
        null,
        $"the geometry cannot be read: {reason}",
        reason == Curve ? "import the file with --format gdal, which draws curves as lines" : "repair it where it is kept");
}
