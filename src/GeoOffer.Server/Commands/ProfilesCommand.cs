using System.CommandLine;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Profiles;
using Spectre.Console;

namespace GeoOffer.Server.Commands;

/// <summary><c>geooffer import profiles</c>: how files of known registers are read.</summary>
internal static class ProfilesCommand
{
    private const string Description =
        """
        The profiles that come with the program: how files of known registers are read.

        Without a name they are listed; with one the profile is written as it is. A file of a register whose columns, codes and units are
        its own is imported with --profile NAME, or with --profile my.json, which is a copy that was edited, or one of your own:

          {
            "name": "my-register",
            "title": {"it": "Siti dismessi", "en": "Disused sites"},
            "collection": "sites",
            "fields": {
              "code": {"columns": ["Codice", "ID sito"]},
              "name_it": {"columns": "Nome"},
              "kind": {"value": "brownfield"},
              "gross_area_declared_ha": {"columns": "Superficie mq", "factor": 0.0001},
              "ownership": {"columns": "Proprieta", "values": {"pubblica": "public", "priv*": "private"}, "otherwise": "unknown"},
              "verified_on": {"columns": "Aggiornato", "dates": ["dd/MM/yyyy"]}
            },
            "position": {"x": "Est", "y": "Nord", "srid": 3003}
          }

        Of a profile, * marks what must be there:
          name *            small letters, digits and dashes
          title *           it and en
          collection *      where its files go
          fields *          for every field of the collection how its value is made; those that rows must have are required
          source, licence   of the data, where --source and --licence do not say
          notes             what its author was not sure of
          missing           texts that stand for no value in any column, such as ["N/A", "n.d."]
          parameters        names with values for {name} in rows, which --parameter name=value changes
          rows              conditions that rows must meet, or they are left out: [{"columns": "COD_REG", "any_of": ["{region}"]}]
          position          names of columns: x and y, geometry (well-known text or GeoJSON), or pair (columns, and order lat_lon or
                            lon_lat); and srid (EPSG code), or system: columns that name the reference system of the row, values from
                            those names to EPSG codes, and otherwise (reject, or an EPSG code)
          extent            west, south, east, north in degrees: what lies outside is rejected

        Of a field:
          value             the same for all rows; otherwise
          columns           names of columns; case, accents and punctuation do not count, and the first that is filled goes
          join              what stands between the texts of all filled columns, instead of the first
          after_last        take what follows the last of these letters, such as "/" in a URI
          separators        what separates several values in a cell
          several           the value of a field that has one, where several differ
          values            from values of the file to those of the field; case and accents do not count, * stands for anything,
                            null for none
          otherwise         what other values become, with a warning; or reject (which is the rule), or keep
          empty             the value of rows that have none
          factor            what numbers are multiplied by, such as 0.0001 from m² to ha
          dates             how days are written besides year-month-day: d, M, y as in dd/MM/yyyy or d-MMM-yy
          digits            how many digits a code has that the file keeps as a number
          dashes            true: what a code may not hold becomes a dash
        Members that begin with $ are remarks. Everything that is wrong with a profile is told at once, with its place.

        Examples:
          geooffer import profiles
          geooffer import profiles uk-brownfield-land > my.json
          geooffer import sites register.csv --profile uk-brownfield-land --dry-run
          geooffer import municipalities Com01012026_WGS84.zip --profile istat-municipalities --parameter region=1
          geooffer import sites register.csv --profile my.json --map "Prop."=ownership
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandHost host)
    {
        var name = new Argument<string?>("name") { Description = "Write this profile as it is.", DefaultValueFactory = _ => null };
        var command = new Command("profiles", Description) { name };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(name) is { } wanted)
            {
                await host.Output.WriteAsync((await FindAsync(wanted, cancellationToken)).Json);
                return ExitCode.Ok;
            }

            var table = new Table().AddColumns("name", "collection", "title", "parameters");
            foreach (var profile in ImportProfiles.BuiltIn)
            {
                table.AddRow(
                    new Text(profile.Name), new Text(profile.Collection), new Text($"{profile.TitleEn}\n{profile.TitleIt}"),
                    new Text(string.Join(", ", profile.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"))));
            }

            host.OutputConsole.Write(table);
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<ImportProfile> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await ImportProfiles.GetAsync(name, cancellationToken);
        }
        catch (Exception exception) when (exception is ImportRequestException or ImportProfileException)
        {
            throw new CommandException(exception.Message, ExitCode.WrongUsage);
        }
    }
}
