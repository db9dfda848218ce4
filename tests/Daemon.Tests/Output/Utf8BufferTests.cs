using Streaming.Daemon.Output;

namespace Streaming.Daemon.Tests.Output;

public class Utf8BufferTests
{
    [Fact]
    public void Append_PastTheCapacity_KeepsWhatWasWritten()
    {
        var buffer = new Utf8Buffer(1);
        for (int i = 0; i < 1_000; i++)
        {
            buffer.Append([(byte)i, (byte)(i >> 8)]);
        }

        Assert.Equal(2_000, buffer.Count);
        Assert.Equal([999 & 255, 999 >> 8], buffer.Written[^2..].ToArray());
        Assert.Equal([1, 0], buffer.Written[2..4].ToArray());
    }

    [Fact]
    public void Advance_PastTheRoom_Throws()
    {
        var buffer = new Utf8Buffer(4);

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(-1));
    }
}
