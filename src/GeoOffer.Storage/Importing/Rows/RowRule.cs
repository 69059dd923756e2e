namespace GeoOffer.Storage.Importing.Rows;

/// <summary>What is settled between the fields of a row once each has been read.</summary>
internal abstract class RowRule
{
    /// <summary>Settles it in a row.</summary>
    public abstract void Apply(RowDraft row, ImportContext context);

    /// <summary>Fields that are written because of this rule when the file has some other.</summary>
    public virtual IEnumerable<string> AlsoWrites(IReadOnlySet<string> fileFields) => [];
}
