using System.Diagnostics;

namespace GeoOffer.Benchmarks;

/// <summary>
/// Two ways to the same thing, measured in turns, so that what else the machine does, and what lies in its caches, is the same for both.
/// </summary>
internal static class Alternation
{
    // Until methods are compiled as they will stay.
    private static readonly TimeSpan Warmth = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    /// <summary>The median time of each way, milliseconds; the way is given a number that grows.</summary>
    public static async Task<(double One, double Other)> MediansAsync(int times, Func<int, Task> one, Func<int, Task> other)
    {
        var (ones, others) = (new List<double>(), new List<double>());
        for (var (turn, clock) = (times, Stopwatch.StartNew()); turn < times + 2 || clock.Elapsed < Warmth; turn++)
        {
            await one(turn);
            await other(turn);
        }

        for (var turn = 0; turn < times; turn++)
        {
            // Who comes second finds the pages read.
            if (turn % 2 == 0)
            {
                await TimeAsync(turn, one, ones);
                await TimeAsync(turn, other, others);
            }
            else
            {
                await TimeAsync(turn, other, others);
                await TimeAsync(turn, one, ones);
            }
        }

        return (Median(ones), Median(others));
    }

    /// <summary>How often a second each way is gone by so many clients at once; a way is given the client and a number that grows.</summary>
    public static async Task<(double One, double Other)> RatesAsync(int rounds, int clients, Func<int, int, Task> one, Func<int, int, Task> other)
    {
        var (ones, others) = (new List<double>(), new List<double>());
        for (var round = -1; round < rounds; round++)
        {
            var (rate, rateOfOther) = (await RateAsync(clients, one), await RateAsync(clients, other));
            if (round >= 0)
            {
                ones.Add(rate);
                others.Add(rateOfOther);
            }
        }

        return (Median(ones), Median(others));
    }

    /// <summary>The value in the middle.</summary>
    public static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task TimeAsync(int turn, Func<int, Task> way, List<double> times)
    {
        var clock = Stopwatch.GetTimestamp();
        await way(turn);
        times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
    }

    private static async Task<double> RateAsync(int clients, Func<int, int, Task> way)
    {
        var clock = Stopwatch.StartNew();
        var number = 0;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            while (clock.Elapsed < Round)
            {
                await way(client, Interlocked.Increment(ref number));
            }
        })));
        return number / clock.Elapsed.TotalSeconds;
    }
}
