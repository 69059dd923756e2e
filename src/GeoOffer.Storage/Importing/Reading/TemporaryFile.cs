namespace GeoOffer.Storage.Importing.Reading;

/// <summary>A file in a temporary folder of its own; both are removed in the end.</summary>
/// <param name="Path">Its path.</param>
internal sealed record TemporaryFile(string Path) : IAsyncDisposable
{
    /// <summary>Makes a folder that only this user can read, for a file that is not there yet.</summary>
    public static TemporaryFile Create(string name) => new(System.IO.Path.Combine(Directory.CreateTempSubdirectory("geooffer-").FullName, name));

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
        return ValueTask.CompletedTask;
    }
}
