using System.Collections.Immutable;
using System.Reflection;
using GeoOffer.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace GeoOffer.Storage.Demonstration;

/// <summary>The table of a register and those of its columns that a row brings along, from the model.</summary>
/// <param name="Name">The name of the table, quoted and with its schema.</param>
/// <param name="StageName">The name of the temporary table that new rows wait in.</param>
/// <param name="Columns">Columns, without keys and marks that the database gives.</param>
internal sealed record RegisterTable(string Name, string StageName, ImmutableArray<RegisterColumn> Columns)
{
    private static readonly ImmutableHashSet<string> GivenByTheDatabase = ["Id", "DatasetId", "ChangeSetId", "Completeness"];

    /// <summary>The table that rows of this type are kept in.</summary>
    public static RegisterTable Of<TRow>(GeoOfferContext context)
    {
        var entity = context.Model.FindEntityType(typeof(TRow))!;
        var table = entity.GetTableName()!;
        return new RegisterTable(
            $"{GeoOfferContext.Schema}.\"{table}\"",
            $"demonstration_{table}",
            [.. entity.GetProperties().Where(property => !GivenByTheDatabase.Contains(property.Name)).Select(ToColumn)]);
    }

    /// <summary>The columns between commas, each after a prefix.</summary>
    public string List(string prefix = "") => string.Join(", ", Columns.Select(column => $"{prefix}\"{column.Name}\""));

    private static RegisterColumn ToColumn(IProperty property) =>
        new(property.GetColumnName(), property.GetColumnType().Split('(')[0], property.PropertyInfo!);
}

/// <summary>One column of a register.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">Its type in PostgreSQL, without modifiers.</param>
/// <param name="Property">The property that it holds.</param>
internal sealed record RegisterColumn(string Name, string TypeName, PropertyInfo Property);
