using GeoOffer.PostGis.Tiles;
using GeoOffer.Query.Sql;

namespace GeoOffer.Storage.Tiles;

/// <summary>Writes the one statement of a tile.</summary>
internal static class TileSql
{
    private const string Alias = "t";
    private const int StorageSrid = 4326;

    /// <summary>
    /// The features whose box meets the tile with its buffer, as records. The box of the index decides alone: what does not reach the tile
    /// is left out when it is drawn, which finds out anyway.
    /// </summary>
    public static FeatureStatement Select(TileQuery query, TileFrame frame)
    {
        var collection = query.Collection;
        var geometry = collection.Geometry ?? throw new ArgumentException($"{collection.Id} has no geometry.", nameof(query));
        string[] members = [collection.Key.Column, geometry.Column, .. query.Properties.Select(property => property.Column)];
        var builder = new SqlBuilder().Append("SELECT ROW(");
        builder.AppendJoin(", ", members, member => builder.AppendColumn(Alias, member));
        builder.Append(") FROM ").AppendRelation(collection.Relation).Append($" AS {Alias} WHERE ");
        FilterSql.AppendVisibility(builder, collection, query.Role, Alias);
        builder.Append(" AND ").AppendColumn(Alias, geometry.Column).Append(" && ST_MakeEnvelope(");
        double[] box = [frame.Box.MinX, frame.Box.MinY, frame.Box.MaxX, frame.Box.MaxY];
        builder.AppendJoin(", ", box, edge => builder.AppendParameter(edge, SqlParameterType.Number)).Append($", {StorageSrid})");
        if (query.Filter is { } filter)
        {
            builder.Append(" AND ");
            FilterSql.Append(builder, filter, Alias);
        }

        return new FeatureStatement(builder.Build(), new FeatureColumns(collection.Key, geometry, query.Properties, []));
    }
}
