using System.Security.Cryptography;
using System.Text.Json;
using GeoOffer.Query.Catalogue;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Fields;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Importing.Rows;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Editing;

/// <summary>Makes of a draft the row that is to be stored, by the rules of imports; all that is wrong with it is found at once.</summary>
/// <param name="collection">The collection as the editor knows it.</param>
/// <param name="target">Where it is stored.</param>
/// <param name="context">What the database says that rows are checked against.</param>
internal sealed class FeatureReview(Collection collection, EditTarget target, ImportContext context)
{
    private readonly List<EditFault> _faults = [];

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<EditFault> Faults => _faults;

    private ImportCollection Rules => target.Rules;

    /// <summary>A new feature.</summary>
    public RowDraft Create(FeatureDraft draft)
    {
        var row = NewRow();
        Take(draft, row, id: null, null);
        if (row["code"] is null && !row.IsRejected("code") && IsFreeCode)
        {
            row["code"] = NewCode();
        }

        return Settle(draft, row, null);
    }

    /// <summary>A feature that is only what the draft says, but for what its editor cannot see or set.</summary>
    public RowDraft Replace(FeatureDraft draft, StoredFeature stored)
    {
        var row = NewRow();
        for (var ordinal = 0; ordinal < Rules.Fields.Count; ordinal++)
        {
            var field = Rules.Fields[ordinal];
            var isStated = collection.Find(field.Column) is { IsWritable: true } && field.Column != collection.Key.Column;
            row[field.Column] = isStated && field.KeptWhenNull is null ? null : stored.Values[ordinal];
        }

        Take(draft, row, (string)row["code"]!, stored.Geometry);
        return Settle(draft, row, stored);
    }

    /// <summary>A feature with some of its properties changed.</summary>
    public RowDraft Update(FeatureDraft draft, StoredFeature stored)
    {
        var row = NewRow();
        for (var ordinal = 0; ordinal < Rules.Fields.Count; ordinal++)
        {
            row[Rules.Fields[ordinal].Column] = stored.Values[ordinal];
        }

        row.Geometry = stored.Geometry;
        var stated = draft.Properties.Keys.ToHashSet();
        foreach (var dependent in Rules.Rules.SelectMany(rule => rule.AlsoWrites(stated)).Where(column => !stated.Contains(column)))
        {
            row[dependent] = null;
        }

        Take(draft, row, (string)row["code"]!, stored.Geometry);
        return Settle(draft, row, stored);
    }

    private RowDraft NewRow() => new(Rules, new SourceRow(1, "", []));

    /// <summary>Whether any text can be an id: those of the territory are given by ISTAT, and a layer may make them of a property.</summary>
    private bool IsFreeCode => target.KeyProperty is null && Rules.Fields[Rules.Ordinal("code")].Type is not DigitsType;

    /// <summary>An id of letters and digits that are not easily taken for each other.</summary>
    private static string NewCode() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 12);

    private void Take(FeatureDraft draft, RowDraft row, string? id, Geometry? stored)
    {
        foreach (var (name, value) in draft.Properties)
        {
            if (collection.Find(name) is not { } property)
            {
                _faults.Add(new EditFault(name, "", $"a property of {collection.Id}: {string.Join(", ", Writable)}", "an unknown property"));
            }
            else if (property.Name == collection.Key.Name && id is not null)
            {
                if (value is not null && value.ToString() != id)
                {
                    _faults.Add(new EditFault(name, "", $"{id}: the id of a feature is never changed", value.ToString()));
                }
            }
            else if (property.IsWritable)
            {
                Take(row, Rules.Fields[Rules.Ordinal(property.Column)], value);
            }
        }

        if (draft.Geometry is { } geometry)
        {
            if (collection.Geometry is { IsWritable: true } writable)
            {
                row.Geometry = new GeometryReview(Rules.Geometry, writable, target.Layer is null ? context.Extent : null).Review(geometry, stored, _faults);
            }
            else if (collection.Geometry is null && geometry.Geometry is not null)
            {
                _faults.Add(new EditFault("geometry", "", "null: features of the collection have no geometry", geometry.Geometry.GeometryType));
            }
        }
    }

    private IEnumerable<string> Writable => collection.Properties.Where(property => property.IsWritable).Select(property => property.Name);

    private static void Take(RowDraft row, ImportField field, Value? value)
    {
        row[field.Column] = null;
        if (value is null)
        {
            return;
        }

        var source = ToSource(value);
        if (source.Kind == SourceValueKind.Null)
        {
            return;
        }

        var reading = field.Type.Read(source);
        row[field.Column] = reading.Value;
        if (reading.Problem is { } problem)
        {
            row.Reject(field.Column, field.IsPersonal ? "(withheld)" : source.Describe(), problem.Code, problem.Reason, field.IsPersonal ? null : problem.Fix);
        }
    }

    private RowDraft Settle(FeatureDraft draft, RowDraft row, StoredFeature? stored)
    {
        var isGeometryAtFault = _faults.Exists(fault => fault.Property == collection.Geometry?.Name);
        if (draft.Geometry is null && row.Geometry is null && stored is null && Rules.Geometry.Missing == MissingGeometry.Rejected)
        {
            _faults.Add(new EditFault(collection.Geometry?.Name ?? "geometry", "", "a geometry", "none"));
        }

        var isKeyMissing = target.KeyProperty is { } identifying && row[identifying] is null;
        if (isKeyMissing)
        {
            _faults.Add(new EditFault(target.KeyProperty!, "", "a value: it identifies the feature", "null"));
        }

        var code = stored is null ? null : row["code"];
        if (!isGeometryAtFault && !isKeyMissing)
        {
            foreach (var rule in Rules.Rules)
            {
                rule.Apply(row, context);
            }
        }

        if (code is not null && !Equals(row["code"], code))
        {
            // The kind of a station is a part of its id when it is new, and stays there when it turns out to be of another kind.
            row["code"] = code;
            if (target.KeyProperty is { } property)
            {
                row.Reject(property, null, RejectionCode.Contradiction, $"{code}: the property identifies the feature");
            }
        }

        row.Complete();
        _faults.AddRange(row.Rejections.Select(ToFault));
        return row;
    }

    private static EditFault ToFault(RowProblem problem) => new(
        problem.Field ?? "", "", problem.Fix is null ? problem.Reason : $"{problem.Reason}: {problem.Fix}?", problem.Value ?? "null");

    private static SourceValue ToSource(Value value) => value switch
    {
        Value.Text text => SourceValue.OfText(text.Content),
        Value.Integer number => SourceValue.Of(number.Content),
        Value.Number number => SourceValue.Of(number.Content),
        Value.Boolean truth => SourceValue.Of(truth.Content),
        Value.Date day => SourceValue.Of(day.Content),
        Value.Timestamp instant => SourceValue.Of(instant.Content),
        Value.TextArray texts => SourceValue.OfJson(JsonSerializer.SerializeToElement(texts.Content)),
        _ => throw new InvalidOperationException($"A value of type {value.Type} cannot be stored."),
    };
}
