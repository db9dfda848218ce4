using Streaming.Daemon.Configuration;
using Streaming.Daemon.Serving.Api;

namespace Daemon.Tests.Serving.Api;

public sealed class RedirectHostsTests
{
    [Theory]
    [InlineData("http://pod-0.forecaster:9464", "", "http://pod-17.forecaster:9464", true)]
    [InlineData("http://pod-0.forecaster:9464", "", "https://POD-1.forecaster/below", true)]
    [InlineData("http://pod-0.forecaster:9464", "", "http://pod-1.forecaster.evil.com", false)]
    [InlineData("http://pod-0.forecaster:9464", "", "http://evil.com/pod-1.forecaster", false)]
    [InlineData("http://pod-0.forecaster:9464", "", "http://pod-x.forecaster", false)]
    [InlineData("http://pod-0.forecaster:9464", "", "http://xpod-0.forecaster", false)]
    [InlineData("http://pod-0.a.b:1", "", "http://pod-0.axb:1", false)]
    [InlineData("http://pod-0.shop1.svc", "", "http://pod-0.shop2.svc", false)]
    [InlineData("http://forecaster.com", "", "http://evil.com", false)]
    [InlineData("http://10.0.0.1:9464", "", "http://10.0.0.2:9464", false)]
    [InlineData("http://10.0.0.1:9464", "", "http://10.0.0.1:9465", true)]
    [InlineData("http://[fd00::1]:1", "", "http://[fd00::2]:1", false)]
    [InlineData("http://localhost:1", "", "http://localhost:2", true)]
    [InlineData("https://pod-0.forecaster", "", "http://pod-1.forecaster", false)]
    [InlineData(null, "", "http://pod-1.forecaster", false)]
    [InlineData(null, "pod-a.x", "http://pod-a.x:9464", true)]
    [InlineData("http://pod-0.forecaster", "other", "http://pod-1.forecaster", false)]
    [InlineData("http://pod-0.forecaster", "other,*.svc", "http://pod-1.svc", true)]
    [InlineData("http://pod-0.forecaster", "*.svc", "http://evil-svc", false)]
    [InlineData("https://pod-0.forecaster", "*.svc", "http://pod-1.svc", false)]
    [InlineData(null, "10.0.0.0/8", "http://10.9.9.9:9464", true)]
    [InlineData(null, "10.0.0.0/8", "http://11.0.0.1:9464", false)]
    [InlineData(null, "10.0.0.0/8", "http://10.evil.com", false)]
    [InlineData(null, "fd00::/16,::1", "http://[fd00::7]:1", true)]
    [InlineData(null, "::1", "http://[::1]:1", true)]
    public void Takes_HostOfAnotherMember_OnlyWhereItIsLikeOursOrNamed(
        string? own, string named, string address, bool expected)
    {
        var hosts = new RedirectHosts(new()
        {
            AdvertisedUrl = own,
            RedirectHosts = named.Split(',', StringSplitOptions.RemoveEmptyEntries),
        });

        Assert.Equal(expected, hosts.Takes(new(address)));
    }

    [Theory]
    [InlineData("http://pod-0")]
    [InlineData("*")]
    [InlineData("10.0.0.1/33")]
    [InlineData("")]
    [InlineData("a b")]
    public void Validate_NoHost_IsRefused(string host) =>
        Assert.Single(new HttpOptions { RedirectHosts = [host] }.Validate(new(new())));
}
