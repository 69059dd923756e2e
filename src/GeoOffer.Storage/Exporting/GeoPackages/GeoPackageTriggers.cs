using static GeoOffer.Storage.Exporting.GeoPackages.GeoPackageFile;

namespace GeoOffer.Storage.Exporting.GeoPackages;

/// <summary>The triggers by which programs that edit the file keep its spatial index (12-128r17, annex F.3).</summary>
internal static class GeoPackageTriggers
{
    public static string Of(string table, string geometry, string key, string index)
    {
        var (t, c, i, r) = (Quote(table), Quote(geometry), Quote(key), Quote(index));
        var isFull = $"NEW.{c} NOT NULL AND NOT ST_IsEmpty(NEW.{c})";
        var isVoid = $"(NEW.{c} ISNULL OR ST_IsEmpty(NEW.{c}))";
        var put = $"INSERT OR REPLACE INTO {r} VALUES (NEW.{i}, ST_MinX(NEW.{c}), ST_MaxX(NEW.{c}), ST_MinY(NEW.{c}), ST_MaxY(NEW.{c}));";
        var takeOld = $"DELETE FROM {r} WHERE id = OLD.{i};";
        return $"""
            CREATE TRIGGER {Quote(index + "_insert")} AFTER INSERT ON {t} WHEN ({isFull}) BEGIN {put} END;
            CREATE TRIGGER {Quote(index + "_update1")} AFTER UPDATE OF {c} ON {t} WHEN OLD.{i} = NEW.{i} AND ({isFull}) BEGIN {put} END;
            CREATE TRIGGER {Quote(index + "_update2")} AFTER UPDATE OF {c} ON {t} WHEN OLD.{i} = NEW.{i} AND {isVoid} BEGIN {takeOld} END;
            CREATE TRIGGER {Quote(index + "_update3")} AFTER UPDATE ON {t} WHEN OLD.{i} != NEW.{i} AND ({isFull}) BEGIN {takeOld} {put} END;
            CREATE TRIGGER {Quote(index + "_update4")} AFTER UPDATE ON {t} WHEN OLD.{i} != NEW.{i} AND {isVoid} BEGIN
              DELETE FROM {r} WHERE id IN (OLD.{i}, NEW.{i}); END;
            CREATE TRIGGER {Quote(index + "_delete")} AFTER DELETE ON {t} WHEN OLD.{c} NOT NULL BEGIN {takeOld} END;
            """;
    }
}
