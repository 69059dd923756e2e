using System.Text.RegularExpressions;
using GeoOffer.Domain.Offer;
using GeoOffer.Storage.Importing.Rows;

namespace GeoOffer.Storage.Importing.Fields;

/// <summary>Municipalities and provinces; the names of columns are those of ISTAT and of files made from its.</summary>
internal static partial class TerritoryFields
{
    /// <summary>Provinces and metropolitan cities.</summary>
    public static ImportCollection Provinces { get; } = new(
        "provinces", "province", CollectionRole.Container,
        [
            new("code", new DigitsType(3))
            {
                Aliases = ["province_code", "cod_prov", "codice_provincia", "prov_istat_code", "istat_code"], IsRequired = true,
            },
            new("sigla", new PatternType(TwoCapitals(), "two capital letters, such as MI"))
            {
                Aliases = ["abbr", "province_abbr", "prov_acr", "sigla_automobilistica", "targa"], IsRequired = true,
            },
            new("name_it", new TextType())
            {
                Aliases = ["name", "nome", "den_uts", "den_prov", "denominazione", "provincia", "province_name"], IsRequired = true,
            },
            new("name_en", new TextType()),
            new("is_approximate", new TruthType()) { Default = false, IsAlwaysWritten = true },
            new("is_public", new TruthType()) { Default = true },
        ],
        GeometryRule.Areas(MissingGeometry.Allowed))
    {
        SetChecks = ["province_sigla"],
    };

    /// <summary>Municipalities.</summary>
    public static ImportCollection Municipalities { get; } = new(
        "municipalities", "municipality", CollectionRole.Container,
        [
            new("code", new DigitsType(6))
            {
                Aliases =
                [
                    "istat_code", "pro_com_t", "cod_istat", "codice_istat", "codice_comune", "com_istat_code", "istat", "pro_com",
                    "municipality_code", "codice_comune_formato_alfanumerico",
                ],
                IsRequired = true,
            },
            new("name_it", new TextType())
            {
                Aliases = ["name", "nome", "comune", "denominazione", "denominazione_in_italiano", "municipality"], IsRequired = true,
            },
            new("name_en", new TextType()),
            new("province_code", new ProvinceType())
            {
                Aliases =
                [
                    "cod_prov", "codice_provincia", "prov_istat_code", "sigla", "province_abbr", "prov_acr", "sigla_automobilistica",
                    "provincia", "province",
                ],
                IsAlwaysWritten = true,
            },
            new("cadastral_code", new PatternType(CadastralCode(), "a capital letter and three digits, such as F205"))
            {
                Aliases = ["codice_catastale", "codice_catastale_del_comune", "com_catasto_code", "codice_belfiore"],
            },
            new("population", new CountType(0)) { Aliases = ["popolazione", "abitanti", "population_istat"] },
            new("attract_status", new CodeListType(RegisterCodeLists.AttractStatus)) { Default = CodeList.Unknown },
            new("is_approximate", new TruthType()) { Default = false, IsAlwaysWritten = true },
            new("is_public", new TruthType()) { Default = true },
        ],
        GeometryRule.Areas(MissingGeometry.Allowed))
    {
        Rules = [new ProvinceOfMunicipality()],
        SetChecks = ["unknown_province", "retired_code"],
    };

    [GeneratedRegex("^[A-Z]{2}$")]
    private static partial Regex TwoCapitals();

    [GeneratedRegex("^[A-Z][0-9]{3}$")]
    private static partial Regex CadastralCode();
}
