using GeoOffer.Query.Sql;

namespace GeoOffer.Storage.Layers;

/// <summary>How the features of a layer are cut into the pieces that sites are measured against.</summary>
internal static class LayerPieces
{
    /// <summary>Cuts features that fulfil the condition of their layer; further conditions on the features, <c>t</c>, may follow after AND.</summary>
    public static SqlBuilder Insert(string pieces, string features, string name, LayerRole role, string? severity, LayerCondition? condition)
    {
        var sql = new SqlBuilder().Append($"INSERT INTO {pieces} ");
        if (role == LayerRole.Proximity)
        {
            sql.Append("SELECT t.id, ST_Subdivide(geooffer.measurable(part.geom, r.metric_srid), 24) FROM geooffer.region AS r")
                .Append($" CROSS JOIN {features} AS t CROSS JOIN LATERAL ST_Dump(t.geom) AS part WHERE ");
        }
        else
        {
            sql.Append($"SELECT t.id, '{name}', {(severity == "excludes" ? "true" : "false")}, ST_Subdivide(t.geom, 32) FROM {features} AS t WHERE ");
        }

        if (condition is null)
        {
            return sql.Append("TRUE");
        }

        condition.AppendTo(sql, "t");
        return sql;
    }
}
