using System.Text;
using GeoOffer.Storage.Importing;
using GeoOffer.Storage.Importing.Reading;
using GeoOffer.Storage.Importing.Reading.Text;

namespace GeoOffer.Storage.Tests.Importing;

/// <summary>What readers allocate. Nothing runs beside these: memory is counted for the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class NothingBeside
{
    public const string Name = "memory";
}

[Collection(NothingBeside.Name)]
public sealed class ReaderMemoryTests
{
    [Theory]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[", "[", FileFaultCode.Syntax)]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[{\"a\":\"", "x", FileFaultCode.RecordTooLarge)]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[{\"a\":[0", ",1", FileFaultCode.RecordTooLarge)]
    [InlineData("{\"name\":\"", "x", FileFaultCode.RecordTooLarge)]
    public Task Garbage_without_end_is_refused_in_bounded_memory(string beginning, string repeated, FileFaultCode code)
        => AssertRefusedAsync(new GeoJsonReader(), beginning, repeated, code);

    [Theory]
    [InlineData("{", "x", FileFaultCode.RecordTooLarge)]
    public Task A_line_without_end_is_refused_in_bounded_memory(string beginning, string repeated, FileFaultCode code)
        => AssertRefusedAsync(new GeoJsonSeqReader(), beginning, repeated, code);

    [Theory]
    [InlineData("a,b\n1,\"", "x\n", FileFaultCode.Syntax)]
    [InlineData("a,b\n", "1,", FileFaultCode.RecordTooLarge)]
    public Task A_record_without_end_is_refused_in_bounded_memory(string beginning, string repeated, FileFaultCode code)
        => AssertRefusedAsync(new CsvSourceReader(new CsvLayout((byte)',')), beginning, repeated, code);

    [Fact]
    public async Task Memory_does_not_grow_with_the_file()
    {
        var feature = Imports.Feature(Imports.Square(9, 45), $$"""{"text":"{{new string('x', 500)}}"}""") + ",\n";
        await using var stream = new EndlessStream(
            """{"type":"FeatureCollection","features":["""u8.ToArray(), Encoding.UTF8.GetBytes(feature), 200_000_000);
        long rows = 0, most = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Assert.ThrowsAsync<UnreadableFileException>(async () =>
        {
            await foreach (var row in new GeoJsonReader().ReadAsync(stream, TestContext.Current.CancellationToken))
            {
                rows++;
                if (rows % 50_000 == 0)
                {
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
                }
            }
        });

        Assert.InRange(rows, 200_000_000 / feature.Length - 1, 200_000_000 / feature.Length);
        Assert.InRange(most - before, long.MinValue, 20_000_000);
    }

    private static async Task AssertRefusedAsync(SourceReader reader, string beginning, string repeated, FileFaultCode code)
    {
        await using var stream = new EndlessStream(Encoding.UTF8.GetBytes(beginning), Encoding.UTF8.GetBytes(repeated), 120_000_000);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var exception = await Assert.ThrowsAsync<UnreadableFileException>(async () =>
        {
            await foreach (var row in reader.ReadAsync(stream, TestContext.Current.CancellationToken))
            {
                Assert.Fail($"a row was read: {row}");
            }
        });
        Assert.Equal(code, exception.Fault.Code);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 4L * SourceReader.LargestRecord);
    }
}
