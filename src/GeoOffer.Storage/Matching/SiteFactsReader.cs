using System.Data.Common;
using GeoOffer.Domain;
using GeoOffer.Domain.Scouting;
using GeoOffer.PostGis;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Sql;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Reading;
using Npgsql;

namespace GeoOffer.Storage.Matching;

/// <summary>A site with all that its reasons are made of.</summary>
internal sealed record SiteRow(SiteFacts Facts, string NameIt, string? NameEn, double Completeness, DateOnly? VerifiedOn, Ewkb? Geometry);

/// <summary>Reads the stored facts of some sites, with the features and sources they came from: two statements, whatever the number of sites.</summary>
internal sealed class SiteFactsReader(NpgsqlConnection connection, IReadOnlyList<FactLayer> layers, Role role)
{
    /// <summary>The rows of the given sites, by their code.</summary>
    public async Task<IReadOnlyDictionary<string, SiteRow>> ReadAsync(string[] codes, AreaOfInterest? within, CancellationToken cancellationToken)
    {
        var (rows, provenance) = await ReadRowsAsync(codes, within, cancellationToken);
        var features = await ReadFeaturesAsync(rows, cancellationToken);
        return rows.ToDictionary(row => row.Code, row => ToSite(row, provenance, features));
    }

    private async Task<(List<Row> Rows, Dictionary<string, LayerProvenance> Provenance)> ReadRowsAsync(
        string[] codes, AreaOfInterest? within, CancellationToken cancellationToken)
    {
        var sql = new SqlBuilder().Append(
            """
            SELECT s.code, s.name_it, s.name_en, s.completeness, s.verified_on, d.source, s.geom, s.kind, s.functions,
              f.municipality_code, f.province_code, f.measured_area_ha, f.net_area_ha, f.net_area_missing,
              f.gross_area_declared_ha, f.useful_area_ha, f.for_sale_area_ha, ST_Dimension(s.geom) = 2,
            """);
        if (within?.Geometry is { } geometry)
        {
            sql.Append(" ST_CoveredBy(s.geom, ").AppendParameter(geometry).Append(")");
        }
        else
        {
            sql.Append(" NULL::boolean");
        }

        foreach (var layer in layers)
        {
            sql.Append(", ").AppendColumn("f", layer.ValueColumn).Append(", ").AppendColumn("f", layer.FeatureColumn);
        }

        sql.Append(" FROM geooffer.site AS s JOIN geooffer.site_fact AS f ON f.site_id = s.id LEFT JOIN geooffer.dataset AS d ON d.id = s.dataset_id")
            .Append(" WHERE s.code = ANY (").AppendParameter(codes, SqlParameterType.TextArray).Append(")");
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                sql.Build().ToBatchCommand(),
                new(
                    """
                    SELECT l.name, l.coverage IS NULL, newest.source, newest.as_of
                    FROM geooffer.fact_layer AS l
                    LEFT JOIN LATERAL (
                      SELECT d.source, d.as_of FROM geooffer.dataset_coverage AS c JOIN geooffer.dataset AS d ON d.id = c.dataset_id
                      WHERE c.layer = l.name ORDER BY d.as_of DESC NULLS LAST, d.id DESC LIMIT 1) AS newest ON true
                    """),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var rows = new List<Row>(codes.Length);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(Row.Read(reader, layers));
        }

        await reader.NextResultAsync(cancellationToken);
        var provenance = new Dictionary<string, LayerProvenance>();
        while (await reader.ReadAsync(cancellationToken))
        {
            provenance.Add(reader.GetString(0), new LayerProvenance(reader.GetBoolean(1), Text(reader, 2), Date(reader, 3)));
        }

        return (rows, provenance);
    }

    private async Task<Dictionary<(string Collection, long Id), FeatureProvenance>> ReadFeaturesAsync(List<Row> rows, CancellationToken cancellationToken)
    {
        long[] Keys(string collection) =>
        [
            .. rows.SelectMany(row => layers.Index().Where(layer => layer.Item.Collection == collection).Select(layer => row.Features[layer.Index]))
                .OfType<long>().Distinct(),
        ];
        var features = new Dictionary<(string, long), FeatureProvenance>();
        await using var command = new NpgsqlCommand(
            """
            SELECT 'infrastructure', i.id, i.code, i.name_it, d.source, d.as_of, i.is_public
            FROM geooffer.infrastructure AS i LEFT JOIN geooffer.dataset AS d ON d.id = i.dataset_id WHERE i.id = ANY ($1)
            UNION ALL
            SELECT 'constraints', c.id, c.code, c.name_it, d.source, d.as_of, c.is_public
            FROM geooffer.constraint_area AS c LEFT JOIN geooffer.dataset AS d ON d.id = c.dataset_id WHERE c.id = ANY ($2)
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = Keys("infrastructure") });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = Keys("constraints") });
        await ReadFeaturesAsync(command, features, cancellationToken);
        var imported = layers.Select(layer => layer.Collection).Where(name => name is not ("infrastructure" or "constraints")).Distinct()
            .Select(name => (Name: name, Keys: Keys(name))).Where(layer => layer.Keys.Length > 0).ToList();
        if (imported.Count > 0)
        {
            await ReadImportedAsync(imported, features, cancellationToken);
        }

        return features;
    }

    /// <summary>Features of imported layers, out of the tables that hold in this snapshot.</summary>
    private async Task ReadImportedAsync(
        List<(string Name, long[] Keys)> imported, Dictionary<(string, long), FeatureProvenance> features, CancellationToken cancellationToken)
    {
        var selects = new List<string>();
        await using var command = new NpgsqlCommand { Connection = connection };
        await using (var find = new NpgsqlCommand(
            """
            SELECT l.name, format('SELECT %L, t.id, t.code, %s, %L, %L::date, true FROM geooffer_layers.%I AS t', l.name,
              CASE WHEN l.label_column IS NULL THEN 'NULL::text' ELSE 't.' || quote_ident(l.label_column) || '::text' END, d.source, d.as_of, l.relation)
            FROM geooffer.layer AS l JOIN geooffer.dataset AS d ON d.id = l.dataset_id WHERE NOT l.dropped AND l.name = ANY ($1)
            """,
            connection))
        {
            find.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. imported.Select(layer => layer.Name)] });
            await using var reader = await find.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var name = reader.GetString(0);
                command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = imported.First(layer => layer.Name == name).Keys });
                selects.Add($"{reader.GetString(1)} WHERE t.id = ANY (${command.Parameters.Count})");
            }
        }

        if (selects.Count > 0)
        {
            command.CommandText = string.Join(" UNION ALL ", selects);
            await ReadFeaturesAsync(command, features, cancellationToken);
        }
    }

    private async Task ReadFeaturesAsync(
        NpgsqlCommand command, Dictionary<(string, long), FeatureProvenance> features, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (collection, id) = (reader.GetString(0), reader.GetInt64(1));
            var isVisible = role >= Role.Scout || reader.GetBoolean(6);
            features.Add((collection, id), new FeatureProvenance(
                isVisible ? new FeatureReference(collection, reader.GetString(2), Text(reader, 3)) : null, Text(reader, 4), Date(reader, 5)));
        }
    }

    private SiteRow ToSite(
        Row row, Dictionary<string, LayerProvenance> provenance, Dictionary<(string Collection, long Id), FeatureProvenance> features)
    {
        var distances = new Dictionary<string, Fact>();
        var overlaps = new Dictionary<string, Fact>();
        for (var place = 0; place < layers.Count; place++)
        {
            var layer = layers[place];
            (layer.IsProximity ? distances : overlaps).Add(layer.Name, ToFact(row, place, layer, provenance.GetValueOrDefault(layer.Name, Gone), features));
        }

        return new SiteRow(
            new SiteFacts
            {
                Code = row.Code,
                Kind = row.Kind,
                Functions = row.Functions.ToValueList(),
                Areas = Areas(row, provenance),
                Distances = distances,
                Overlaps = overlaps,
                MunicipalityCode = row.MunicipalityCode,
                ProvinceCode = row.ProvinceCode,
                InsideGeometry = row.IsInside,
                SheetSource = row.Source,
                SheetAsOf = row.VerifiedOn,
            },
            row.NameIt,
            row.NameEn,
            row.Completeness,
            row.VerifiedOn,
            row.Geometry);
    }

    private static Fact ToFact(
        Row row, int place, FactLayer layer, LayerProvenance provenance, Dictionary<(string Collection, long Id), FeatureProvenance> features)
    {
        if (row.Values[place] is { } value)
        {
            var feature = row.Features[place] is { } id ? features.GetValueOrDefault((layer.Collection, id)) : null;

            // A source goes with its own day: that of another dataset says nothing about it.
            return feature?.Source is { } source
                ? Fact.Known(value, feature.Reference, source, feature.AsOf)
                : Fact.Known(value, feature?.Reference, provenance.Source, provenance.AsOf);
        }

        var isMeasurable = layer.IsProximity ? row.Geometry is not null : row.IsPolygon;
        var because = provenance.IsMissing ? UnknownBecause.LayerMissing
            : !isMeasurable ? UnknownBecause.NoPolygon
            : UnknownBecause.NotCovered;
        return Fact.Unknown(because, provenance.Source, provenance.AsOf);
    }

    private static Dictionary<AreaBasis, Fact> Areas(Row row, Dictionary<string, LayerProvenance> provenance)
    {
        Fact Of(double? value, UnknownBecause because) =>
            value is { } known ? Fact.Known(known, null, row.Source, row.VerifiedOn) : Fact.Unknown(because, row.Source, row.VerifiedOn);
        var netIsUnknownBecause = !row.IsPolygon ? UnknownBecause.NoPolygon
            : row.NetAreaMissing.Any(layer => provenance.TryGetValue(layer, out var known) && known.IsMissing) ? UnknownBecause.LayerMissing
            : UnknownBecause.NotCovered;
        return new Dictionary<AreaBasis, Fact>
        {
            [AreaBasis.Gross] = Of(row.MeasuredAreaHa, UnknownBecause.NoPolygon),
            [AreaBasis.Net] = Of(row.NetAreaHa, netIsUnknownBecause),
            [AreaBasis.Declared] = Of(row.DeclaredAreaHa, UnknownBecause.NotStated),
            [AreaBasis.Useful] = Of(row.UsefulAreaHa, UnknownBecause.NotStated),
            [AreaBasis.ForSale] = Of(row.ForSaleAreaHa, UnknownBecause.NotStated),
        };
    }

    // A criterion that was withdrawn a moment ago, and is still in the catalogue that the brief was read with.
    private static LayerProvenance Gone { get; } = new(true, null, null);

    private static string? Text(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);

    private static DateOnly? Date(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetFieldValue<DateOnly>(ordinal);

    private static double? Number(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetDouble(ordinal);

    private sealed record LayerProvenance(bool IsMissing, string? Source, DateOnly? AsOf);

    private sealed record FeatureProvenance(FeatureReference? Reference, string? Source, DateOnly? AsOf);

    private sealed record Row(
        string Code, string NameIt, string? NameEn, double Completeness, DateOnly? VerifiedOn, string? Source, Ewkb? Geometry, string Kind, string[] Functions,
        string? MunicipalityCode, string? ProvinceCode, double? MeasuredAreaHa, double? NetAreaHa, string[] NetAreaMissing, double? DeclaredAreaHa, double? UsefulAreaHa,
        double? ForSaleAreaHa, bool IsPolygon, bool? IsInside, double?[] Values, long?[] Features)
    {
        private const int FirstLayer = 19;

        public static Row Read(NpgsqlDataReader reader, IReadOnlyList<FactLayer> layers) => new(
            reader.GetString(0), reader.GetString(1), Text(reader, 2), reader.GetDouble(3), Date(reader, 4), Text(reader, 5),
            reader.IsDBNull(6) ? null : reader.GetFieldValue<Ewkb>(6), reader.GetString(7), reader.GetFieldValue<string[]>(8),
            Text(reader, 9), Text(reader, 10), Number(reader, 11), Number(reader, 12), reader.GetFieldValue<string[]>(13), Number(reader, 14), Number(reader, 15),
            Number(reader, 16), !reader.IsDBNull(17) && reader.GetBoolean(17), reader.IsDBNull(18) ? null : reader.GetBoolean(18),
            [.. layers.Index().Select(layer => Number(reader, FirstLayer + (2 * layer.Index)))],
            [.. layers.Index().Select(layer => Key(reader, FirstLayer + (2 * layer.Index) + 1))]);

        private static long? Key(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetInt64(ordinal);
    }
}
