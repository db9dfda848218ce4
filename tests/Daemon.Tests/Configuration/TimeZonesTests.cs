using CsCheck;
using Streaming.Daemon.Configuration;
using Streaming.Inference.Series;

namespace Daemon.Tests.Configuration;

public sealed class TimeZonesTests
{
    private static readonly long From = new DateTime(1970, 1, 1).Ticks;
    private static readonly long To = new DateTime(2200, 1, 1).Ticks;

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/St_Johns")] // changed at a minute past midnight
    [InlineData("America/Sao_Paulo")] // changed at midnight
    [InlineData("Australia/Lord_Howe")] // changes by half an hour
    [InlineData("Pacific/Apia")] // left a day out
    [InlineData("Africa/Casablanca")] // changes with the moon
    [InlineData("Asia/Kolkata")]
    public void TryFind_AnyMoment_HasTheOffsetOfTheMachine(string id)
    {
        Assert.True(TimeZones.TryFind(id, out LocalTime? zone));
        TimeZoneInfo machine = TimeZoneInfo.FindSystemTimeZoneById(id);

        Gen.Long[From, To - 1].Sample(
            utc => zone!.Of(utc) == utc + machine.GetUtcOffset(new DateTime(utc, DateTimeKind.Utc)).Ticks, iter: 20_000);
    }

    [Fact]
    public void TryFind_AgainOrUtc_IsTheSameZoneOrNone()
    {
        Assert.True(TimeZones.TryFind("Europe/Berlin", out LocalTime? one));
        Assert.True(TimeZones.TryFind("Europe/Berlin", out LocalTime? again));
        Assert.True(TimeZones.TryFind("UTC", out LocalTime? utc));

        Assert.Same(one, again);
        Assert.Null(utc);
    }

    [Theory]
    [InlineData("Europe/Atlantis")]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    public void TryFind_UnknownName_IsRefused(string id) => Assert.False(TimeZones.TryFind(id, out _));
}
