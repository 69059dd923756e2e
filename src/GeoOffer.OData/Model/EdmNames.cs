using System.Globalization;
using System.Text.RegularExpressions;

namespace GeoOffer.OData.Model;

/// <summary>Names of the model (OData CSDL 4.01, 15.2).</summary>
internal static partial class EdmNames
{
    /// <summary>The namespace of the types.</summary>
    public const string Types = "GeoOffer";

    /// <summary>The namespace of the container, apart from the types so that no collection can bear its name.</summary>
    public const string Service = "GeoOffer.Service";

    /// <summary>The name of the container.</summary>
    public const string Container = "Container";

    /// <summary>The id of a collection without strokes, each word with a capital: <c>pilot-areas</c> is <c>PilotAreas</c>.</summary>
    public static string OfCollection(string id)
    {
        var name = string.Concat(id.Split('-', '_', '.', ' ').Where(word => word.Length > 0)
            .Select(word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..]));
        return name.Length > 0 && char.IsLetter(name[0]) ? name : "_" + name;
    }

    /// <summary>Whether a name can stand in a model.</summary>
    public static bool IsIdentifier(string name) => Identifier().IsMatch(name);

    [GeneratedRegex(@"^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
