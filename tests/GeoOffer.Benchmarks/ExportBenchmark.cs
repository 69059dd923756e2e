using System.Diagnostics;
using System.Globalization;
using GeoOffer.Query.Catalogue;
using GeoOffer.Query.Paging;
using GeoOffer.Storage.Catalogues;
using GeoOffer.Storage.Exporting;

namespace GeoOffer.Benchmarks;

/// <summary>
/// Exports of sites, all columns that the public may read, beside <c>psql</c> with COPY of <c>ST_AsGeoJSON</c> of the same rows and columns; the
/// output of both goes nowhere.
/// </summary>
internal sealed class ExportBenchmark(BenchDatabase bench, string connectionString)
{
    private const int Repetitions = 7;

    /// <summary>Measures on the sites that are there.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        using var catalogue = new CatalogueSource(bench.Database);
        var sites = (await catalogue.GetAsync(cancellationToken)).Find("sites")!;
        var query = FeatureQuery.Create(new FeatureRequest(sites, Role.Public, FeatureRequest.Unlimited)).Value;
        var exporter = new Exporter(bench.Database);
        var (copies, exports, firsts) = (new List<double>(), new List<double>(), new List<double>());
        long features = 0, bytes = 0;
        for (var repetition = -2; repetition < Repetitions; repetition++)
        {
            var copy = await CopyAsync(query, cancellationToken);
            var output = new Sink();
            var report = await exporter.RunAsync(
                new ExportRequest { Queries = [query], Format = ExportFormat.GeoJson }, output, null, cancellationToken);
            var export = output.Elapsed.TotalMilliseconds;
            (features, bytes) = (report.Counts[0].Features, output.Bytes);
            if (repetition >= 0)
            {
                copies.Add(copy);
                exports.Add(export);
                firsts.Add(output.First.TotalMilliseconds);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"GeoJSON of {features:N0} sites, {query.Properties.Length} properties, {bytes / 1e6:F0} MB, median ms of {Repetitions}"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  export {Median(exports),8:F0}   psql COPY of ST_AsGeoJSON {Median(copies),8:F0}   ratio {Median(exports) / Median(copies):F2}   first byte {Median(firsts):F0}"));
        foreach (var format in ExportFormat.All)
        {
            await MeasureAsync(exporter, query, format, cancellationToken);
        }
    }

    private static async Task MeasureAsync(Exporter exporter, FeatureQuery query, ExportFormat format, CancellationToken cancellationToken)
    {
        GC.Collect();
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (before, peak) = (GC.GetTotalMemory(forceFullCollection: true), 0L);
        var watching = Task.Run(
            async () =>
            {
                while (!stopped.IsCancellationRequested)
                {
                    peak = Math.Max(peak, Process.GetCurrentProcess().WorkingSet64);
                    await Task.Delay(5, CancellationToken.None);
                }
            },
            CancellationToken.None);
        var output = new Sink();
        var report = await exporter.RunAsync(new ExportRequest { Queries = [query], Format = format }, output, null, cancellationToken);
        var elapsed = output.Elapsed;
        await stopped.CancelAsync();
        await watching;
        var rate = report.Counts[0].Features / elapsed.TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {format.Name,-12} {elapsed.TotalMilliseconds,8:F0} ms {rate,9:N0} features/s {output.Bytes / 1e6,8:F0} MB, first byte after {output.First.TotalMilliseconds:F0} ms, working set at most {peak / 1e6:F0} MB (heap before {before / 1e6:F0})"));
    }

    private Task<double> CopyAsync(FeatureQuery query, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", query.Properties.Select(property => $"\"{property.Column}\"").Append("geom"));
        return new Psql(connectionString).TimeAsync(
            $"COPY (SELECT ST_AsGeoJSON(t) FROM (SELECT {columns} FROM geooffer.sites WHERE is_public) AS t) TO STDOUT", cancellationToken);
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    /// <summary>Takes everything, keeps nothing, and knows when the first byte came.</summary>
    private sealed class Sink : Stream
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();

        public long Bytes { get; private set; }

        public TimeSpan First { get; private set; }

        public TimeSpan Elapsed => _clock.Elapsed;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Bytes; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override void Write(byte[] buffer, int offset, int count) => Take(count);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Take(buffer.Length);
            return ValueTask.CompletedTask;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        private void Take(int count)
        {
            if (Bytes == 0)
            {
                First = _clock.Elapsed;
            }

            Bytes += count;
        }
    }
}
