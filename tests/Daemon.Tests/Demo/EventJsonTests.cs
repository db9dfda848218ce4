using System.Text;
using Streaming.Daemon.Demo;

namespace Daemon.Tests.Demo;

public sealed class EventJsonTests
{
    [Fact]
    public void Encode_Row_IsTheDaemonsDefaultInput()
    {
        DemoRow row = new(new(2014, 7, 1, 0, 0, 0, DateTimeKind.Utc), 10_844.5);

        byte[] json = EventJson.Encode("nyc_taxi", row);

        Assert.Equal(
            """{"series":"nyc_taxi","time":"2014-07-01T00:00:00Z","value":10844.5}""", Encoding.UTF8.GetString(json));
    }
}
