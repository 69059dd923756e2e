using System.Globalization;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Tests.Facts;

/// <summary>
/// Statements that somebody with SQL might run: of many rows and of one, of several tables, that change what facts depend on, that
/// change nothing, and that are taken back. All happen in one valley, so that everything meets everything.
/// </summary>
internal sealed class RandomWriter(int seed)
{
    private static readonly Coordinate Valley = new(9.6, 45.6);

    private static readonly string[] Proximity = ["rail_line", "passenger_station", "airport"];
    private static readonly string[] Constraining = ["protected_area", "flood_p3", "landscape"];
    private static readonly string[] Severities = ["excludes", "conditions", "informs"];

    private readonly RandomLand _land = new(seed);

    /// <summary>A valley to begin with: some of everything.</summary>
    public string Beginning() => $"""
        INSERT INTO geooffer.dataset (collection, name, source) VALUES ('infrastructure', 'first', 'x'), ('constraints', 'second', 'x');
        INSERT INTO geooffer.province (code, sigla, name_it, geom) VALUES ('010', 'ZA', 'x', {Text(Patch(0.5))}), ('011', 'ZB', 'x', {Text(Patch(0.5))});
        INSERT INTO geooffer.municipality (code, name_it, province_code, geom) VALUES ('016000', 'x', '010', {Text(Patch(0.3))}), ('016001', 'x', '012', NULL);
        INSERT INTO geooffer.pole (code, name_it, geom) VALUES ('P0', 'x', {Text(Patch(0.3))});
        INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES {Rows(InfrastructureRow, 20)};
        INSERT INTO geooffer.constraint_area (code, kind, severity, geom) VALUES {Rows(ConstraintRow, 12)};
        INSERT INTO geooffer.dataset_coverage (dataset_id, layer, coverage)
        SELECT d.id, l.name, {Text(RandomLand.Box(9.2, 45.4, 9.8, 45.8))}::geometry
        FROM geooffer.dataset AS d JOIN geooffer.fact_layer AS l ON (d.name = 'second') = (l.role = 'constraint');
        INSERT INTO geooffer.site (code, kind, name_it, municipality_code, geom) VALUES {Rows(SiteRow, 15)}
        """;

    /// <summary>One transaction: a statement, or several with a savepoint between.</summary>
    public string Transaction() => _land.Next(6) switch
    {
        0 => $"BEGIN; {Statement()}; SAVEPOINT here; {Statement()}; ROLLBACK TO here; {Statement()}; COMMIT",
        1 => $"BEGIN; {Statement()}; {Statement()}; COMMIT",
        _ => Statement(),
    };

    private string Statement() => _land.Next(20) switch
    {
        < 5 => SiteStatement(),
        < 10 => FeatureStatement("infrastructure", "code, kind, geom", InfrastructureRow, Proximity),
        < 14 => FeatureStatement("constraint_area", "code, kind, severity, geom", ConstraintRow, Constraining),
        < 16 => CoverageStatement(),
        < 19 => ContainerStatement(),
        _ => SeveralTables(),
    };

    private string SiteStatement() => _land.Next(9) switch
    {
        0 or 1 => $"INSERT INTO geooffer.site (code, kind, name_it, municipality_code, geom) VALUES {Rows(SiteRow)} {Upsert("geom", "municipality_code")}",
        2 => $"UPDATE geooffer.site SET geom = {Text(_land.Site(Somewhere()))} WHERE {SomeCodes(12)}",
        3 => $"UPDATE geooffer.site SET geom = ST_Translate(geom, {Number(_land.Between(-0.02, 0.02))}, 0), name_it = 'moved' WHERE {SomeCodes(4)}",
        4 => $"UPDATE geooffer.site SET municipality_code = {Text(MunicipalityCode())} WHERE {SomeCodes(3)}",
        5 => $"UPDATE geooffer.site SET geom = geom, kind = kind, is_public = NOT is_public, functions = '{{logistics}}' WHERE {SomeCodes(2)}",
        6 => $"UPDATE geooffer.site SET geom = NULL WHERE {SomeCodes(8)}",
        7 => $"UPDATE geooffer.site SET code = code || 'x' WHERE length(code) < 20 AND {SomeCodes(6)}",
        _ => $"DELETE FROM geooffer.site WHERE {SomeCodes(7)}",
    };

    private string FeatureStatement(string table, string columns, Func<string> row, string[] kinds) => _land.Next(9) switch
    {
        0 or 1 or 2 => $"INSERT INTO geooffer.{table} ({columns}) VALUES {Rows(row)} {Upsert("geom", "kind")}",
        3 => $"UPDATE geooffer.{table} SET geom = ST_Translate(geom, {Number(_land.Between(-0.03, 0.03))}, 0.001) WHERE {SomeCodes(4)}",
        4 => $"UPDATE geooffer.{table} SET kind = {Text(_land.OneOf(kinds))} WHERE {SomeCodes(4)}",
        5 => $"UPDATE geooffer.{table} SET name_it = 'x', geom = geom WHERE {SomeCodes(2)}",
        6 when table == "constraint_area" => $"UPDATE geooffer.{table} SET severity = {Text(_land.OneOf(Severities))} WHERE {SomeCodes(2)}",
        6 => BulkOfFeatures(),
        7 => $"""
            MERGE INTO geooffer.{table} AS t USING (VALUES {Rows(row)}) AS n ({columns}) ON t.code = n.code
            WHEN MATCHED AND t.id % 2 = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET geom = n.geom::geometry
            WHEN NOT MATCHED THEN INSERT ({columns}) VALUES ({string.Join(", ", columns.Split(", ").Select(c => c == "geom" ? "n.geom::geometry" : "n." + c))})
            """,
        _ => $"DELETE FROM geooffer.{table} WHERE {SomeCodes(_land.OneOf(1, 3, 6))}",
    };

    /// <summary>More than the number from which every site is computed again.</summary>
    private string BulkOfFeatures() => $"""
        INSERT INTO geooffer.infrastructure (code, kind, geom)
        SELECT 'B{_land.Next(1000)}-' || n, {Text(_land.OneOf(Proximity))},
          ST_SetSRID(ST_MakePoint(9.3 + (n * 7919 % 600) / 1000.0, 45.4 + (n * 104729 % 400) / 1000.0), 4326)
        FROM generate_series(1, {_land.OneOf(5, 201, 230)}) AS n ON CONFLICT DO NOTHING
        """;

    private string CoverageStatement() => _land.Next(5) switch
    {
        0 or 1 => $"""
            INSERT INTO geooffer.dataset_coverage (dataset_id, layer, coverage)
            SELECT d.id, {Text(Layer())}, {Text(Patch(0.3))}::geometry FROM geooffer.dataset AS d WHERE name = {Text(Dataset())}
            ON CONFLICT (dataset_id, layer) DO UPDATE SET coverage = EXCLUDED.coverage
            """,
        2 => $"UPDATE geooffer.dataset_coverage SET coverage = {Text(Patch(0.4))} WHERE layer = {Text(Layer())}",
        3 => $"UPDATE geooffer.dataset_coverage SET layer = {Text(Layer())} WHERE layer = {Text(Layer())} AND dataset_id % 2 = {_land.Next(2)}",
        _ => $"DELETE FROM geooffer.dataset_coverage WHERE layer = {Text(Layer())}",
    };

    private string ContainerStatement()
    {
        var province = _land.Next(4);
        var patch = Text(_land.Chance(0.9) ? Patch(0.2) : null);
        var (table, columns, row) = _land.Next(4) switch
        {
            0 or 1 => ("municipality", "code, name_it, province_code, geom", $"{Text(MunicipalityCode())}, 'x', {Text(ProvinceCode())}, {patch}"),
            2 => ("province", "code, sigla, name_it, geom", $"'01{province}', 'Z{(char)('A' + province)}', 'x', {patch}"),
            _ => ("pole", "code, name_it, geom", $"'P{_land.Next(4)}', 'x', {patch}"),
        };
        return _land.Next(6) switch
        {
            0 or 1 => $"INSERT INTO geooffer.{table} ({columns}) VALUES ({row}) {Upsert("geom", "name_it")}",
            2 => $"UPDATE geooffer.{table} SET geom = ST_Translate(geom, {Number(_land.Between(-0.1, 0.1))}, 0) WHERE {SomeCodes(3)}",
            3 => $"UPDATE geooffer.municipality SET province_code = {Text(ProvinceCode())}, population = 3 WHERE {SomeCodes(2)}",
            4 => $"UPDATE geooffer.municipality SET code = {Text(MunicipalityCode())} WHERE code = {Text(MunicipalityCode())}",
            _ => $"DELETE FROM geooffer.{table} WHERE {SomeCodes(3)}",
        };
    }

    private string SeveralTables() => $"""
        WITH placed AS (INSERT INTO geooffer.site (code, kind, name_it, municipality_code, geom) VALUES ({SiteRow()}) ON CONFLICT DO NOTHING RETURNING id),
          gone AS (DELETE FROM geooffer.constraint_area WHERE {SomeCodes(3)} RETURNING id),
          area AS (
            INSERT INTO geooffer.pilot_area (code, name_it, geom) VALUES ('A{_land.Next(3)}', 'x', {Text(Patch(0.2))})
            {Upsert("geom", "name_it")} RETURNING code)
        INSERT INTO geooffer.infrastructure (code, kind, geom) VALUES ({InfrastructureRow()}) {Upsert("geom", "kind")}
        """;

    private string SiteRow()
    {
        var stated = _land.Chance(0.3) ? MunicipalityCode() : null;
        return $"'S{_land.Next(40)}', 'brownfield', 'x', {Text(stated)}, {Text(_land.Chance(0.9) ? _land.Site(Somewhere()) : null)}";
    }

    private string InfrastructureRow() => $"'I{_land.Next(60)}', {Text(_land.OneOf(Proximity))}, {Text(_land.Feature(Somewhere()))}";

    private string ConstraintRow()
    {
        var shape = _land.Chance(0.2) ? Patch(0.3) : _land.Constraint(Somewhere(), _land.Scaled(100, 5000));
        return $"'C{_land.Next(40)}', {Text(_land.OneOf(Constraining))}, {Text(_land.OneOf(Severities))}, {Text(shape)}";
    }

    /// <summary>Rows of distinct codes: one statement cannot upsert the same row twice.</summary>
    private string Rows(Func<string> row, int least = 1) =>
        string.Join(", ", Enumerable.Range(0, least + _land.Next(4)).Select(_ => row()).DistinctBy(r => r.Split(',')[0]).Select(r => $"({r})"));

    private static string Upsert(params string[] columns) =>
        $"ON CONFLICT (code) DO UPDATE SET {string.Join(", ", columns.Select(column => $"{column} = EXCLUDED.{column}"))}";

    /// <summary>About one row in so many.</summary>
    private string SomeCodes(int oneIn) => $"abs(hashtext(code)) % {oneIn} = {_land.Next(oneIn)}";

    private Coordinate Somewhere() => _land.Near(Valley, 25_000);

    private MultiPolygon Patch(double degrees)
    {
        var (x, y) = (_land.Between(9.2, 9.9), _land.Between(45.4, 45.8));
        return RandomLand.Box(x, y, x + _land.Between(0.05, degrees), y + _land.Between(0.05, degrees));
    }

    private string MunicipalityCode() => $"01600{_land.Next(6)}";

    private string ProvinceCode() => $"01{_land.Next(4)}";

    private string Dataset() => _land.OneOf("first", "second");

    private string Layer() => _land.Chance(0.5) ? _land.OneOf(Proximity) : _land.OneOf(Constraining);

    private static string Text(Geometry? shape) => shape is null ? "NULL" : $"'SRID=4326;{shape.AsText()}'";

    private static string Text(string? text) => text is null ? "NULL" : $"'{text}'";

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
