using System.Diagnostics;
using System.Globalization;

namespace GeoOffer.Server.Tests.Faults;

/// <summary>A disk of a few megabytes, in memory, that the user of the database may write to.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _mount;

    private SmallDisk(string mount) => _mount = mount;

    /// <summary>The folder of the database.</summary>
    public string Folder => Path.Combine(_mount, "database");

    /// <summary>Mounts one; where that is not allowed the calling test is skipped.</summary>
    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        if (Environment.UserName != "root")
        {
            Assert.Skip("needs root, to mount a small disk");
        }

        var mount = Directory.CreateTempSubdirectory("geooffer-disk-").FullName;
        var size = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=755");
        if (await RunAsync("mount", "-t", "tmpfs", "-o", size, "geooffer-test", mount) != 0)
        {
            Directory.Delete(mount);
            Assert.Skip("needs the right to mount a small disk");
        }

        var disk = new SmallDisk(mount);
        Directory.CreateDirectory(disk.Folder);
        Assert.Equal(0, await RunAsync("chown", "postgres", disk.Folder));
        return disk;
    }

    /// <summary>Fills it up to some megabytes.</summary>
    public void FillAllBut(int megabytes)
    {
        var free = new DriveInfo(_mount).AvailableFreeSpace - ((long)megabytes << 20);
        using var ballast = File.Create(Path.Combine(_mount, "ballast"));
        var block = new byte[1 << 20];
        for (var left = free; left > 0; left -= block.Length)
        {
            ballast.Write(block, 0, (int)Math.Min(left, block.Length));
        }
    }

    /// <summary>Makes room again.</summary>
    public void Clear() => File.Delete(Path.Combine(_mount, "ballast"));

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "--lazy", _mount);
        Directory.Delete(_mount);
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
