using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GeoOffer.Query.Catalogue;
using NetTopologySuite.Geometries;

namespace GeoOffer.Query.Sql;

/// <summary>
/// Composes one statement from parts: text of the program, quoted identifiers, and values, which only ever become numbered parameters.
/// Parts share the numbering, so a condition written by <see cref="FilterSql"/> fits into any larger statement.
/// </summary>
public sealed class SqlBuilder
{
    private readonly StringBuilder _text = new();
    private readonly ImmutableArray<SqlParameter>.Builder _parameters = ImmutableArray.CreateBuilder<SqlParameter>();

    /// <summary>Appends text of the program; never anything that came from outside.</summary>
    public SqlBuilder Append(string sql)
    {
        _text.Append(sql);
        return this;
    }

    /// <summary>Appends a number as text, for the planner to know it; each is a statement of its own.</summary>
    public SqlBuilder AppendNumber(long number)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{number}");
        return this;
    }

    /// <summary>Appends an identifier, quoted.</summary>
    public SqlBuilder AppendIdentifier(string name)
    {
        _text.Append(Quote(name));
        return this;
    }

    /// <summary>Appends a column of an alias.</summary>
    public SqlBuilder AppendColumn(string alias, string column)
    {
        _text.Append(Column(alias, column));
        return this;
    }

    /// <summary>Appends items with a separator between them.</summary>
    public SqlBuilder AppendJoin<T>(string separator, IEnumerable<T> items, Action<T> append)
    {
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
            {
                _text.Append(separator);
            }

            isFirst = false;
            append(item);
        }

        return this;
    }

    /// <summary>Appends a table or view with its schema.</summary>
    public SqlBuilder AppendRelation(Relation relation)
    {
        _text.Append(Quote(relation.Schema)).Append('.').Append(Quote(relation.Name));
        return this;
    }

    /// <summary>Appends the placeholder of a new parameter.</summary>
    public SqlBuilder AppendParameter(object? value, SqlParameterType type)
    {
        _text.Append(AddParameter(value, type));
        return this;
    }

    /// <summary>Appends the placeholder of a value of a property.</summary>
    public SqlBuilder AppendParameter(Value value) => Append(AddParameter(value));

    /// <summary>Appends the placeholder of a geometry.</summary>
    public SqlBuilder AppendParameter(Geometry geometry) => AppendParameter(geometry, SqlParameterType.Geometry);

    /// <summary>Adds a parameter and returns its placeholder, to be appended as often as needed.</summary>
    public string AddParameter(object? value, SqlParameterType type)
    {
        _parameters.Add(new SqlParameter(value, type));
        return string.Create(CultureInfo.InvariantCulture, $"${_parameters.Count}");
    }

    /// <summary>Adds a value of a property and returns its placeholder.</summary>
    public string AddParameter(Value value) => value switch
    {
        Value.Text text => AddParameter(text.Content, SqlParameterType.Text),
        Value.Integer integer => AddParameter(integer.Content, SqlParameterType.Integer),
        Value.Number number => AddParameter(number.Content, SqlParameterType.Number),
        Value.Boolean boolean => AddParameter(boolean.Content, SqlParameterType.Boolean),
        // As parameters the driver would send the first and the last day as infinite.
        Value.Date { Content: var day } when day == DateOnly.MinValue => "DATE '0001-01-01'",
        Value.Date { Content: var day } when day == DateOnly.MaxValue => "DATE '9999-12-31'",
        Value.Timestamp { Content: var moment } when moment == DateTimeOffset.MinValue => "TIMESTAMPTZ '0001-01-01T00:00:00Z'",
        Value.Date date => AddParameter(date.Content, SqlParameterType.Date),
        Value.Timestamp timestamp => AddParameter(timestamp.Content, SqlParameterType.Timestamp),
        Value.TextArray array => AddParameter(array.Content.ToArray(), SqlParameterType.TextArray),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, null),
    };

    /// <summary>The statement so far.</summary>
    public SqlText Build() => new(_text.ToString(), _parameters.ToImmutable());

    internal static string Column(string alias, string column) => $"{alias}.{Quote(column)}";

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
