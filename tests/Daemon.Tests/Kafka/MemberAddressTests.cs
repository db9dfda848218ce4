using Streaming.Daemon.Kafka;

namespace Daemon.Tests.Kafka;

public sealed class MemberAddressTests
{
    [Theory]
    [InlineData("pod-0-1@http://pod-0.forecaster:9464", "pod-0-1", "http://pod-0.forecaster:9464")]
    [InlineData("me@home-0@https://a.b/prefix/", "me@home-0", "https://a.b/prefix")]
    [InlineData("pod-0-1", "pod-0-1", null)]
    [InlineData("", "", null)]
    [InlineData("x@httpfoo", "x@httpfoo", null)]
    [InlineData("x@http://user:pass@host/", "x@http://user:pass@host/", null)]
    [InlineData("x@http://host/?q=1", "x@http://host/?q=1", null)]
    [InlineData("x@http://host/?", "x@http://host/?", null)]
    [InlineData("x@ftp://host", "x@ftp://host", null)]
    [InlineData("x@http://h\u00f6st", "x@http://h\u00f6st", null)]
    [InlineData("x@http://host/\u0001", "x@http://host/\u0001", null)]
    [InlineData("x@http://host\\@evil", "x@http://host\\@evil", null)]
    [InlineData("x@HTTP://Host:80/a/../b", "x", "http://host/b")]
    public void Parse_ClientId_TakesPlainAddressesOnly(string clientId, string name, string? url) =>
        Assert.Equal(new MemberAddress(name, url), MemberAddress.Parse(clientId));

    [Fact]
    public void ToString_Parsed_IsTheSame()
    {
        var address = new MemberAddress("pod-0-1", "http://pod-0:9464");

        Assert.Equal(address, MemberAddress.Parse(address.ToString()));
        Assert.Equal("pod", new MemberAddress("pod", null).ToString());
    }
}
