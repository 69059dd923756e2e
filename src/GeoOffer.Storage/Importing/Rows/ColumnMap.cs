using GeoOffer.Storage.Importing.Fields;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>What a name in the file stands for.</summary>
/// <param name="Field">The field; null when it is none.</param>
/// <param name="Position">The part of a geometry that it holds; null when none.</param>
/// <param name="Rank">Of several names for one field, the least goes first.</param>
/// <param name="IsLeftOut">Whether the request says to leave it out.</param>
internal sealed record ColumnTarget(ImportField? Field, PositionPart? Position, int Rank, bool IsLeftOut = false);

/// <summary>Finds the field of a name: as the request says, by the name of the field, by one of its other names.</summary>
internal sealed class ColumnMap
{
    private const int MostNames = 5_000;

    private readonly Dictionary<string, ColumnTarget> _byNormalName = [];
    private readonly Dictionary<string, ColumnTarget> _byName = [];
    private readonly ColumnTarget _none = new(null, null, int.MaxValue);

    /// <exception cref="ImportRequestException">The mapping or a fixed value names no field.</exception>
    public ColumnMap(ImportCollection collection, ImportRequest request)
    {
        var fixedFields = request.FixedValues.Keys.Select(name => Require(collection, name, "fixed value")).ToHashSet();
        foreach (var (part, names) in PositionNames.All)
        {
            Add(names, (_, rank) => new ColumnTarget(null, part, rank));
        }

        // A profile has brought columns to their own names, mapped ones among them; other names are those of columns that it leaves alone.
        var isProfiled = request.Profile is not null;
        foreach (var field in collection.Fields.Where(field => !fixedFields.Contains(field)))
        {
            Add(isProfiled ? [field.Column] : [field.Column, .. field.Aliases], (_, rank) => new ColumnTarget(field, null, rank));
        }

        if (collection.Role == CollectionRole.Layer)
        {
            // The columns of a layer are those of its file: none is taken for another that is merely spelt alike.
            foreach (var field in collection.Fields.Where(field => field.Aliases.Count > 0))
            {
                _byName[field.Aliases[0]] = new ColumnTarget(field, null, 0);
            }
        }

        foreach (var (column, name) in request.Mapping.Where(_ => !isProfiled))
        {
            _byName.Remove(column);
            _byNormalName[FieldName.Normalise(column)] = Mapped(collection, name);
        }
    }

    /// <summary>The part of a geometry that a column of this name holds in formats without geometry; null when none.</summary>
    public static PositionPart? PositionOf(string name)
    {
        var normal = FieldName.Normalise(name);
        return PositionNames.All.Where(p => p.Names.Any(n => FieldName.Normalise(n) == normal)).Select(p => (PositionPart?)p.Part).FirstOrDefault();
    }

    /// <summary>What a name stands for.</summary>
    public ColumnTarget Find(string name)
    {
        if (!_byName.TryGetValue(name, out var target))
        {
            target = _byNormalName.GetValueOrDefault(FieldName.Normalise(name), _none);
            if (_byName.Count < MostNames)
            {
                _byName.Add(name, target);
            }
        }

        return target;
    }

    private static ColumnTarget Mapped(ImportCollection collection, string name)
    {
        if (name.Length == 0)
        {
            return new ColumnTarget(null, null, -1, IsLeftOut: true);
        }

        var position = PositionOf(name);
        return position is not null && collection.Find(name) is null
            ? new ColumnTarget(null, position, -1)
            : new ColumnTarget(Require(collection, name, "mapping"), null, -1);
    }

    private static ImportField Require(ImportCollection collection, string name, string what) =>
        collection.Find(name)
        ?? throw new ImportRequestException(
            what,
            $"{collection.Name} has no field '{name}'; its fields are {string.Join(", ", collection.Fields.Select(f => f.Column))}");

    private void Add(string[] names, Func<string, int, ColumnTarget> make)
    {
        for (var rank = 0; rank < names.Length; rank++)
        {
            var name = FieldName.Normalise(names[rank]);
            if (!_byNormalName.TryGetValue(name, out var earlier) || rank < earlier.Rank || earlier.Position is not null)
            {
                _byNormalName[name] = make(name, rank);
            }
        }
    }
}
