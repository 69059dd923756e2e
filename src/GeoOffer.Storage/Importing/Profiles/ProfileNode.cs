using System.Globalization;
using System.Text.Json;

namespace GeoOffer.Storage.Importing.Profiles;

/// <summary>A value in the document of a profile, which tells where it stands when something is wrong with it.</summary>
internal sealed class ProfileNode(JsonElement element, string path, List<ProfileFault> faults)
{
    private readonly HashSet<string> _asked = [];

    /// <summary>Records what is wrong.</summary>
    public void Fault(string reason, string fix) => faults.Add(new ProfileFault(path, reason, fix));

    /// <summary>A member of an object; null when it is not there.</summary>
    public ProfileNode? Find(string name)
    {
        _asked.Add(name);
        return element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty(name, out var value)
            && value.ValueKind != JsonValueKind.Null
            ? new ProfileNode(value, Below(name), faults)
            : null;
    }

    /// <summary>A member that must be there.</summary>
    public ProfileNode? Require(string name, string example)
    {
        var node = Find(name);
        if (node is null)
        {
            faults.Add(new ProfileFault(Below(name), "it is missing", $"write it, such as {example}"));
        }

        return node;
    }

    /// <summary>Records members that nothing asked for; those that begin with <c>$</c> are remarks.</summary>
    public void RefuseOthers()
    {
        foreach (var (name, node) in Members().Where(member => member.Name[0] != '$' && !_asked.Contains(member.Name)))
        {
            var nearest = MessageText.Nearest(name, _asked);
            node.Fault("there is no such member here", nearest is null
                ? $"members are {string.Join(", ", _asked)}"
                : $"did you mean {nearest}?");
        }
    }

    /// <summary>The members of an object, in the order of the document.</summary>
    public IEnumerable<(string Name, ProfileNode Node)> Members()
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fault("it is no object", "write members between { and }");
            yield break;
        }

        foreach (var member in element.EnumerateObject().Where(member => member.Name.Length > 0))
        {
            yield return (member.Name, new ProfileNode(member.Value, Below(member.Name), faults));
        }
    }

    /// <summary>The items of an array.</summary>
    public IReadOnlyList<ProfileNode> Items()
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            Fault("it is no array", "write items between [ and ]");
            return [];
        }

        return [.. element.EnumerateArray().Select((item, i) => new ProfileNode(item, $"{path}[{i}]", faults))];
    }

    /// <summary>A text.</summary>
    public string? Text()
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return element.GetString();
        }

        Fault("it is no text", "write it between double quotes");
        return null;
    }

    /// <summary>A text, or null where the document says null.</summary>
    public string? TextOrNull() => element.ValueKind == JsonValueKind.Null ? null : Scalar();

    /// <summary>A text, or a number or truth value as one.</summary>
    public string? Scalar() => element.ValueKind switch
    {
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => Text(),
    };

    /// <summary>One text, or an array of texts.</summary>
    public IReadOnlyList<string> Texts()
    {
        var texts = element.ValueKind == JsonValueKind.Array
            ? Items().Select(item => item.Scalar()).OfType<string>().ToList()
            : Scalar() is { } text ? [text] : [];
        if (texts.Count == 0 && element.ValueKind == JsonValueKind.Array)
        {
            Fault("it is empty", "name at least one");
        }

        return texts;
    }

    /// <summary>A number.</summary>
    public decimal? Number()
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out var number))
        {
            return number;
        }

        Fault("it is no number", "write a number with a decimal point, such as 0.0001");
        return null;
    }

    /// <summary>A whole number within bounds.</summary>
    public int? Whole(int least, int most)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Fault("it is no such whole number", string.Create(CultureInfo.InvariantCulture, $"write one from {least} to {most}"));
        return null;
    }

    /// <summary>A truth value.</summary>
    public bool Truth()
    {
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return element.GetBoolean();
        }

        Fault("it is neither true nor false", "write true or false");
        return false;
    }

    private string Below(string name) =>
        name.All(letter => char.IsLetterOrDigit(letter) || letter == '_') ? $"{path}.{name}" : $"{path}['{name}']";
}
