using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Reading;

/// <summary>Whether all positions of a geometry are finite numbers.</summary>
internal sealed class FiniteCheck : IEntireCoordinateSequenceFilter
{
    private bool _found;

    /// <inheritdoc />
    public bool Done => _found;

    /// <inheritdoc />
    public bool GeometryChanged => false;

    /// <summary>Checks a geometry.</summary>
    public bool Holds(Geometry geometry)
    {
        _found = false;
        geometry.Apply(this);
        return !_found;
    }

    /// <inheritdoc />
    public void Filter(CoordinateSequence seq)
    {
        for (var i = 0; i < seq.Count && !_found; i++)
        {
            _found = !double.IsFinite(seq.GetX(i)) || !double.IsFinite(seq.GetY(i));
        }
    }
}
