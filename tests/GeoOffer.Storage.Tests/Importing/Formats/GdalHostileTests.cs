using System.Net;
using System.Net.Sockets;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Importing.Reading.Gdal;

namespace GeoOffer.Storage.Tests.Importing.Formats;

/// <summary>Files that want more of GDAL than to be read, and programs that are not what they should be.</summary>
public sealed class GdalHostileTests
{
    private const string Secret = "3f9c1b7e-secret";

    private const string Plain = """
        <gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:app="urn:app"><gml:featureMember><app:Site gml:id="s.1"><app:name>x</app:name></app:Site></gml:featureMember></gml:FeatureCollection>
        """;

    [Theory]
    [InlineData("a.gml", null)]
    [InlineData("a.gml", SourceFormat.Gdal)]
    [InlineData("a.vrt", SourceFormat.Gdal)]
    [InlineData("a.kml", SourceFormat.Gdal)]
    public async Task A_virtual_format_that_points_to_other_files_is_not_opened(string name, SourceFormat? format)
    {
        using var gdal = Gdal.Require();
        var other = gdal.Write("other.csv", $"name\n{Secret}\n");
        var path = gdal.Write(name, $"""
            <OGRVRTDataSource xmlns:gml="http://www.opengis.net/gml"><OGRVRTLayer name="other"><SrcDataSource>{other}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>
            """);
        var fault = await Sources.FaultAsync(ImportFile.FromPath(path), new SourceOptions { Format = format });
        Assert.DoesNotContain(Secret, fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entities_of_other_files_are_not_read()
    {
        using var gdal = Gdal.Require();
        var other = gdal.Write("other.txt", Secret);
        var file = Imports.File("a.gml", $"<!DOCTYPE x [<!ENTITY e SYSTEM \"file://{other}\">]>" + Plain.Replace(">x<", ">&e;<", StringComparison.Ordinal));
        try
        {
            var (_, rows) = await Sources.ReadAsync(file);
            Assert.DoesNotContain(rows, row => row.Fields.Any(field => field.Value.Text?.Contains(Secret, StringComparison.Ordinal) == true));
        }
        catch (UnreadableFileException exception)
        {
            Assert.DoesNotContain(Secret, exception.Fault.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Entities_of_entities_are_given_up_on()
    {
        using var gdal = Gdal.Require();
        var entities = string.Concat(Enumerable.Range(1, 12).Select(i => $"<!ENTITY e{i} \"{string.Concat(Enumerable.Repeat($"&e{i - 1};", 10))}\">"));
        var file = Imports.File(
            "a.gml", $"<!DOCTYPE x [<!ENTITY e0 \"0123456789\">{entities}]>" + Plain.Replace(">x<", ">&e12;<", StringComparison.Ordinal));
        Assert.Equal(FileFaultCode.Syntax, (await Sources.FaultAsync(file)).Code);
    }

    [Fact]
    public async Task Nothing_is_fetched()
    {
        using var gdal = Gdal.Require();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://{listener.LocalEndpoint}/x";
        var gml = Plain
            .Replace("xmlns:app=", $"xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xsi:schemaLocation=\"urn:app {url}.xsd\" xmlns:app=", StringComparison.Ordinal)
            .Replace("<app:name>", $"<app:other xlink:href=\"{url}.gml#a\"/><app:name>", StringComparison.Ordinal);
        Assert.Single((await Sources.ReadAsync(Imports.File("a.gml", gml))).Rows);

        var kml = $"<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><NetworkLink><Link><href>{url}.kml</href></Link></NetworkLink><Placemark><styleUrl>{url}.kml#s</styleUrl><Point><coordinates>9,45</coordinates></Point></Placemark></Document></kml>";
        Assert.Single((await Sources.ReadAsync(Imports.File("a.kml", kml))).Rows);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task A_program_that_does_not_end_is_ended_and_leaves_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell for a program that stands in");
        using var program = new StandIn("echo $PWD > \"$0.where\"; sleep 600 & sleep 600");
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var opening = Source.OpenAsync(Imports.File("a.gml", Plain), new SourceOptions { Gdal = program.Options }, cancellation.Token);
        var folder = await program.WaitForFolderAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        Assert.False(Directory.Exists(folder));

        var fault = await Sources.FaultAsync(
            Imports.File("a.gml", Plain), new SourceOptions { Gdal = program.Options with { Longest = TimeSpan.FromMilliseconds(300) } });
        Assert.Equal(FileFaultCode.RecordTooLarge, fault.Code);
        Assert.False(Directory.Exists(await program.WaitForFolderAsync()));
    }

    [Fact]
    public async Task A_program_that_writes_without_end_is_ended_and_leaves_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell for a program that stands in");
        using var program = new StandIn("echo $PWD > \"$0.where\"; while true; do head -c 1000000 /dev/zero >> x; sleep 0.01; done");
        var fault = await Sources.FaultAsync(
            Imports.File("a.gml", Plain), new SourceOptions { Gdal = program.Options with { AlwaysWritten = 10_000_000 } });
        Assert.Equal("GDAL writes more than 9 MiB over the file, and was ended", fault.Reason);
        Assert.False(Directory.Exists(await program.WaitForFolderAsync()));
    }

    [Theory]
    [InlineData("echo 'ERROR 1: bad thing at line 3, column 4' >&2; exit 1", FileFaultCode.Syntax, "GDAL 9.9.9 says: bad thing")]
    [InlineData("echo 'ERROR 1: bad thing in source.gml' >&2; exit 0", FileFaultCode.Syntax, "GDAL 9.9.9 says: bad thing in a.gml")]
    [InlineData("echo 'ERROR 1: sqlite3_exec failed: database or disk is full' >&2; exit 1", FileFaultCode.NotOpened, "sqlite3_exec failed: database or disk is full")]
    [InlineData("head -c 5000000 /dev/zero | tr '\\0' x >&2; exit 1", FileFaultCode.Syntax, "GDAL 9.9.9 says: xxx")]
    [InlineData("kill -9 $$", FileFaultCode.Syntax, "GDAL 9.9.9 says: it ended without saying why")]
    public async Task What_the_program_says_is_told_in_bounds(string script, FileFaultCode code, string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell for a program that stands in");
        using var program = new StandIn(script);
        var fault = await Sources.FaultAsync(Imports.File("a.gml", Plain), new SourceOptions { Gdal = program.Options });
        Assert.Equal(code, fault.Code);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        Assert.InRange(fault.Reason.Length, 1, 400);
    }

    /// <summary>A program in the place of ogr2ogr, which does what a script says.</summary>
    private sealed class StandIn : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("geooffer-test-");

        public StandIn(string script)
        {
            var path = Path.Combine(_folder.FullName, "ogr2ogr");
            File.WriteAllText(path, $"""
                #!/bin/sh
                case "$1" in
                --version) echo 'GDAL 9.9.9, released 2099/01/01'; exit;;
                --formats) echo '  GML -vector- (rw+v): x'; exit;;
                esac
                {script}
                """.ReplaceLineEndings("\n"));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        public GdalOptions Options => new() { Folder = _folder.FullName };

        public void Dispose() => _folder.Delete(recursive: true);

        /// <summary>The folder that the program works in, once it does.</summary>
        public async Task<string> WaitForFolderAsync()
        {
            var path = Path.Combine(_folder.FullName, "ogr2ogr.where");
            while (!File.Exists(path) || !(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).EndsWith('\n'))
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            return (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).TrimEnd();
        }
    }
}
