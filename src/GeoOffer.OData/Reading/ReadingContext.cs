using GeoOffer.OData.Model;
using Microsoft.OData.UriParser;

namespace GeoOffer.OData.Reading;

/// <summary>What the reading of one query option knows.</summary>
/// <param name="Set">The entity set.</param>
/// <param name="Aliases">The values of parameter aliases, by their names.</param>
/// <param name="At">The query option.</param>
/// <param name="Text">What it says.</param>
internal sealed record ReadingContext(EntitySet Set, IDictionary<string, SingleValueNode> Aliases, string At, string Text)
{
    public ODataFaultException Malformed(string expected, string got) => new(ODataFault.Malformed(At, expected, got));

    public ODataFaultException NotSupported(string what) => new(ODataFault.NotSupported(At, "what this service can compute", what));

    /// <summary>The node without conversions of the library, which the checker of filters makes by its own rules, and with the value of its alias.</summary>
    public QueryNode Bare(QueryNode node) => node switch
    {
        ConvertNode convert => Bare(convert.Source),
        ParameterAliasNode alias => Aliases.TryGetValue(alias.Alias, out var value) && value is not null ? Bare(value) : new ConstantNode(null),
        _ => node,
    };
}
