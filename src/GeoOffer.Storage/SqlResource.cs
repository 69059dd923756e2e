using System.Reflection;

namespace GeoOffer.Storage;

/// <summary>Statements that are files beside the code that uses them, embedded in the assembly.</summary>
internal static class SqlResource
{
    /// <summary>The text of a file of this project, by its folders and name.</summary>
    public static string Read(params string[] path)
    {
        var name = "GeoOffer.Storage." + string.Join('.', path);
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly holds no {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
