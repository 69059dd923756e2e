using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis.EntityFramework;

/// <summary>What <c>UseNetTopologySuite</c> was told, shared by the services of one internal service provider.</summary>
internal sealed record SpatialSettings(
    CoordinateSequenceFactory? SequenceFactory,
    PrecisionModel? PrecisionModel,
    Ordinates HandleOrdinates,
    bool GeographyAsDefault);
