using System.Collections.Immutable;
using System.Globalization;
using GeoOffer.Query.Catalogue;

namespace GeoOffer.Query.Filters;

/// <summary>Holds calls against the functions there are, and gives literal arguments the types that those take.</summary>
internal sealed class FunctionChecker(CheckContext context)
{
    private const int MeasuresSrid = 4326;

    private readonly GeometryChecker _geometries = new(context);

    /// <summary>The call with its arguments, which are checked by themselves already, and its name in lower case.</summary>
    public Operand Check(FunctionCall call, ImmutableArray<Operand> arguments, string path)
    {
        if (FilterFunctions.Find(call.Name) is not { } function)
        {
            context.Report(path, null, $"one of the functions {string.Join(", ", FilterFunctions.All.Select(known => known.Name))}", call.Name);
            return new Operand(call, default);
        }

        if (!function.Takes(call.Arguments.Length))
        {
            var got = string.Create(CultureInfo.InvariantCulture, $"{call.Arguments.Length} arguments");
            context.Report(path, null, function.ToString(), got);
            return new Operand(call, default);
        }

        var fitting = arguments.Select((argument, index) => Fit(
            argument, function, index, string.Create(CultureInfo.InvariantCulture, $"{path}/args/{index}")));
        return new Operand(new FunctionCall(function.Name, [.. fitting]), TypeOf(function.Result));
    }

    private Expression Fit(Operand argument, FilterFunction function, int index, string path)
    {
        if (argument.Type.IsUnknown)
        {
            return argument.Expression;
        }

        var wanted = function.ArgumentAt(index)!;
        switch (wanted.Type, argument.Expression)
        {
            case (FunctionType.Number, Literal { Value: Value.Integer whole }):
                return CheckLiteral(function, Literal.Of((double)whole.Content), path);
            case (FunctionType.Instant, Literal { Value: Value.Text text })
                when (Value.Read(PropertyType.Date, text.Content) ?? Value.Read(PropertyType.Timestamp, text.Content)) is { } instant:
                return new Literal(instant);
            case (FunctionType.Geometry, GeometryLiteral or BoundingBoxLiteral):
                return _geometries.Whole(argument.Expression, path, function.Name == "centroid" ? null : MeasuresSrid);
        }

        var fits = wanted.Type switch
        {
            FunctionType.Text => argument.Type.Scalar == PropertyType.Text,
            FunctionType.Number => argument.Type.IsNumeric,
            FunctionType.Instant => argument.Type.IsInstant,
            FunctionType.Geometry => argument.Type.Kind == OperandKind.Geometry,
            _ => throw new ArgumentOutOfRangeException(nameof(function), wanted.Type, null),
        };
        if (!fits)
        {
            context.Report(path, argument.Type.Property?.Name, Describe(wanted.Type), argument.Describe());
        }

        return CheckLiteral(function, argument.Expression, path);
    }

    private Expression CheckLiteral(FilterFunction function, Expression argument, string path)
    {
        switch (function.Name, argument)
        {
            case ("buffer", Literal { Value: Value.Text { Content: not ("m" or "M") } unit }):
                context.Report(path, null, "the unit 'm'", unit.Content);
                break;
            case ("buffer", Literal { Value: Value.Number { Content: < 0 or > FilterFunctions.MaximumBufferMetres } distance }):
                context.Report(path, null, "a distance from 0 to 1000000 metres", distance.ToString());
                break;
            case ("buffer", not (Literal or GeometryLiteral or BoundingBoxLiteral)) when path.EndsWith("/2", StringComparison.Ordinal):
                context.Report(path, null, "the unit 'm'", "an expression");
                break;
        }

        return argument;
    }

    private static OperandType TypeOf(FunctionType type) => type switch
    {
        FunctionType.Text => OperandType.Of(PropertyType.Text),
        FunctionType.Number => OperandType.Of(PropertyType.Number),
        FunctionType.Integer => OperandType.Of(PropertyType.Integer),
        FunctionType.Geometry => new OperandType(OperandKind.Geometry),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    private static string Describe(FunctionType type) => type switch
    {
        FunctionType.Text => OperandType.Describe(PropertyType.Text),
        FunctionType.Number => OperandType.Describe(PropertyType.Number),
        FunctionType.Instant => "a date or an instant",
        FunctionType.Geometry => "a geometry",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
