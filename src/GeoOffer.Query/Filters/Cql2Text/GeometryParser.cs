using GeoOffer.Query.Crs;
using NetTopologySuite;
using NetTopologySuite.Geometries;

namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>
/// Reads geometries in well-known text and boxes. Heights are read and left out: stored geometries have none, so they bound nothing.
/// </summary>
internal sealed class GeometryParser(TokenCursor tokens, ReferenceSystem system)
{
    private readonly GeometryFactory _factory = NtsGeometryServices.Instance.CreateGeometryFactory(system.Srid);

    /// <summary>Whether a word starts a geometry.</summary>
    public static bool Starts(string word) => word.ToUpperInvariant()
        is "POINT" or "LINESTRING" or "POLYGON" or "MULTIPOINT" or "MULTILINESTRING" or "MULTIPOLYGON" or "GEOMETRYCOLLECTION" or "BBOX";

    /// <summary>Reads what follows the word.</summary>
    public Expression Parse(Token word)
    {
        if (word.IsWord("BBOX"))
        {
            return new BoundingBoxLiteral(ParseBox());
        }

        var isCollection = word.IsWord("GEOMETRYCOLLECTION");
        return new GeometryLiteral(isCollection ? ParseCollection() : ParseGeometry(word));
    }

    private BoundingBox ParseBox()
    {
        tokens.TakeSymbol("(");
        var numbers = new List<double> { tokens.TakeSignedNumber() };
        while (numbers.Count < 6 && tokens.TryTakeSymbol(","))
        {
            numbers.Add(tokens.TakeSignedNumber());
        }

        if (numbers.Count is not (4 or 6))
        {
            throw tokens.Fault("4 or 6 numbers, separated by commas");
        }

        tokens.TakeSymbol(")");
        return system.Box(numbers);
    }

    private GeometryCollection ParseCollection()
    {
        tokens.TryTakeWord("Z");
        var members = ParseList(() =>
        {
            var word = tokens.Take(TokenKind.Word, "a geometry");
            return Starts(word.Content) && !word.IsWord("BBOX") && !word.IsWord("GEOMETRYCOLLECTION")
                ? ParseGeometry(word)
                : throw new SyntaxException(word.Start, "a geometry of a single type", word.Describe());
        });
        return _factory.CreateGeometryCollection([.. members]);
    }

    private Geometry ParseGeometry(Token word)
    {
        var isThreeDimensional = tokens.TryTakeWord("Z");
        return word.Content.ToUpperInvariant() switch
        {
            "POINT" => Single(),
            "LINESTRING" => Line(),
            "POLYGON" => Area(),
            "MULTIPOINT" => _factory.CreateMultiPoint([.. ParseList(Member)]),
            "MULTILINESTRING" => _factory.CreateMultiLineString([.. ParseList(Line)]),
            _ => _factory.CreateMultiPolygon([.. ParseList(Area)]),
        };

        Point Single()
        {
            tokens.TakeSymbol("(");
            var point = _factory.CreatePoint(Position());
            tokens.TakeSymbol(")");
            return point;
        }

        // Many write the members of a multipoint without parentheses, PostGIS among them.
        Point Member() => tokens.Current.IsSymbol("(") ? Single() : _factory.CreatePoint(Position());

        LineString Line()
        {
            var start = tokens.Current.Start;
            var positions = ParseList(Position);
            return positions.Count > 1
                ? _factory.CreateLineString([.. positions])
                : throw new SyntaxException(start, "a line of at least two positions", "one position");
        }

        Polygon Area()
        {
            var rings = ParseList(Ring);
            return _factory.CreatePolygon(rings[0], [.. rings.Skip(1)]);
        }

        LinearRing Ring()
        {
            var start = tokens.Current.Start;
            var positions = ParseList(Position);
            if (positions.Count < 4)
            {
                throw new SyntaxException(start, "a ring of at least four positions", $"{positions.Count}");
            }

            return positions[0].Equals2D(positions[^1])
                ? _factory.CreateLinearRing([.. positions])
                : throw new SyntaxException(start, "a ring that ends where it starts", "an open ring");
        }

        Coordinate Position()
        {
            var (first, second) = (tokens.TakeSignedNumber(), tokens.TakeSignedNumber());
            if (isThreeDimensional || tokens.Current.Kind == TokenKind.Number || tokens.Current.IsSymbol("-"))
            {
                tokens.TakeSignedNumber();
            }

            var (x, y) = system.InOrder(first, second);
            return new Coordinate(x, y);
        }
    }

    /// <summary>One or more items, separated by commas, in parentheses.</summary>
    private List<T> ParseList<T>(Func<T> parse)
    {
        tokens.TakeSymbol("(");
        var items = new List<T> { parse() };
        while (tokens.TryTakeSymbol(","))
        {
            items.Add(parse());
        }

        tokens.TakeSymbol(")", ") or ,");
        return items;
    }
}
