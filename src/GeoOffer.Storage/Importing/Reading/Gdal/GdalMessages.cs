using System.Globalization;
using System.Text;

namespace GeoOffer.Storage.Importing.Reading.Gdal;

/// <summary>What a program of GDAL has written: as much of it as is told.</summary>
internal sealed class GdalMessages
{
    private const int LongestLine = 2_000;
    private const int LongestOutput = 1 << 16;
    private const int MostWarnings = 5;

    /// <summary>What is said of the GeoPackage that is written, not of the file: one layer may hold geometries of several types.</summary>
    private static readonly string[] OfNoConcern = ["is inserted into layer", "Unrecognized geometry type"];

    private readonly List<string> _warnings = [];
    private readonly StringBuilder _output = new();
    private string? _firstError;
    private string? _firstOther;
    private long _warningCount;

    /// <summary>What went to standard output.</summary>
    public string Output => _output.ToString();

    /// <summary>Whether it ended with 0.</summary>
    public bool HasSucceeded { get; set; }

    /// <summary>The first error; when there is none and it failed nevertheless, the first it said.</summary>
    public string? Error => _firstError ?? (HasSucceeded ? null : _firstOther ?? "it ended without saying why");

    /// <summary>The warnings that are kept, and how many were not.</summary>
    public IEnumerable<string> Warnings => _warningCount > _warnings.Count
        ? [.. _warnings, string.Create(CultureInfo.InvariantCulture, $"{_warningCount - _warnings.Count} more warnings")]
        : _warnings;

    /// <summary>Reads standard output to its end.</summary>
    public Task ReadOutputAsync(TextReader reader) => ReadAsync(reader, line =>
    {
        if (_output.Length < LongestOutput)
        {
            _output.Append(line).Append('\n');
        }
    });

    /// <summary>Reads standard error to its end.</summary>
    public Task ReadErrorsAsync(TextReader reader) => ReadAsync(reader, AddMessage);

    private static async Task ReadAsync(TextReader reader, Action<string> add)
    {
        var buffer = new char[4096];
        var line = new StringBuilder();
        for (int read; (read = await reader.ReadAsync(buffer.AsMemory())) > 0;)
        {
            foreach (var letter in buffer.AsMemory(0, read).ToArray())
            {
                if (letter == '\n')
                {
                    add(line.ToString().TrimEnd('\r'));
                    line.Clear();
                }
                else if (line.Length < LongestLine)
                {
                    line.Append(letter);
                }
            }
        }

        if (line.Length > 0)
        {
            add(line.ToString());
        }
    }

    private void AddMessage(string line)
    {
        if (After(line, "ERROR ") is { } error)
        {
            _firstError ??= error;
        }
        else if (After(line, "Warning ") is { } warning)
        {
            if (!_warnings.Contains(warning) && !OfNoConcern.Any(text => warning.Contains(text, StringComparison.Ordinal)))
            {
                _warningCount++;
                if (_warnings.Count < MostWarnings)
                {
                    _warnings.Add(warning);
                }
            }
        }
        else if (line.Trim() is { Length: > 0 } other && other != "FAILURE:")
        {
            _firstOther ??= other;
        }
    }

    /// <summary>What follows the number of a message.</summary>
    private static string? After(string line, string start) =>
        line.StartsWith(start, StringComparison.Ordinal) && line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon
            ? line[(colon + 2)..].Trim()
            : null;
}
