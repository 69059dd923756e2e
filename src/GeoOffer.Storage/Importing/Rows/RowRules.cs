using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NetTopologySuite.Geometries;

namespace GeoOffer.Storage.Importing.Rows;

/// <summary>One value is not above another.</summary>
internal sealed class InOrder(string low, string high) : RowRule
{
    public override void Apply(RowDraft row, ImportContext context)
    {
        if (row[low] is IComparable least && row[high] is { } most && least.CompareTo(most) > 0)
        {
            row.Reject(
                high, Convert.ToString(most, CultureInfo.InvariantCulture), RejectionCode.Contradiction,
                $"below {low}, which is {Convert.ToString(least, CultureInfo.InvariantCulture)}", "exchange the two");
        }
    }
}

/// <summary>An area is declared as it measures, within two per cent.</summary>
internal sealed class AreaAsMeasured(string declaredHectares) : RowRule
{
    private const double Tolerance = 0.02;

    public override void Apply(RowDraft row, ImportContext context)
    {
        if (row[declaredHectares] is not double declared || row.Geometry is not { Dimension: Dimension.Surface } geometry)
        {
            return;
        }

        var measured = EllipsoidalArea.SquareMetres(geometry) / 10_000;
        if (Math.Abs(declared - measured) > Tolerance * measured)
        {
            row.Warn(
                declaredHectares,
                declared.ToString(CultureInfo.InvariantCulture),
                RejectionCode.AreaDiffers,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"declared {declared:0.####} ha, measured {measured:0.####} ha: {(declared - measured) / measured:+0.0 %;-0.0 %}"));
        }
    }
}

/// <summary>A site that is published or reserved is public unless it says otherwise.</summary>
internal sealed class PublicWhenPublished : RowRule
{
    public override void Apply(RowDraft row, ImportContext context)
    {
        row["is_public"] ??= row["lifecycle_state"] is "published" or "reserved";
    }

    public override IEnumerable<string> AlsoWrites(IReadOnlySet<string> fileFields) =>
        fileFields.Contains("lifecycle_state") ? ["is_public"] : [];
}

/// <summary>
/// Codes of layers are unique over all kinds: the identifier of the file after its kind. A feature without one is known by what it is,
/// so that the same file is the same features again.
/// </summary>
internal sealed class CodeOfKind : RowRule
{
    public override void Apply(RowDraft row, ImportContext context)
    {
        if (row["kind"] is not string kind || row.IsRejected("code"))
        {
            return;
        }

        var code = row["code"] as string ?? Derive(row, kind, context);
        row["code"] = code is null || code.StartsWith(kind + ".", StringComparison.Ordinal) ? code : $"{kind}.{code}";
    }

    private static string? Derive(RowDraft row, string kind, ImportContext context)
    {
        if (row.Geometry is null)
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{kind}\n{row["name_it"]}\n"));
        hash.AppendData(row.Geometry.AsBinary());
        var digest = BinaryPrimitives.ReadUInt64BigEndian(hash.GetHashAndReset());
        var code = digest.ToString("x16", CultureInfo.InvariantCulture);
        var occurrence = context.CountOccurrence(digest);
        if (occurrence == 1)
        {
            return code;
        }

        row.Warn(
            "code", null, RejectionCode.DuplicateCode,
            "a feature of the same kind, name and geometry stands before it, and neither has an identifier");
        return string.Create(CultureInfo.InvariantCulture, $"{code}-{occurrence}");
    }
}

/// <summary>A constraint that states no severity has that of its kind.</summary>
internal sealed class SeverityOfKind : RowRule
{
    public override void Apply(RowDraft row, ImportContext context)
    {
        if (row["kind"] is string kind && !row.IsRejected("severity"))
        {
            row["severity"] ??= context.Severities[kind];
        }
    }
}

/// <summary>The province of a municipality: as stated by code, sigla or name, or else the first three digits of the ISTAT code.</summary>
internal sealed class ProvinceOfMunicipality : RowRule
{
    public override void Apply(RowDraft row, ImportContext context)
    {
        if (row.IsRejected("province_code"))
        {
            return;
        }

        var ofCode = (row["code"] as string)?[..3];
        if (row["province_code"] is not string stated)
        {
            row["province_code"] = ofCode;
        }
        else if (stated.Length == 3 && stated.All(char.IsAsciiDigit))
        {
            row["province_code"] = stated;
        }
        else if (context.Provinces.TryGetValue(FieldName.Normalise(stated), out var found))
        {
            row["province_code"] = found;
        }
        else
        {
            row.Reject(
                "province_code", MessageText.Shorten(stated), RejectionCode.UnknownReference,
                "no province of this code, sigla or name is registered", ofCode);
        }
    }
}
