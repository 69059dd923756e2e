using System.Text.Json;
using GeoOffer.Domain.Json;

namespace GeoOffer.Domain.Scouting;

/// <summary>An object of a brief's document, with readers that turn what is wrong into faults at the right pointer.</summary>
internal sealed class BriefObject
{
    private readonly Dictionary<string, JsonElement> _members = [];
    private readonly string _pointer;
    private readonly BriefFaults _faults;

    private BriefObject(string pointer, BriefFaults faults) => (_pointer, _faults) = (pointer, faults);

    /// <summary>The object, or null when the element is something else.</summary>
    public static BriefObject? Open(JsonElement element, string pointer, BriefFaults faults)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add(pointer, "an object", JsonText.Describe(element));
            return null;
        }

        var result = new BriefObject(pointer, faults);
        foreach (var property in element.EnumerateObject())
        {
            if (!JsonText.TryGetName(property, out var name))
            {
                faults.Add(pointer, "members whose names are Unicode", "a lone surrogate");
            }
            else if (!result._members.TryAdd(name, property.Value))
            {
                faults.Add(result.At(name), "the member once", "the member again");
            }
        }

        return result;
    }

    public string At(string name) => JsonText.Child(_pointer, name);

    public void AllowOnly(params ReadOnlySpan<string> names)
    {
        foreach (var name in _members.Keys)
        {
            if (!names.Contains(name))
            {
                _faults.Add(At(JsonText.Shorten(name)), "a member that exists: one of " + string.Join(", ", names!), "an unknown member");
            }
        }
    }

    /// <summary>The member, or null when it is absent.</summary>
    public JsonElement? Find(string name) => _members.TryGetValue(name, out var value) ? value : null;

    /// <summary>The member, or null when it is absent or JSON null.</summary>
    public JsonElement? FindValue(string name) => Find(name) is { ValueKind: not JsonValueKind.Null } value ? value : null;

    public double? OptionalNumber(string name, NumberRange range) => FindValue(name) is { } value ? Number(value, name, range) : null;

    public double Number(string name, NumberRange range, double fallback)
        => Find(name) is { } value ? Number(value, name, range) ?? fallback : fallback;

    public double? RequiredNumber(string name, NumberRange range)
    {
        if (Find(name) is { } value)
        {
            return Number(value, name, range);
        }

        _faults.Add(At(name), range.Expected, "nothing");
        return null;
    }

    /// <summary>The string, or null when it is absent or something else.</summary>
    public string? OptionalText(string name, string expected)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (JsonText.TryGetString(value, out var text))
        {
            return text;
        }

        _faults.Add(At(name), expected, JsonText.Describe(value));
        return null;
    }

    public string? OptionalOneOf(string name, ValueList<string> allowed)
    {
        var expected = BriefChecks.OneOf(allowed);
        if (OptionalText(name, expected) is not { } text)
        {
            return null;
        }

        if (allowed.Contains(text))
        {
            return text;
        }

        _faults.Add(At(name), expected, text);
        return null;
    }

    public string? RequiredOneOf(string name, ValueList<string> allowed)
    {
        if (Find(name) is null)
        {
            _faults.Add(At(name), BriefChecks.OneOf(allowed), "nothing");
        }

        return OptionalOneOf(name, allowed);
    }

    public T Code<T>(string name, T fallback)
        where T : struct, Enum
        => OptionalOneOf(name, EnumCode.All<T>()) is { } code && EnumCode.TryParse<T>(code, out var value) ? value : fallback;

    /// <summary>The elements with their pointers; none when the member is absent, JSON null or at fault.</summary>
    public IReadOnlyList<(string At, JsonElement Item)> Items(string name, int most = int.MaxValue)
    {
        if (FindValue(name) is not { } array)
        {
            return [];
        }

        if (array.ValueKind != JsonValueKind.Array)
        {
            _faults.Add(At(name), "an array", JsonText.Describe(array));
            return [];
        }

        if (array.GetArrayLength() > most)
        {
            _faults.Add(At(name), $"at most {most} elements", "more");
            return [];
        }

        return [.. array.EnumerateArray().Select((item, index) => (JsonText.Child(At(name), index), item))];
    }

    /// <summary>The strings with their pointers; what is none becomes a fault.</summary>
    public IReadOnlyList<(string At, string Text)> Texts(string name, string expected, int most = int.MaxValue)
    {
        var texts = new List<(string, string)>();
        foreach (var (at, item) in Items(name, most))
        {
            if (JsonText.TryGetString(item, out var text))
            {
                texts.Add((at, text));
            }
            else
            {
                _faults.Add(at, expected, JsonText.Describe(item));
            }
        }

        return texts;
    }

    /// <summary>Codes of a list, at least one.</summary>
    public ValueList<string> RequiredCodes(string name, ValueList<string> allowed)
    {
        var expected = BriefChecks.OneOf(allowed);
        if (FindValue(name) is not { } value || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0))
        {
            _faults.Add(At(name), "an array of at least " + expected, Find(name) is { } empty ? JsonText.Describe(empty) : "nothing");
            return [];
        }

        return BriefChecks.Codes(Texts(name, expected), allowed, _faults);
    }

    private double? Number(JsonElement value, string name, NumberRange range)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && range.Accept(number) is { } accepted)
        {
            return accepted;
        }

        _faults.Add(At(name), range.Expected, JsonText.Describe(value));
        return null;
    }
}
