using System.Globalization;
using System.Text;
using CsCheck;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Output;

namespace Streaming.Daemon.Tests.Output;

public class TimeTextTests
{
    [Fact]
    public void Write_AnyTime_MatchesThePlatform()
    {
        Gen<long> whole = Gen.Long[0, DateTime.MaxValue.Ticks / TimeSpan.TicksPerSecond]
            .Select(seconds => seconds * TimeSpan.TicksPerSecond);
        Gen.OneOf(whole, Gen.Long[0, DateTime.MaxValue.Ticks], whole.Select(ticks => ticks + 5_000_000)).Sample(ticks =>
        {
            string expected = new DateTime(ticks).ToString(
                "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

            Assert.Equal(expected, Text(ticks));
        }, iter: 50_000);
    }

    [Fact]
    public void Write_EventTime_IsReadBack()
    {
        Gen.Long[EventTime.MinTicks, EventTime.EndTicks - 1].Sample(ticks =>
        {
            RejectReason reason = IsoTime.Parse(Encoding.UTF8.GetBytes(Text(ticks)), out long parsed);

            Assert.Equal((RejectReason.None, ticks), (reason, parsed));
        });
    }

    private static string Text(long ticks)
    {
        Span<byte> room = stackalloc byte[TimeText.MaxBytes];
        return Encoding.UTF8.GetString(room[..TimeText.Write(ticks, room)]);
    }
}
