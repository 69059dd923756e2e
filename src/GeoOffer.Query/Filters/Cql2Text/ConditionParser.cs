using System.Collections.Immutable;
using GeoOffer.Query.Crs;

namespace GeoOffer.Query.Filters.Cql2Text;

/// <summary>
/// Reads conditions by recursive descent, as deep as the checker takes them. What stands in parentheses shows only afterwards to be a
/// condition, a value or a list: one reading serves all, so that nothing is read twice.
/// </summary>
internal sealed class ConditionParser
{
    private const string Missing = "a condition, or the property or value that starts one";
    private const string Predicates = "=, <>, <, <=, >, >=, LIKE, BETWEEN, IN or IS NULL";

    private readonly TokenCursor _tokens;
    private readonly TermMaker _terms;
    private readonly ArithmeticParser _arithmetic;

    public ConditionParser(TokenCursor tokens, PlaceMap<int> map, ReferenceSystem system)
    {
        _tokens = tokens;
        _terms = new TermMaker(map);
        _arithmetic = new ArithmeticParser(tokens, _terms, new OperandParser(tokens, _terms, new GeometryParser(tokens, system), this));
    }

    /// <summary>Reads a condition and makes sure that nothing follows.</summary>
    /// <exception cref="SyntaxException">The text is none.</exception>
    public Filter ParseWhole()
    {
        var root = AsCondition(ParseAny(Missing)).Condition!;
        return _tokens.Current.Kind == TokenKind.End
            ? root
            : throw _tokens.Fault(root is Holds ? $"a comparison of it ({Predicates}), AND, OR or the end" : "AND, OR or the end");
    }

    /// <summary>Reads a condition or a value, whatever comes.</summary>
    /// <param name="expected">What should come, for the error that nothing does.</param>
    public Term ParseAny(string expected) => ParseJoined(
        "OR", expected, (parser, missing) => parser.ParseJoined("AND", missing, (inner, last) => inner.ParseNegation(last), Filter.All), Filter.Any);

    /// <summary>Reads a value that is no condition, unless one in parentheses.</summary>
    public Term ParseValue() => _terms.AsValue(_arithmetic.Parse("a property or a value"));

    private Term ParseJoined(
        string word, string expected, Func<ConditionParser, string, Term> parse, Func<ImmutableArray<Filter>, Filter> join)
    {
        var first = parse(this, expected);
        if (!_tokens.Current.IsWord(word))
        {
            return first;
        }

        var members = new List<Term> { AsCondition(first) };
        while (_tokens.TryTakeWord(word))
        {
            members.Add(AsCondition(parse(this, Missing)));
        }

        return _terms.Condition(join([.. members.Select(member => member.Condition!)]), first.Start, [.. members]);
    }

    private Term ParseNegation(string expected)
    {
        var start = _tokens.Current.Start;
        if (!_tokens.TryTakeWord("NOT"))
        {
            return ParsePredicate(expected);
        }

        var operand = AsCondition(ParsePredicate(Missing));
        return _terms.Condition(new Not(operand.Condition!), start, operand);
    }

    private Term ParsePredicate(string expected)
    {
        var left = _arithmetic.Parse(expected);
        if (_tokens.Current.Kind == TokenKind.Symbol && Cql2Names.Comparison(_tokens.Current.Content) is { } comparison)
        {
            _tokens.Take();
            var (one, other) = (_terms.AsValue(left), ParseValue());
            return _terms.Condition(new Comparison(comparison, one.Value!, other.Value!), left.Start, one, other);
        }

        var isNegated = _tokens.TryTakeWord("NOT");
        if (ParseKeywordPredicate(left) is { } predicate)
        {
            return Negated(predicate, isNegated);
        }

        if (isNegated)
        {
            throw _tokens.Fault("LIKE, BETWEEN or IN");
        }

        if (!_tokens.TryTakeWord("IS"))
        {
            return left;
        }

        isNegated = _tokens.TryTakeWord("NOT");
        _tokens.TakeWord("NULL");
        var operand = _terms.AsValue(left);
        return Negated(_terms.Condition(new IsNull(operand.Value!), left.Start, operand), isNegated);
    }

    private Term? ParseKeywordPredicate(Term left)
    {
        if (_tokens.TryTakeWord("LIKE"))
        {
            var (operand, pattern) = (_terms.AsValue(left), ParsePattern());
            return _terms.Condition(new Like(operand.Value!, pattern.Value!), left.Start, operand, pattern);
        }

        if (_tokens.TryTakeWord("BETWEEN"))
        {
            var (operand, low) = (_terms.AsValue(left), ParseValue());
            _tokens.TakeWord("AND");
            var high = ParseValue();
            return _terms.Condition(new Between(operand.Value!, low.Value!, high.Value!), left.Start, operand, low, high);
        }

        if (!_tokens.TryTakeWord("IN"))
        {
            return null;
        }

        var (member, options) = (_terms.AsValue(left), ParseOptions());
        return _terms.Condition(
            new In(member.Value!, [.. options.Select(option => option.Value!)]), left.Start, [member, .. options]);
    }

    /// <summary>A literal text, in folds or bare.</summary>
    private Term ParsePattern()
    {
        var folds = new Stack<(Fold Fold, int Start)>();
        while (_tokens.Current.Kind == TokenKind.Word && Cql2Names.Folding(_tokens.Current.Content) is { } fold)
        {
            folds.Push((fold, _tokens.Take().Start));
            _tokens.Open();
        }

        var text = _tokens.Take(TokenKind.Text, "a pattern between single quotes");
        var pattern = _terms.Value(Literal.Of(text.Content), text.Start);
        while (folds.TryPop(out var around))
        {
            _tokens.Close(")");
            pattern = _terms.Value(new Folded(around.Fold, pattern.Value!), around.Start, pattern);
        }

        return pattern;
    }

    private List<Term> ParseOptions()
    {
        _tokens.TakeSymbol("(");
        var options = new List<Term>();
        do
        {
            options.Add(ParseValue());
        }
        while (_tokens.TryTakeSymbol(","));
        _tokens.TakeSymbol(")", ") or ,");
        return options;
    }

    private Term Negated(Term predicate, bool isNegated) =>
        isNegated ? _terms.Condition(new Not(predicate.Condition!), predicate.Start, predicate) : predicate;

    private Term AsCondition(Term term) => _terms.AsCondition(term) ?? throw _tokens.Fault($"a comparison of it: {Predicates}");
}
