using System.Buffers;
using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using NetTopologySuite.Geometries;

namespace GeoOffer.PostGis.Tests;

public sealed class HostileBytesTests
{
    private static readonly Gen<byte[]> Valid = Generated.Geometry.Select(geometry => new EwkbWriter().Write(geometry));

    [Fact]
    public void EveryTruncationIsRefused() =>
        Check.One(Generated.Config.WithMaxTest(60), Prop.ForAll(Valid.ToArbitrary(), valid =>
        {
            for (var length = 0; length < valid.Length; length++)
            {
                var truncated = valid[..length];
                Assert.Throws<EwkbException>(() => new EwkbReader().Read(truncated));
                Assert.Throws<EwkbException>(() => GeoJson.Write(new Ewkb(truncated), 7));
            }
        }));

    [Fact]
    public void MutationsAreReadOrRefusedButNeverFault()
    {
        var mutated =
            from valid in Valid
            from mutations in Mutation(valid.Length).NonEmptyListOf()
            select mutations.Take(5).Aggregate(valid.ToArray(), (bytes, mutate) => mutate(bytes));
        var (read, refused) = (0, 0);
        Check.One(Generated.Config.WithMaxTest(20_000), Prop.ForAll(mutated.ToArbitrary(), bytes =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                new EwkbReader().Read(bytes);
                read++;
            }
            catch (EwkbException)
            {
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000 + (bytes.Length * 100L));
            try
            {
                new GeoJsonGeometryWriter().Write(bytes, new ArrayBufferWriter<byte>());
            }
            catch (EwkbException)
            {
                refused++;
            }
        }));
        Assert.True(read > 1000 && refused > 1000, $"{read} read, {refused} refused: the mutations miss their purpose");
    }

    [Fact]
    public void ArbitraryBytesAreRefusedOrRead() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000), Prop.ForAll(
            ArbMap.Default.GeneratorFor<byte>().ArrayOf()
                .Select(bytes => (byte[])[1, (byte)(1 + (bytes.Length % 7)), 0, 0, 0, .. bytes])
                .ToArbitrary(),
            bytes =>
            {
                var readable = true;
                try
                {
                    new EwkbReader().Read(bytes);
                }
                catch (EwkbException exception)
                {
                    readable = false;
                    Assert.InRange(exception.ByteOffset, 0, bytes.Length);
                }

                Assert.True(!readable || new Ewkb(bytes).Header.Type == new Ewkb(bytes).ToGeometry().OgcGeometryType);
            }));

    [Theory]
    [InlineData("", EwkbFault.Truncated)]
    [InlineData("02", EwkbFault.UnknownByteOrder)]
    [InlineData("0100000000", EwkbFault.UnsupportedGeometryType)]
    [InlineData("0108000000", EwkbFault.UnsupportedGeometryType)]
    [InlineData("01A10F0000", EwkbFault.UnsupportedGeometryType)]
    [InlineData("0101000010", EwkbFault.UnsupportedGeometryType)]
    [InlineData("0102000000FFFFFFFF", EwkbFault.CountExceedsInput)]
    [InlineData("0102000000FFFFFF7F00", EwkbFault.CountExceedsInput)]
    [InlineData("0103000000FFFFFFFF00000000", EwkbFault.CountExceedsInput)]
    [InlineData("0107000000FFFFFFFF", EwkbFault.CountExceedsInput)]
    [InlineData("010700000000000000AA", EwkbFault.TrailingBytes)]
    [InlineData("010400000001000000010200000000000000", EwkbFault.UnexpectedMember)]
    [InlineData("01020000000100000000000000000000000000000000000000", EwkbFault.TooFewPositions)]
    [InlineData("0103000000010000000100000000000000000000000000000000000000", EwkbFault.TooFewPositions)]
    public void EachFaultHasItsName(string hex, EwkbFault fault) =>
        Assert.Equal(fault, Assert.Throws<EwkbException>(() => new EwkbReader().Read(Convert.FromHexString(hex))).Fault);

    [Fact]
    public void OpenRingsAndHolesInNothingAreRefused()
    {
        var polygon = new EwkbWriter().Write(new Polygon(
            new LinearRing([new(0, 0), new(9, 0), new(9, 9), new(0, 0)]), [new LinearRing([new(1, 1), new(2, 1), new(2, 2), new(1, 1)])]));
        byte[] open = [.. polygon];
        open[9 + 4 + 3] ^= 1;
        Assert.Equal(EwkbFault.RingNotClosed, Assert.Throws<EwkbException>(() => new EwkbReader().Read(open)).Fault);

        byte[] hollow = [.. polygon.AsSpan(0, 9), 0, 0, 0, 0, .. polygon.AsSpan(9 + 4 + (4 * 16))];
        Assert.Equal(EwkbFault.EmptyShellWithHoles, Assert.Throws<EwkbException>(() => new EwkbReader().Read(hollow)).Fault);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    [InlineData(100_000, false)]
    public void NestingIsBounded(int depth, bool readable)
    {
        byte[] level = [1, 7, 0, 0, 0, 1, 0, 0, 0];
        byte[] nested = [.. Enumerable.Repeat(level, depth).SelectMany(bytes => bytes), 1, 7, 0, 0, 0, 0, 0, 0, 0];
        if (readable)
        {
            Assert.True(new EwkbReader().Read(nested).IsEmpty);
            Assert.StartsWith("{", GeoJson.Write(new Ewkb(nested), 7), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(EwkbFault.TooDeep, Assert.Throws<EwkbException>(() => new EwkbReader().Read(nested)).Fault);
            Assert.Throws<EwkbException>(() => GeoJson.Write(new Ewkb(nested), 7));
        }
    }

    private static Gen<Func<byte[], byte[]>> Mutation(int length) =>
        from at in Gen.Choose(0, length - 1)
        from value in Gen.Choose(0, 255)
        from word in Gen.Elements(0u, 1u, 2u, 7u, 0x7FFF_FFFFu, 0x8000_0000u, 0xFFFF_FFFFu, 0x0FFF_FFFFu, 0xE000_0003u)
        from kind in Gen.Choose(0, 3)
        select (Func<byte[], byte[]>)(bytes => kind switch
        {
            0 when at < bytes.Length => [.. bytes.AsSpan(0, at), (byte)value, .. bytes.AsSpan(at + 1)],
            1 when at + 4 <= bytes.Length => WithWord(bytes, at, word),
            2 when at < bytes.Length => [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at + 1)],
            _ => [.. bytes.AsSpan(0, Math.Min(at, bytes.Length)), (byte)value, .. bytes.AsSpan(Math.Min(at, bytes.Length))],
        });

    private static byte[] WithWord(byte[] bytes, int at, uint word)
    {
        byte[] changed = [.. bytes];
        BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(at), word);
        return changed;
    }
}
