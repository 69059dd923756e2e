using System.CommandLine;
using System.Globalization;
using GeoOffer.Storage.Layers;
using Spectre.Console;

namespace GeoOffer.Server.Commands;

/// <summary><c>geooffer layer</c>: the layers that were imported.</summary>
internal static class LayerCommand
{
    public static Command Create(CommandHost host) => new(
        "layer",
        """
        The layers that were imported with 'geooffer import layer'.

        Each is a collection under its name, and with a role of proximity or constraint a criterion of briefs too.
        """)
    {
        CreateList(host),
        CreateDescribe(host),
        CreateDrop(host),
    };

    private static Command CreateList(CommandHost host)
    {
        var command = new Command("list", "All layers.");
        command.SetAction(async (_, cancellationToken) =>
        {
            await using var database = host.OpenDatabase();
            var layers = await new LayerStore(database).ListAsync(cancellationToken);
            if (layers.Count == 0)
            {
                await host.Output.WriteLineAsync("There are no layers yet: geooffer import layer --help says how they are made.");
                return ExitCode.Ok;
            }

            var table = new Table().AddColumns("name", "role", "features", "title", "source", "as of", "imported");
            foreach (var layer in layers)
            {
                table.AddRow(
                    new Text(layer.Name), new Text(Role(layer)), new Text(layer.FeatureCount.ToString(CultureInfo.InvariantCulture)), new Text(layer.TitleEn),
                    new Text(layer.Source), new Text(Day(layer.AsOf)), new Text(layer.ImportedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
            }

            host.OutputConsole.Write(table);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command CreateDescribe(CommandHost host)
    {
        var name = new Argument<string>("name") { Description = "The name of the layer." };
        var command = new Command("describe", "Everything about a layer: where it comes from, its columns, what sites are measured against.") { name };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = host.OpenDatabase();
            var layer = await new LayerStore(database).FindAsync(parsed.GetRequiredValue(name), cancellationToken)
                ?? throw Unknown(parsed.GetRequiredValue(name));
            var facts = new Table().HideHeaders().NoBorder().AddColumns("", "");
            foreach (var (what, value) in Describe(layer))
            {
                facts.AddRow(new Text(what), new Text(value));
            }

            host.OutputConsole.Write(facts);
            var columns = new Table().AddColumns("property", "type", "column of the file");
            columns.AddRow(new Text("code"), new Text("text"), new Text(layer.KeyColumn ?? "(identifier of the feature, or its place)"));
            foreach (var column in layer.Properties)
            {
                columns.AddRow(new Text(column.Name), new Text(column.Type.ToString().ToLowerInvariant()), new Text(column.Title));
            }

            host.OutputConsole.Write(columns);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command CreateDrop(CommandHost host)
    {
        var name = new Argument<string>("name") { Description = "The name of the layer." };
        var command = new Command(
            "drop",
            """
            Drop a layer: its collection, its criterion and what sites have of it.

            Briefs that name the criterion are refused from then on. Who is reading the layer reads to the end.
            """)
        {
            name,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = host.OpenDatabase();
            var store = new LayerStore(database);
            if (!await store.DropAsync(parsed.GetRequiredValue(name), Environment.UserName, cancellationToken))
            {
                throw Unknown(parsed.GetRequiredValue(name));
            }

            await store.SweepAsync(null, cancellationToken);
            await host.Output.WriteLineAsync($"The layer {parsed.GetRequiredValue(name)} is dropped.");
            return ExitCode.Ok;
        });
        return command;
    }

    private static IEnumerable<(string What, string Value)> Describe(LayerRow layer)
    {
        yield return ("name", layer.Name);
        yield return ("title", $"{layer.TitleIt} / {layer.TitleEn}");
        if (layer.DescriptionIt is not null || layer.DescriptionEn is not null)
        {
            yield return ("description", $"{layer.DescriptionIt} / {layer.DescriptionEn}");
        }

        yield return ("role", Role(layer));
        if (layer.Condition is { } condition)
        {
            yield return ("sites are measured against", condition);
        }

        yield return ("features", layer.FeatureCount.ToString(CultureInfo.InvariantCulture));
        yield return ("geometry", layer.JoinedTo is { } register
            ? $"that of {register}{(layer.CodeYear is { } year ? string.Create(CultureInfo.InvariantCulture, $", by codes of {year}") : "")}"
            : layer.GeometryTypes.Count == 0 ? "none" : string.Join(", ", layer.GeometryTypes));
        yield return ("source", layer.Source);
        yield return ("as of", Day(layer.AsOf));
        yield return ("licence", layer.Licence ?? "not stated");
        yield return ("file", $"{layer.FileName}, imported {layer.ImportedAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}");
    }

    private static string Role(LayerRow layer) =>
        layer.Severity is { } severity ? $"constraint, {severity}" : layer.Role.ToString().ToLowerInvariant();

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "not stated";

    private static CommandException Unknown(string name) =>
        new($"There is no layer '{name}'. 'geooffer layer list' names them all.", ExitCode.WrongUsage);
}
