using NetTopologySuite.Algorithm;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace GeoOffer.Storage.Importing.Reading.Shapefiles;

/// <summary>
/// Makes polygons of the rings of a shape. A ring that lies in no other, or in a hole, is the outside of a polygon; any other is a hole of
/// the smallest ring around it. For a shape as the white paper has it, outsides clockwise and holes counter-clockwise, that is what the
/// orientation says. Where the orientation is wrong, it is what programs that fill by the even-odd rule show.
/// </summary>
internal sealed class RingAssembly
{
    private const int ManyRings = 64;
    private const int ManyPositions = 100;
    private const int IndexedWork = 20;
    private const long MostWork = 20_000_000;

    private readonly LinearRing[] _rings;
    private readonly double[] _areas;
    private readonly int[] _ranks;
    private readonly int[] _parents;
    private readonly int[] _depths;
    private readonly IndexedPointInAreaLocator?[] _locators;
    private readonly STRtree<int>? _tree;
    private long _work;

    private RingAssembly(LinearRing[] rings)
    {
        _rings = rings;
        _areas = Array.ConvertAll(rings, ring => Area.OfRingSigned(ring.CoordinateSequence));
        _parents = new int[rings.Length];
        _depths = new int[rings.Length];
        _locators = new IndexedPointInAreaLocator?[rings.Length];
        var order = Enumerable.Range(0, rings.Length).OrderByDescending(i => Math.Abs(_areas[i])).ToArray();
        _ranks = new int[rings.Length];
        for (var rank = 0; rank < order.Length; rank++)
        {
            _ranks[order[rank]] = rank;
        }

        if (rings.Length > ManyRings)
        {
            _tree = new STRtree<int>();
            for (var i = 0; i < rings.Length; i++)
            {
                _tree.Insert(rings[i].EnvelopeInternal, i);
            }
        }

        foreach (var ring in order)
        {
            _parents[ring] = FindParent(ring);
            _depths[ring] = _parents[ring] < 0 ? 0 : _depths[_parents[ring]] + 1;
        }
    }

    /// <summary>Makes a polygon, or a multipolygon of several.</summary>
    /// <param name="factory">Makes the geometry.</param>
    /// <param name="rings">Closed rings that are not empty; at least one.</param>
    /// <param name="isDisoriented">Whether a hole runs the same way round as the ring that it lies in.</param>
    /// <returns>Null when the rings are nested in so hostile a way that they are not sorted out.</returns>
    public static Geometry? Assemble(GeometryFactory factory, LinearRing[] rings, out bool isDisoriented)
    {
        isDisoriented = false;
        if (rings.Length == 1)
        {
            return factory.CreatePolygon(rings[0]);
        }

        var assembly = new RingAssembly(rings);
        return assembly._work > MostWork ? null : assembly.Build(factory, out isDisoriented);
    }

    private Geometry Build(GeometryFactory factory, out bool isDisoriented)
    {
        isDisoriented = false;
        var holes = new List<LinearRing>?[_rings.Length];
        var outsides = 0;
        for (var i = 0; i < _rings.Length; i++)
        {
            if (_depths[i] % 2 == 0)
            {
                outsides++;
                continue;
            }

            (holes[_parents[i]] ??= []).Add(_rings[i]);
            isDisoriented |= Math.Sign(_areas[i]) == Math.Sign(_areas[_parents[i]]);
        }

        var polygons = new Polygon[outsides];
        var next = 0;
        for (var i = 0; i < _rings.Length; i++)
        {
            if (_depths[i] % 2 == 0)
            {
                polygons[next++] = factory.CreatePolygon(_rings[i], holes[i]?.ToArray() ?? []);
            }
        }

        return polygons.Length == 1 ? polygons[0] : factory.CreateMultiPolygon(polygons);
    }

    /// <summary>The smallest ring around a ring; -1 when there is none.</summary>
    private int FindParent(int ring)
    {
        var parent = -1;
        if (_work > MostWork)
        {
            return parent;
        }

        if (_tree is null)
        {
            for (var i = 0; i < _rings.Length; i++)
            {
                parent = Nearer(i, ring, parent);
            }
        }
        else
        {
            foreach (var candidate in _tree.Query(_rings[ring].EnvelopeInternal))
            {
                parent = Nearer(candidate, ring, parent);
            }
        }

        return parent;
    }

    private int Nearer(int candidate, int ring, int parent)
    {
        _work++;
        return _ranks[candidate] < _ranks[ring]
            && (parent < 0 || _ranks[candidate] > _ranks[parent])
            && _rings[candidate].EnvelopeInternal.Covers(_rings[ring].EnvelopeInternal)
            && Contains(candidate, _rings[ring].CoordinateSequence)
            ? candidate
            : parent;
    }

    /// <summary>Whether the first position that is not on the outer ring lies inside it; positions first, then the middles of edges.</summary>
    private bool Contains(int outer, CoordinateSequence inner)
    {
        for (var i = 0; i < inner.Count; i++)
        {
            if (Locate(outer, inner.GetCoordinate(i)) is not Location.Boundary and var location)
            {
                return location == Location.Interior;
            }
        }

        for (var i = 1; i < inner.Count; i++)
        {
            var middle = new Coordinate((inner.GetX(i - 1) + inner.GetX(i)) / 2, (inner.GetY(i - 1) + inner.GetY(i)) / 2);
            if (Locate(outer, middle) is not Location.Boundary and var location)
            {
                return location == Location.Interior;
            }
        }

        return false;
    }

    private Location Locate(int outer, Coordinate position)
    {
        var ring = _rings[outer];
        if (ring.NumPoints <= ManyPositions)
        {
            _work += ring.NumPoints;
            return PointLocation.LocateInRing(position, ring.CoordinateSequence);
        }

        _work += IndexedWork;
        return (_locators[outer] ??= new IndexedPointInAreaLocator(ring)).Locate(position);
    }
}
