using System.Text;
using CsCheck;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests.Kafka;

public class MessageHeadersTests
{
    [Fact]
    public void Add_AnyPairs_AreKeptInOrder()
    {
        var headers = new MessageHeaders();
        Gen<string> values = Gen.Char.AlphaNumeric.Array[0, 2_000].Select(chars => new string(chars));
        Gen.Select(Gen.String.AlphaNumeric, values).Array[0, 40].Sample(pairs =>
        {
            headers.Clear();
            foreach ((string name, string value) in pairs)
            {
                headers.Add(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
            }

            Assert.Equal(pairs, headers.Pairs());
        }, threads: 1);
    }

    [Fact]
    public void Value_PastTheEnd_Throws()
    {
        var headers = new MessageHeaders();
        headers.Add("a"u8, "b"u8);

        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = headers.Value(1); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = headers.Name(-1); });
    }
}
