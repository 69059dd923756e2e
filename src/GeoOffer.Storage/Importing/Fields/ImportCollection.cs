using GeoOffer.Storage.Importing.Rows;

namespace GeoOffer.Storage.Importing.Fields;

/// <summary>What else depends on the rows of a collection.</summary>
internal enum CollectionRole
{
    /// <summary>Nothing.</summary>
    Register,

    /// <summary>Sites lie in its areas.</summary>
    Container,

    /// <summary>Each kind is a layer that distances are measured to.</summary>
    ProximityLayers,

    /// <summary>Each kind is a layer that overlaps are measured with.</summary>
    ConstraintLayers,

    /// <summary>The sites themselves.</summary>
    Sites,

    /// <summary>A layer with columns of its own, in a table of its own.</summary>
    Layer,
}

/// <summary>A collection that can be imported, told by a table of its fields.</summary>
/// <param name="Name">Its name in the catalogue.</param>
/// <param name="Table">Its table in the schema <c>geooffer</c>.</param>
/// <param name="Role">What depends on it.</param>
/// <param name="Fields">Its fields; each has a column of the same name.</param>
/// <param name="Geometry">What geometries it takes.</param>
internal sealed record ImportCollection(
    string Name, string Table, CollectionRole Role, IReadOnlyList<ImportField> Fields, GeometryRule Geometry)
{
    private readonly Dictionary<string, int> _ordinals =
        Fields.Select((field, ordinal) => (field.Column, ordinal)).ToDictionary(f => f.Column, f => f.ordinal);

    /// <summary>What is settled between the fields of a row, in this order.</summary>
    public IReadOnlyList<RowRule> Rules { get; init; } = [];

    /// <summary>What is settled between all rows and the database.</summary>
    public IReadOnlyList<string> SetChecks { get; init; } = [];

    /// <summary>Whether its kinds are layers: they have a coverage, and keep in <c>attributes</c> what has no column.</summary>
    public bool IsLayers => Role is CollectionRole.ProximityLayers or CollectionRole.ConstraintLayers;

    /// <summary>The place of a field in a row.</summary>
    public int Ordinal(string column) => _ordinals[column];

    /// <summary>The field of this name; null when there is none.</summary>
    public ImportField? Find(string name)
    {
        var normal = FieldName.Normalise(name);
        return Fields.FirstOrDefault(field => FieldName.Normalise(field.Column) == normal)
            ?? Fields.FirstOrDefault(field => field.Aliases.Any(alias => FieldName.Normalise(alias) == normal));
    }
}
