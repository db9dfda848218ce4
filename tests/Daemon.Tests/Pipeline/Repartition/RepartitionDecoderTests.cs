using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Pipeline.Repartition;
using Streaming.Inference.Series;

namespace Daemon.Tests.Pipeline.Repartition;

public sealed class RepartitionDecoderTests
{
    private static readonly InputOptions Written = new() { Covariates = ["temperature=t", "humidity"] };

    private readonly ObservationList observations = new();
    private int ignored;

    [Theory]
    [InlineData(true, "temperature", "humidity=h")] // it is the names that count
    [InlineData(false, "humidity", "temperature")]
    [InlineData(false, "temperature", "wind")]
    [InlineData(false, "temperature")]
    [InlineData(false)]
    public void Decode_CovariatesOfOtherNames_AreLeftOutAndCounted(bool areKept, params string[] configured)
    {
        Decode(configured, [21.5, 0.4]);

        Assert.Equal(areKept ? [21.5, 0.4] : [], observations[0].Covariates.ToArray());
        Assert.Equal(areKept ? 0 : 1, ignored);
        Assert.Equal(7, observations[0].Value);
    }

    [Fact]
    public void Decode_ObservationWithoutCovariates_LacksNone()
    {
        Decode(["humidity"], []);

        Assert.Equal(0, ignored);
        Assert.Equal(1, observations.Count);
    }

    private void Decode(string[] configured, double[] covariates)
    {
        var value = new byte[RepartitionMessage.MostBytes];
        new RepartitionMessage(Pod.Start.Ticks, 7, ValueKind.Gauge, 0, new(0, 5, -1, IsSilent: false)).Write(value);
        int length = RepartitionMessage.WriteCovariates(value, RepartitionMessage.HashOf(Written), covariates);
        var decoder = new RepartitionDecoder(new() { Covariates = configured }, () => ignored++);

        RejectReason reason = decoder.Decode(
            new() { Key = Encoding.UTF8.GetBytes("a"), HasKey = true, Value = value.AsSpan(0, length) }, observations);

        Assert.Equal(RejectReason.None, reason);
    }
}
